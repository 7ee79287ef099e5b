"""A year is closed when all its months are; its profit is shared as the yearly meeting decided."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk import queries as fund
from pendamping.funds.upk import waiting
from pendamping.funds.upk.models import MonthClose, ProfitSplit, YearClose
from pendamping.funds.upk.rules import year as years
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from tests import lending
from tests.closing import close, close_through, close_year, refused
from tests.gatherings import board_decides, decide, meet
from tests.lending import pay
from tests.staging import staged

pytestmark = pytest.mark.django_db

DECEMBER, MET = date(2004, 12, 31), date(2005, 1, 22)
SHARES = {"capital": 50, "social": 20, "board": 15, "bonus": 10, "training": 5}
GREEDY = {"capital": 50, "social": 0, "board": 0, "bonus": 50, "training": 0}
DECIDED = years.subject(2004, SHARES)


def spend(cast, on, amount):
    ledger.record_voucher(
        by=cast.treasurer, ward=cast.ward, on=on, kind="out", debit="incentive", credit="cash",
        amount=amount, narration="Insentif UPK",
    )  # fmt: skip


@staged
def year(cast, loan):
    """Five instalments of 37,500 service; costs of 60,000; the reserve holds 1 % of 1,250,000."""
    for month in range(8, 13):
        pay(cast, loan, date(2004, month, 12), 287_500)
    spend(cast, date(2004, 11, 28), 60_000)
    close_through(cast, DECEMBER)
    return cast


def yearly_meeting(cast, subject, on=MET):
    """The five women of the group come: one of every RT in which somebody lives."""
    group = groups.groups(cast.ward)[0]
    people = [one.person_id for one in groups.members(group.id, on)]
    met = meet(cast, people, kind="yearly", on=on, eligible=len(people))
    return decide(cast, met, subject).id


def share(cast, meeting, **changes):
    today = changes.pop("today", date(2005, 1, 25))
    given = {"year": 2004, "on": MET, "meeting_id": meeting, "percents": SHARES, **changes}
    with clock.at(today):
        return upk.split_profit(by=cast.treasurer, ward=cast.ward, **given)


def balances(ward, *keys, on=None):
    return [-books.balance(ward, key, on) for key in keys]


def test_income_and_cost_become_prior_year_profit(year):
    made = close_year(year, 2004)
    assert (made.income, made.cost, made.profit) == (187_500, 72_500, 115_000)
    new_year = date(2005, 1, 1)
    keys = ("service_income", "incentive", "reserve_cost", "year_profit", "prior_profit")
    assert balances(year.ward, *keys, on=DECEMBER) == [187_500, -60_000, -12_500, 0, 0]
    assert balances(year.ward, *keys, on=new_year) == [0, 0, 0, 0, 115_000]
    assert not [reason for reason in books.check(year.ward)]


def test_a_share_that_the_guideline_does_not_know_is_refused_by_name(year):
    close_year(year, 2004)
    with refused("upk.split.share"):
        share(year, "", percents={**SHARES, "zzz": 7})
    assert balances(year.ward, "prior_profit") == [115_000]


def test_the_health_card_shows_what_a_closed_year_earned(year):
    before = fund.card(year.ward, DECEMBER).indicators
    close_year(year, 2004)
    assert fund.card(year.ward, DECEMBER).indicators == before
    january = {one.key: one.share for one in fund.card(year.ward, date(2005, 1, 31)).indicators}
    assert january["ccr"].part == 0  # nothing came in since January
    assert january["roi"].whole == lending.CAPITAL  # profit is no capital before it is shared


def test_a_year_waits_for_its_months_and_their_approval(cast):
    lending.open_fund(cast)
    close_through(cast, date(2004, 11, 30))
    with clock.at(date(2005, 1, 10)):
        with refused("upk.year.months"):
            upk.close_year(by=cast.treasurer, ward=cast.ward, year=2004)
        with refused("upk.year.books"):
            upk.close_year(by=cast.treasurer, ward=cast.ward, year=2003)
    made = close(cast, DECEMBER, approve=False)
    with clock.at(date(2005, 1, 10)):
        with refused("upk.year.approved"):
            upk.close_year(by=cast.treasurer, ward=cast.ward, year=2004)
        upk.approve_close(by=cast.chair, ward=cast.ward, close_id=made.id)
    assert close_year(cast, 2004).profit == 0
    with clock.at(date(2005, 1, 10)), refused("upk.year.closed"):
        upk.close_year(by=cast.treasurer, ward=cast.ward, year=2004)


def test_january_is_closed_after_its_year(year):
    with refused("upk.close.year"):
        close(year, date(2005, 1, 31))
    close_year(year, 2004)
    assert close(year, date(2005, 1, 31)).state == "approved"


def test_reopening_december_reverses_the_year(year):
    close_year(year, 2004)
    on = date(2005, 1, 20)
    last = close_of(year, DECEMBER)
    with clock.at(on):
        meeting = board_decides(year, f"upk.reopen_month:{last.id}", on=on)
        upk.reopen_month(
            by=year.chair, ward=year.ward, close_id=last.id, on=on, meeting_id=meeting,
            why="Kuitansi Desember tertinggal",
        )  # fmt: skip
    assert balances(year.ward, "service_income", "prior_profit") == [187_500, 0]
    assert YearClose.objects.get(ward=year.ward).undone_on == on
    close(year, DECEMBER)
    assert close_year(year, 2004).profit == 115_000


def close_of(cast, month):
    return MonthClose.objects.get(ward=cast.ward, month=month, state="approved")


def test_the_yearly_meeting_shares_the_profit(year):
    close_year(year, 2004)
    made = share(year, yearly_meeting(year, DECIDED))
    assert [one["amount"] for one in made.shares] == [57_500, 23_000, 17_250, 11_500, 5_750]
    keys = (
        "prior_profit", "earned_capital", "social_fund", "board_fund", "bonus_fund",
        "training_fund",
    )  # fmt: skip
    assert balances(year.ward, *keys) == [0, 57_500, 23_000, 17_250, 11_500, 5_750]


def test_what_stands_against_sharing_is_said_at_once(year):
    with refused(
        "upk.split.year", "upk.split.whole", "upk.split.capital", "meetings.decided.meeting"
    ):
        share(year, "", percents={**SHARES, "capital": 40})
    close_year(year, 2004)
    board = board_decides(year, DECIDED, on=MET)
    with refused("profit.p2kp2.decided_in"):
        share(year, board)


def test_no_other_shares_are_booked_than_the_meeting_decided(year):
    close_year(year, 2004)
    meeting = yearly_meeting(year, DECIDED)
    with refused("upk.split.otherwise"):
        share(year, meeting, percents=GREEDY)
    with refused("meetings.decided.subject"):
        share(year, yearly_meeting(year, "upk.split_profit:2004", on=MET + timedelta(days=1)),
              on=MET + timedelta(days=1))  # fmt: skip
    assert share(year, meeting).meeting == meeting


def test_a_meeting_is_offered_the_shares_of_the_guideline_until_one_decided(year):
    close_year(year, 2004)
    on = date(2005, 1, 25)
    with clock.at(on):
        (asked,) = [one for one in waiting.to_decide(year.ward, on) if "split" in one.subject]
        assert asked.subject == DECIDED
        assert "Bonus UPK 10 %" in asked.text
        yearly_meeting(year, years.subject(2004, {**SHARES, "social": 25, "training": 0}))
        assert not [one for one in waiting.to_decide(year.ward, on) if "split" in one.subject]


def test_the_page_asks_once_more_share_by_share_and_books_what_was_decided(year, client):
    close_year(year, 2004)
    meeting = yearly_meeting(year, years.subject(2004, GREEDY))
    address = reverse("upk:year", kwargs={"ward": year.ward, "year": 2004})
    client.force_login(year.treasurer)
    with clock.at(date(2005, 1, 25)):
        page = client.get(address).content.decode()
        assert (
            'name="share_bonus" value="50"' in page
        )  # as the meeting decided, nobody types it anew
        form = {"step": "split", "meeting_id": meeting, "on": "2005-01-25"}
        typed = {**form, **{f"share_{key}": number for key, number in SHARES.items()}}
        answer = client.post(address, typed)
        assert answer.status_code == 409
        assert "Rapat memutuskan pembagian lain" in answer.content.decode()
        assert "tidak mengambil keputusan" not in answer.content.decode()
        typed = {**form, **{f"share_{key}": number for key, number in GREEDY.items()}}
        answer = client.post(address, typed)
        asked = answer.content.decode().replace("\u00a0", " ")
        assert "Rp 57.500" in asked
        assert "pedoman: 20 %" in asked  # the poor get nothing: it is said
        assert not ProfitSplit.objects.filter(ward=year.ward).exists()
        assert client.post(address, {**typed, "sure": "1"}).status_code == 302
    assert balances(year.ward, "bonus_fund", "social_fund") == [57_500, 0]


def test_a_sharing_that_was_booked_wrongly_is_taken_back_and_booked_anew(year):
    close_year(year, 2004)
    meeting = yearly_meeting(year, DECIDED)
    share(year, meeting)
    with clock.at(date(2005, 1, 26)):
        upk.take_back_split(by=year.chair, ward=year.ward, year=2004, why="Salah rapat")
    assert balances(year.ward, "social_fund", "prior_profit") == [0, 115_000]
    later = date(2005, 1, 27)
    assert share(year, meeting, today=later, on=later).shared == 115_000
    assert breaks(year.ward) == []


def test_a_profit_is_shared_once_and_taken_back_while_nothing_is_spent(year):
    close_year(year, 2004)
    meeting = yearly_meeting(year, DECIDED)
    share(year, meeting)
    with refused("upk.split.done"):
        share(year, meeting)
    last = close_of(year, DECEMBER)
    with clock.at(date(2005, 1, 26)):
        decided = board_decides(year, f"upk.reopen_month:{last.id}", on=date(2005, 1, 26))
        with refused("upk.close.shared"):
            upk.reopen_month(
                by=year.chair, ward=year.ward, close_id=last.id, on=date(2005, 1, 26),
                meeting_id=decided, why="Kuitansi tertinggal",
            )  # fmt: skip
        pay_from(year, "social_fund", 20_000)
        with refused("upk.split.spent"):
            upk.take_back_split(by=year.chair, ward=year.ward, year=2004, why="Salah hitung")
    assert balances(year.ward, "social_fund") == [3_000]


def pay_from(cast, share, amount, on=date(2005, 1, 26), **more):
    given = {"money": "cash", "narration": "Santunan", **more}
    return upk.pay_share(
        by=cast.treasurer, ward=cast.ward, share=share, on=on, amount=amount, **given
    )


def test_no_more_is_paid_from_a_share_than_it_holds_and_by_no_other_voucher(year):
    close_year(year, 2004)
    share(year, yearly_meeting(year, DECIDED))
    with clock.at(date(2005, 1, 26)):
        with refused("upk.share.held"):
            pay_from(year, "bonus_fund", 11_501)
        with refused("upk.share.held"):
            pay_from(year, "bonus_fund", 100, on=MET - timedelta(days=1))  # not shared yet
        with refused("upk.share", "upk.share.money"):
            pay_from(year, "programme_capital", 100, money="savings")
        with refused("upk.share.amount", "upk.share.narration"):
            pay_from(year, "bonus_fund", 0, narration=" ")
        with refused("ledger.profit"):
            ledger.record_voucher(
                by=year.treasurer, ward=year.ward, on=date(2005, 1, 26), kind="out",
                debit="bonus_fund", credit="cash", amount=5_000, narration="Bonus",
            )  # fmt: skip
        made = pay_from(year, "bonus_fund", 11_500)
        assert balances(year.ward, "bonus_fund") == [0]
        assert books.voucher_of(made.id).model == "B"
        ledger.reverse(
            by=year.treasurer, ward=year.ward, entry_id=made.id, on=date(2005, 1, 26), why="Batal"
        )
    assert balances(year.ward, "bonus_fund") == [11_500]
    assert breaks(year.ward) == []


def test_a_loss_and_old_losses_leave_nothing_to_share(year, monkeypatch):
    close_year(year, 2004)
    with (
        clock.at(date(2005, 1, 20)),
        monkeypatch.context() as before,
    ):  # as it could be entered once
        before.setattr("pendamping.funds.ledger.actions.voucher_problems", lambda *_, **__: [])
        spend_prior(year, 115_000)
    with refused("upk.split.losses"):
        share(year, yearly_meeting(year, DECIDED))


def spend_prior(cast, amount):
    """A loss of an earlier year that is found now."""
    ledger.record_voucher(
        by=cast.treasurer, ward=cast.ward, on=date(2005, 1, 20), kind="out", debit="prior_profit",
        credit="cash", amount=amount, narration="Rugi lama",
    )  # fmt: skip


def test_the_page_of_a_year_says_what_its_shares_hold_and_pays_from_them(year, client):
    close_year(year, 2004)
    share(year, yearly_meeting(year, DECIDED))
    address = reverse("upk:year", kwargs={"ward": year.ward, "year": 2004})
    client.force_login(year.treasurer)
    with clock.at(date(2005, 1, 26)):
        form = {"step": "pay", "share": "social_fund", "money": "cash", "on": "2005-01-26"}
        form |= {"amount": "24.000", "narration": "Santunan"}
        refused_page = client.post(address, form)
        assert refused_page.status_code == 409
        assert "hanya berisi Rp 23.000" in refused_page.content.decode().replace("\u00a0", " ")
        form |= {"amount": "20.000", "request_id": "share-1"}
        assert 'name="request_id"' in client.get(address).content.decode()
        assert [client.post(address, form).status_code for _ in range(3)] == [302] * 3  # paid once
        assert client.post(address, {**form, "amount": "1.000"}).status_code == 409
        assert "Rp 3.000" in client.get(address).content.decode().replace("\u00a0", " ")
        client.force_login(year.chair)
        assert 'value="pay"' not in client.get(address).content.decode()
    assert balances(year.ward, "social_fund") == [3_000]


def test_other_shares_are_put_to_the_meeting_from_the_page_and_only_such_as_may_be(year, client):
    """Before the meeting: the page writes the decision for the shares that are typed, and calls the meeting."""
    address = reverse("upk:year", kwargs={"ward": year.ward, "year": 2004})
    others = {**SHARES, "bonus": 0, "training": 15}
    typed = {f"share_{key}": number for key, number in others.items()}
    close_year(year, 2004)
    with clock.at(date(2005, 1, 25)):
        client.force_login(year.chair)
        page = client.get(address, typed).content.decode()
        wanted = years.subject(2004, others)
        assert f"subject={quote(wanted)}" in page
        assert "Undang rapat" in page
        low = client.get(address, {**typed, "share_capital": 40, "share_training": 25})
        assert "menjadi modal" in low.content.decode()
        assert client.get(address, {**typed, "share_capital": "x"}).status_code == 200
        client.force_login(year.treasurer)
        page = client.get(address, typed).content.decode()
        assert reverse("meetings:call", kwargs={"ward": year.ward}) not in page  # nor may she
        assert "Yang mengundang rapat" in page
