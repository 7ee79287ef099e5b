"""The health card from the journal, and the stop on lending that it brings about."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.access import actions as access
from pendamping.desk.oversight import breaks
from pendamping.desk.side_by_side import standings
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import gate
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk import labels
from pendamping.funds.upk import queries as health
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Refusal
from tests import lending
from tests.gatherings import board_decides, decide, deviate, meet
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH, refused
from tests.rooms.test_loans_changes import people_of
from tests.staging import staged

pytestmark = pytest.mark.django_db

MARCH, APRIL = date(2005, 3, 31), date(2005, 4, 30)


@staged
def two(fund):
    """One group pays on every day, the other only once: on 31 March 2005 it is seven behind."""
    good, bad = lend(fund), lend(fund)
    for due in DUES[:8]:
        pay(fund, good, due, EACH)
    pay(fund, bad, DUES[0], EACH)
    return good, bad


def spend(cast, on, amount):
    ledger.record_voucher(
        by=cast.treasurer,
        ward=cast.ward,
        on=on,
        kind="out",
        debit="incentive",
        credit="cash",
        amount=amount,
        narration="Insentif UPK",
    )


def shares(ward, on):
    return {one.key: one.share.fraction for one in health.card(ward, on).indicators}


def record(cast, month, on, by=None):
    with clock.at(on):
        return upk.record_card(by=by or cast.treasurer, ward=cast.ward, month=month)


def test_every_indicator_is_counted_by_hand(fund, two):
    spend(fund, date(2005, 2, 1), 100_000)
    card = health.card(fund.ward, MARCH)
    # the good group owes 500,000, the bad one 2,250,000 of which seven instalments are behind
    assert shares(fund.ward, MARCH) == {
        "lar": "1/2",
        "par": "2250000/2750000",
        "ccr": "112500/100000",  # three instalments of service since January
        "roi": f"{12_500 * 12}/{lending.CAPITAL * 3}",
        "rr": f"{2_750_000 - 7 * 250_000}/2750000",
    }
    assert {one.key: one.standing for one in card.indicators} == {
        "lar": "suspend",
        "par": "suspend",
        "ccr": "minimum",
        "roi": "minimum",
        "rr": "suspend",
    }
    assert card.flow.fraction == f"{EACH}/{2 * EACH}"
    assert [row.loan.id for row in card.at_risk] == [two[1].id]
    assert [one.key for one in card.stopping] == ["lar", "par", "rr"]
    assert card.standing == "suspend"


def test_nothing_applies_where_nothing_was_lent_or_spent(fund):
    card = health.card(fund.ward, date(2004, 5, 11))
    assert [one.key for one in card.indicators if one.standing is not None] == ["roi"]
    [roi] = [one for one in card.indicators if one.key == "roi"]
    # the profit of a year over the capital, as the guideline says
    shown = labels.indicator(roi, card.on)
    assert (shown["part"], shown["whole"]) == (format_rupiah(0), format_rupiah(50_000_000))
    assert roi.share.whole == 50_000_000 * (4 * 31 + 11)  # over 31: eleven days of May have gone by
    assert card.flow.value is None
    assert health.missing(fund.ward, date(2004, 5, 11)) is None


def test_the_figures_of_a_past_day_do_not_change_when_time_goes_on(fund, two):
    before = shares(fund.ward, MARCH)
    pay(fund, two[1], date(2005, 4, 20), 2_000_000)
    spend(fund, APRIL, 1_000_000)
    assert shares(fund.ward, MARCH) == before
    assert shares(fund.ward, APRIL) != before


def test_a_card_in_the_band_stops_lending_until_a_meeting_lifts_it(fund, two):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    waiting = lending.apply(fund, group)
    lending.approve(fund, waiting)
    record(fund, MARCH, date(2005, 4, 3))
    stop = loan_book.standing_stop(fund.ward)
    assert [one["key"] for one in stop.findings] == ["lar", "par", "rr"]
    clause = "suspension.p2kp2.effect"
    later = date(2005, 4, 4)
    other = lending.form_group(fund)
    with clock.at(date(2005, 5, 1)):
        assert clause in refused(
            loans.disburse, by=fund.treasurer, ward=fund.ward, loan_id=waiting.id, on=later
        )
        assert clause in refused(lending.apply, cast=fund, group=other, on=later)
        assert clause in refused(lending.apply, cast=fund, group=other)  # nor under an earlier day
    assert standings([fund.ward])[fund.ward].stops
    lift = {"by": fund.chair, "ward": fund.ward, "stop_id": stop.id, "on": date(2005, 4, 20)}
    assert refused(loans.lift_suspension, meeting_id="", **lift) == ["loans.decided.meeting"]
    held = meet(fund, people_of(two[0]), kind="board", on=date(2005, 4, 20), eligible=9)
    done = decide(fund, held, f"loans.lift_suspension:{stop.id}")
    loans.lift_suspension(meeting_id=done.id, **lift)
    assert refused(loans.lift_suspension, meeting_id=done.id, **lift) == ["loans.stop.lifted"]
    assert loan_book.stopped(fund.ward, date(2005, 4, 19))
    assert loan_book.stopped(fund.ward, date(2005, 4, 20)) == []
    assert not standings([fund.ward])[fund.ward].stops  # though its card said so
    record(fund, MARCH, date(2005, 4, 21))
    assert loan_book.standing_stop(fund.ward) is None
    record(fund, APRIL, date(2005, 5, 2))
    assert loan_book.standing_stop(fund.ward).month == APRIL
    assert breaks(fund.ward) == []


def test_bad_cover_of_costs_stops_lending_though_nobody_took_the_card(fund):
    first = lend(fund)
    pay(fund, first, DUES[0], EACH)
    spend(fund, date(2004, 8, 20), 900_000)
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    with clock.at(date(2004, 9, 3)):
        august = date(2004, 8, 31)
        assert [one.short for one in gate.stopping(fund.ward, august)] == ["CCr", "ROI"]
        [found] = gate.against(fund.ward, date(2004, 9, 3))
        assert found.clause == "suspension.p2kp2.on_band"
        assert "CCr" in found.values["what"]
    record(fund, date(2004, 8, 31), date(2004, 9, 4))
    stop = loan_book.standing_stop(fund.ward)
    assert [one["key"] for one in stop.findings] == ["ccr", "roi"]  # as the card itself says


def test_a_young_fund_with_costs_before_its_first_income_lends_again_by_a_meeting(fund, client):
    """Nobody took its card: one press makes the stop that a meeting lifts; the gate does not come back by itself."""
    first = lend(fund)
    spend(fund, date(2004, 6, 5), 50_000)
    day, june = date(2004, 7, 3), date(2004, 6, 30)
    client.force_login(fund.treasurer)
    with clock.at(day):
        [found] = gate.against(fund.ward, day)
        assert found.where == {"month": june.isoformat()}
        shown = client.get(reverse("loans:stop", kwargs={"ward": fund.ward})).content.decode()
        card = reverse("upk:card", kwargs={"ward": fund.ward}) + f"?on={june}"
        assert f'href="{card}"' in shown
        assert f'name="month" value="{june}"' in client.get(card).content.decode()
        client.post(reverse("upk:record", kwargs={"ward": fund.ward}), {"month": june})
        stop = loan_book.standing_stop(fund.ward)
        assert [one["key"] for one in stop.findings] == ["ccr", "roi"]
        held = meet(fund, people_of(first), kind="board", on=day, eligible=9)
        done = decide(fund, held, f"loans.lift_suspension:{stop.id}")
        loans.lift_suspension(
            by=fund.chair, ward=fund.ward, stop_id=stop.id, on=day, meeting_id=done.id
        )
        assert gate.against(fund.ward, day) == []
    pay(fund, first, DUES[0], EACH)  # 37,500 of service: costs are still above it
    with clock.at(date(2004, 8, 20)):
        spend(fund, date(2004, 8, 20), 1)
    with clock.at(date(2004, 9, 3)):
        [found] = gate.against(fund.ward, date(2004, 9, 3))
        assert found.where == {"month": "2004-08-31"}  # the next month is judged for itself
    assert breaks(fund.ward) == []


def test_a_month_is_recorded_once_and_only_after_its_end(fund, two):
    first = record(fund, date(2005, 3, 7), date(2005, 4, 3))
    again = record(fund, MARCH, date(2005, 4, 5))
    assert (first.id, first.month) == (again.id, MARCH)
    assert len(loan_book.stops_of(fund.ward)) == 1
    with clock.at(date(2005, 4, 29)):
        assert refused(upk.record_card, by=fund.treasurer, ward=fund.ward, month=APRIL) == [
            "upk.month"
        ]
    assert health.missing(fund.ward, date(2005, 4, 29)) is None
    assert health.missing(fund.ward, APRIL) == APRIL


def test_a_rescheduling_does_not_make_a_bad_loan_good(fund, two):
    held = meet(fund, people_of(two[1]), kind="board", on=date(2005, 3, 20), eligible=9)
    done = decide(fund, held, f"loans.reschedule:{two[1].id}")
    loans.reschedule(
        by=fund.chair,
        ward=fund.ward,
        loan_id=two[1].id,
        on=date(2005, 3, 21),
        meeting_id=done.id,
        instalments=10,
        first_due=date(2005, 4, 21),
        why="kios terbakar",
    )
    assert shares(fund.ward, MARCH)["lar"] == "1/2"
    assert [row.loan.id for row in health.card(fund.ward, MARCH).at_risk] == [two[1].id]


def test_a_lost_stop_is_named_by_the_check(fund, two):
    from pendamping.funds.upk.models import HealthMonth
    from pendamping.trail.actions import record as trail
    from pendamping.trail.writing import action

    record(fund, MARCH, date(2005, 4, 3))

    @action
    def slip(*, by, ward):
        HealthMonth.objects.update(stop="x")
        trail(by=by, ward=ward, record="x")

    slip(by=fund.treasurer, ward=fund.ward)
    assert [one.clause for one in breaks(fund.ward)] == ["upk.stop"]


def test_the_desk_asks_for_card_and_reserve_and_warns_of_the_stop(fund, two):
    from pendamping.access import queries as access
    from pendamping.desk import queries as desk

    def kinds(who, on):
        with clock.at(on):
            found = desk.desk(fund.ward, on, lambda name: access.may(who, name, fund.ward))
        return {task.kind for task in found.tasks} & {
            "health",
            "health_stops",
            "reserve",
            "stopped",
        }

    day = date(2005, 4, 8)
    assert kinds(fund.treasurer, day) == {"health_stops", "reserve"}
    # card and reserve are not late for more than a week; that lending must stop is said at once
    assert kinds(fund.treasurer, date(2005, 4, 1)) == {"health_stops"}
    record(fund, MARCH, date(2005, 4, 3))
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MARCH)
    # the card was taken before the reserve: it is not what the books say any more
    assert kinds(fund.treasurer, day) == {"health"}
    record(fund, MARCH, day)
    assert kinds(fund.treasurer, day) == set()
    assert kinds(fund.chair, day) == {"stopped"}
    assert kinds(fund.officer, day) == set()


def against(call, *given, **more):
    with pytest.raises(Refusal) as refusal:
        call(*given, **more)
    return refusal.value.reasons


def test_a_loan_book_in_the_band_stops_lending_before_its_card_is_taken_into_the_record(fund, two):
    """On 31 March one of two groups is seven instalments behind: LAR 1/2 = 50 %, above 20 %."""
    with clock.at(APRIL):
        new = lending.apply(fund)
        (reason,) = against(lending.approve, fund, new, on=date(2005, 4, 6))
        assert (reason.clause, "LAR 50" in reason.values["what"]) == (
            "suspension.p2kp2.on_band",
            True,
        )
        record(fund, MARCH, APRIL)
        (reason,) = against(lending.approve, fund, new, on=date(2005, 4, 6))
        assert reason.clause == "suspension.p2kp2.effect"
        stop = loan_book.standing_stop(fund.ward)
        held = board_decides(fund, f"loans.lift_suspension:{stop.id}", on=APRIL)
        loans.lift_suspension(
            by=fund.chair, ward=fund.ward, stop_id=stop.id, on=APRIL, meeting_id=held
        )
        assert lending.approve(fund, new, on=APRIL).status == "approved"


def test_a_book_keeper_takes_a_card_into_the_record_that_stops_lending(fund, two):
    with clock.at(APRIL):
        keeper, _code = access.invite(
            by=fund.ward_admin, ward=fund.ward, username="pembukuan",
            name="Contoh Pembukuan", role="bookkeeper",
        )  # fmt: skip
    made = record(fund, MARCH, APRIL, by=keeper)
    assert made.stop and made.stop == loan_book.standing_stop(fund.ward).id


def test_an_earlier_day_helps_nobody_past_the_loan_book_of_today(fund, two):
    waiting = lending.apply(fund)
    lending.sign(fund, waiting)
    lending.approve(fund, waiting)
    given = {"by": fund.treasurer, "ward": fund.ward, "loan_id": waiting.id}
    with clock.at(APRIL):
        for day in (APRIL, date(2005, 1, 20), lending.PAID_OUT):
            (reason,) = against(loans.disburse, **given, on=day)
            assert reason.clause == "suspension.p2kp2.on_band", day
        new = lending.apply(fund)
        (reason,) = against(loans.approve, by=fund.chair, ward=fund.ward, loan_id=new.id,
                            on=lending.APPROVED, meeting_id=board_decides(
                                fund, f"loans.approve:{new.id}", on=lending.APPROVED))  # fmt: skip
        assert reason.clause == "suspension.p2kp2.on_band"


def test_a_bad_month_is_not_passed_over_by_waiting_for_a_better_one(fund, client):
    late = lend(fund)
    for due in DUES[:4]:
        pay(fund, late, due, EACH)
    bad = date(2005, 2, 28)  # three instalments behind at its end
    with clock.at(date(2005, 3, 10)):
        assert [one.where for one in gate.against(fund.ward, date(2005, 3, 10))] == [
            {"month": "2005-02-28"}
        ]
    for due in DUES[4:8]:
        pay(fund, late, date(2005, 3, 12) if due < MARCH else due, EACH)
    with clock.at(APRIL):
        (reason,) = gate.against(fund.ward, APRIL)
        assert (reason.clause, reason.where) == (
            "suspension.p2kp2.on_band",
            {"month": "2005-02-28"},
        )
        client.force_login(fund.treasurer)
        page = reverse("upk:card", kwargs={"ward": fund.ward}) + f"?on={bad.isoformat()}"
        assert (
            '<input type="hidden" name="month" value="2005-02-28">'
            in client.get(page).content.decode()
        )
        record(fund, MARCH, APRIL)  # a later card does not help it away
        assert [one.where for one in gate.against(fund.ward, APRIL)] == [{"month": "2005-02-28"}]
        record(fund, bad, APRIL)
        (stop,) = gate.against(fund.ward, APRIL)
        assert "stop" in stop.where  # now it stands until a meeting lifts it


def test_a_card_that_the_books_have_left_behind_is_told_until_it_is_taken_again(fund, client):
    """Taken before the reserve of its month: CCr is 112,500/112,000; with the reserve it is below 100 %."""
    good = lend(fund)
    for due in DUES[:8]:
        pay(fund, good, due, EACH)
    spend(fund, date(2005, 2, 1), 112_000)
    client.force_login(fund.treasurer)
    address = reverse("upk:card", kwargs={"ward": fund.ward})
    day = date(2005, 4, 8)
    with clock.at(day):
        assert record(fund, MARCH, day).stop == ""
        assert gate.warnings(fund.ward, day) == []
        loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MARCH)
        (told,) = gate.warnings(fund.ward, day)
        assert told.text.startswith("Since the health card")
        assert health.outdated(health.kept(fund.ward, MARCH)) == 1
        # the page of today leads to the card of March; that one is taken, as it is shown
        today = client.get(address).content.decode()
        assert f'href="?on={MARCH}"' in today
        assert 'name="month"' not in today
        shown = client.get(address, {"on": MARCH}).content.decode()
        assert "1 catatan" in shown
        assert f'name="month" value="{MARCH}"' in shown
        client.post(reverse("upk:record", kwargs={"ward": fund.ward}), {"month": MARCH})
        assert health.outdated(health.kept(fund.ward, MARCH)) == 0
        (stop,) = gate.against(fund.ward, day)
        assert "CCr" in stop.values["what"]


def test_a_missing_card_is_told_and_stops_lending_only_where_the_ward_wants_it(fund, client):
    good = lend(fund)
    for due in DUES[:8]:
        pay(fund, good, due, EACH)
    with clock.at(APRIL):
        new = lending.apply(fund)
        assert gate.against(fund.ward, APRIL) == []
        (told,) = gate.warnings(fund.ward, APRIL)
        assert told.where == {"month": "2005-03-31"}
        client.force_login(fund.chair)
        page = client.get(reverse("loans:loan", kwargs={"ward": fund.ward, "loan": new.id}))
        assert "Kartu kesehatan bulan sampai 31 Maret 2005 belum dicatat" in page.content.decode()
        deviate(fund, "suspension.p2kp2.without_card", "stop", since=APRIL, on=date(2005, 4, 2))
        (reason,) = against(lending.approve, fund, new, on=APRIL)
        assert reason.clause == "suspension.p2kp2.without_card"
        (reason,) = gate.against(fund.ward, date(2005, 2, 1))  # nor under an earlier day
        assert reason.where == {"month": "2005-03-31"}
        record(fund, MARCH, APRIL)
        assert (gate.against(fund.ward, APRIL), gate.warnings(fund.ward, APRIL)) == ([], [])
        assert lending.approve(fund, new, on=APRIL).status == "approved"
