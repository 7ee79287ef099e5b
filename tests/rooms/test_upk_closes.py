"""A month is closed when everything holds; from then on nothing is posted in it."""

import io
import re
from datetime import date
from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from pendamping.access import actions as access
from pendamping.access import queries as access_read
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk import queries as fund
from pendamping.funds.upk.closes import reading
from pendamping.funds.upk.models import MonthClose
from pendamping.funds.upk.rules import closing as closing_rules
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating
from tests import closing, lending
from tests.closing import close, close_through, count, refused
from tests.gatherings import board_decides
from tests.lending import lend, pay

pytestmark = pytest.mark.django_db

JANUARY, AUGUST, SEPTEMBER = date(2004, 1, 31), date(2004, 8, 31), date(2004, 9, 30)
DUE = date(2004, 8, 12)


@pytest.fixture
def fund_of(cast):
    lending.open_fund(cast)
    return cast


@pytest.fixture
def lent(fund_of):
    loan = lend(fund_of)
    pay(fund_of, loan, DUE, 287_500)
    return loan


def clauses(action, **arguments):
    with pytest.raises(Refusal) as caught:
        action(**arguments)
    return {reason.clause for reason in caught.value.reasons}


def close_now(cast, month):
    return {"by": cast.treasurer, "ward": cast.ward, "month": month}


def test_every_missing_thing_is_a_reason_at_once(fund_of, lent):
    close_through(fund_of, date(2004, 7, 31))
    with clock.at(date(2004, 9, 2)):
        found = clauses(upk.close_month, **close_now(fund_of, AUGUST))
    assert found == {"upk.close.count", "upk.close.reserve"}


def test_months_are_closed_in_order_and_once_and_after_their_end(fund_of):
    with clock.at(date(2004, 3, 5)):
        assert "upk.close.order" in clauses(
            upk.close_month, **close_now(fund_of, date(2004, 2, 28))
        )
    with clock.at(JANUARY):
        assert "upk.close.ended" in clauses(upk.close_month, **close_now(fund_of, JANUARY))
    close(fund_of, JANUARY)
    with clock.at(date(2004, 3, 5)):
        assert clauses(upk.close_month, **close_now(fund_of, JANUARY)) == {"upk.close.closed"}


def test_a_count_that_is_older_than_an_entry_does_not_close_the_month(fund_of):
    with clock.at(date(2004, 2, 2)):
        count(fund_of, JANUARY)
        ledger.record_voucher(
            by=fund_of.treasurer, ward=fund_of.ward, on=JANUARY, kind="in", debit="cash",
            credit="other_income", amount=25_000, narration="Denda",
        )  # fmt: skip
        assert clauses(upk.close_month, **close_now(fund_of, JANUARY)) == {"upk.close.count_old"}
        count(fund_of, JANUARY)
        assert upk.close_month(**close_now(fund_of, JANUARY)).state == "closed"


def test_a_difference_of_the_cash_is_named(fund_of):
    with clock.at(date(2004, 2, 2)):
        with refused("upk.count.difference"):
            count(fund_of, JANUARY, amount=500)
        with refused("upk.count.witness"):
            count(fund_of, JANUARY, witnesses=" ")
        for post in ("Ketua BKM", "bendahara UPK dan sekretaris", "Saksi"):
            with refused("upk.count.witness"):
                count(fund_of, JANUARY, witnesses=post)
        made = count(fund_of, JANUARY, amount=500, why="Uang kembalian ikut terhitung")
    assert (made.counted, made.in_books, made.difference) == (500, 0, 500)


def test_an_explained_difference_reads_alike_on_the_page_of_the_close_and_on_its_paper(
    fund_of, client
):
    where = {"ward": fund_of.ward, "month": "2004-01"}
    client.force_login(fund_of.treasurer)
    with clock.at(date(2004, 2, 2)):
        put_in(fund_of, 25_000)
        count(fund_of, JANUARY, amount=24_950, why="Uang receh hilang")
        upk.close_month(**close_now(fund_of, JANUARY))
        page = client.get(reverse("upk:close", kwargs=where)).content.decode()
        printed = client.get(reverse("upk:close_pdf", kwargs=where)).content
    paper = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(printed)).pages)
    for said in (page, paper):
        assert "catatan" in said
        assert "belum beres" not in said
    assert "Uang receh hilang" in paper


def test_a_shortage_that_was_counted_is_offered_as_a_voucher_and_then_told_no_more(fund_of, client):
    page = f"{reverse('upk:count', kwargs={'ward': fund_of.ward})}?on=2004-01-31"
    client.force_login(fund_of.treasurer)
    with clock.at(date(2004, 2, 2)):
        put_in(fund_of, 25_000)
        count(fund_of, JANUARY, amount=24_950, why="Uang receh hilang")
        made = closing_rules.checklist(reading.facts(fund_of.ward, JANUARY), ["cash"])
        assert [one.clause for one in made[0].against] == ["upk.close.off"]
        assert not made[0].stops
        link = re.search(
            r'href="([^"]*voucher[^"]*amount=50[^"]*)"', client.get(page).content.decode()
        )
        form = client.get(unescape(link[1])).content.decode()
        assert 'value="50"' in form and 'value="2004-01-31"' in form
        assert re.search(r'value="other_cost"\s+selected', form)
        ledger.record_voucher(
            by=fund_of.treasurer, ward=fund_of.ward, on=JANUARY, kind="out", debit="other_cost",
            credit="cash", amount=50, narration="Selisih kas",
        )  # fmt: skip
        made = closing_rules.checklist(reading.facts(fund_of.ward, JANUARY), ["cash"])
        assert made[0].holds  # the count still holds: the books came to it
        assert "amount=50" not in client.get(page).content.decode()
        assert upk.close_month(**close_now(fund_of, JANUARY)).state == "closed"


def put_in(cast, amount):
    ledger.record_voucher(
        by=cast.treasurer, ward=cast.ward, on=JANUARY, kind="in", debit="cash",
        credit="other_income", amount=amount, narration="Denda",
    )  # fmt: skip


def test_a_month_waits_until_the_board_has_approved_the_one_before(fund_of):
    made = close(fund_of, JANUARY, approve=False)
    with clock.at(date(2004, 3, 2)):
        closing.prepare(fund_of, date(2004, 2, 29))
        assert clauses(upk.close_month, **close_now(fund_of, date(2004, 2, 29))) == {
            "upk.close.waits"
        }
        upk.approve_close(by=fund_of.chair, ward=fund_of.ward, close_id=made.id)
        assert upk.close_month(**close_now(fund_of, date(2004, 2, 29))).state == "closed"


def test_nothing_is_posted_with_a_date_in_a_closed_month(fund_of, lent):
    close_through(fund_of, AUGUST)
    ward, who = fund_of.ward, fund_of.treasurer
    before = len(books.journal(ward))
    with clock.at(date(2004, 9, 10)):
        for again in (DUE, AUGUST):
            with refused("ledger.closed"):
                pay(fund_of, lent, again, 10_000)
        with refused("ledger.closed"):
            savings.record_deposit(
                by=who, ward=ward, group_id=lent.group_id, on=AUGUST, amount=5_000
            )
        with refused("ledger.closed"):
            loans.reverse_repayment(
                by=who, ward=ward, repayment_id=lent.repayments.get().id, on=AUGUST, why="salah"
            )
        assert len(books.journal(ward)) == before
        pay(fund_of, lent, date(2004, 9, 1), 10_000)  # the first open day
    assert len(books.journal(ward)) == before + 1


def test_the_database_refuses_an_entry_in_a_closed_month_too(fund_of):
    close(fund_of, JANUARY)
    entry = (
        'INSERT INTO ledger_entry (id, ward, "on", entered_on, entered_at, kind, ref, narration)'
        " VALUES ('x1', %s, %s, %s, %s, 'x', '', '')"
    )
    accounts = [books.account(fund_of.ward, key).id for key in ("cash", "other_income")]
    line = "INSERT INTO ledger_line (entry_id, no, account_id, amount) VALUES ('x1', %s, %s, %s)"

    def write(day):
        with migrating(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(line, [1, accounts[0], 5])
            cursor.execute(line, [2, accounts[1], -5])
            cursor.execute(entry, [fund_of.ward, day, day, f"{day} 10:00:00"])

    with pytest.raises(IntegrityError, match="closed"):
        write("2004-01-31")
    write("2004-02-01")


def test_who_closes_does_not_approve(fund_of):
    made = close(fund_of, JANUARY, approve=False)
    with clock.at(date(2004, 2, 5)):
        with refused("access.permission"):
            upk.approve_close(by=fund_of.treasurer, ward=fund_of.ward, close_id=made.id)
        upk.approve_close(by=fund_of.chair, ward=fund_of.ward, close_id=made.id)
        assert "upk.close.state" in clauses(
            upk.approve_close, by=fund_of.chair, ward=fund_of.ward, close_id=made.id
        )


def test_the_board_gives_a_month_back_with_its_reason(fund_of):
    made = close(fund_of, JANUARY, approve=False)
    with clock.at(date(2004, 2, 5)):
        with refused("upk.close.why"):
            upk.return_close(by=fund_of.chair, ward=fund_of.ward, close_id=made.id, why=" ")
        upk.return_close(
            by=fund_of.chair, ward=fund_of.ward, close_id=made.id, why="Nota belum lengkap"
        )
    assert books.closed_until(fund_of.ward) is None
    assert close(fund_of, JANUARY).state == "approved"
    assert MonthClose.objects.filter(ward=fund_of.ward, month=JANUARY).count() == 2


def test_an_approved_month_is_reopened_by_the_boards_minutes_alone(fund_of):
    first, second = close(fund_of, JANUARY), close(fund_of, date(2004, 2, 29))
    on = date(2004, 3, 20)
    with clock.at(on):

        def ask(made, meeting):
            return {
                "by": fund_of.chair, "ward": fund_of.ward, "close_id": made.id, "on": on,
                "meeting_id": meeting, "why": "Kuitansi tertinggal",
            }  # fmt: skip

        assert clauses(upk.reopen_month, **ask(first, "")) >= {
            "upk.close.last", "meetings.decided.meeting",
        }  # fmt: skip
        meeting = board_decides(fund_of, f"upk.reopen_month:{second.id}", on=on)
        made = upk.reopen_month(**ask(second, meeting))
    assert (made.state, made.undone_at) == ("reopened", meeting)
    assert books.closed_until(fund_of.ward) == JANUARY
    assert trail.happened("upk.reopen_month", fund_of.ward, f"close:{made.id}")
    pay_in(fund_of, date(2004, 2, 20))


def pay_in(cast, on):
    return ledger.record_voucher(
        by=cast.treasurer, ward=cast.ward, on=on, kind="in", debit="cash", credit="other_income",
        amount=25_000, narration="Denda",
    )  # fmt: skip


def test_closing_holds_what_was_in_the_books_then(fund_of, lent):
    made = close_through(fund_of, AUGUST)
    sums = made.figures["trial"]
    assert sum(row[3] for row in sums) == sum(row[4] for row in sums) > 0
    assert {row[0]: row[4:] for row in made.figures["moved"]} == {
        "41010": [37_500, 37_500],
        "51080": [-2_500, 22_500],
    }
    assert made.figures["cash"]["counted"] == books.balance(fund_of.ward, "cash", AUGUST)
    assert [one["key"] for one in made.checks if one["against"]] == []
    assert fund.next_month(fund_of.ward) == SEPTEMBER


def test_closing_is_the_treasurers(fund_of):
    with clock.at(date(2004, 2, 3)):
        closing.prepare(fund_of, JANUARY)
        with refused("access.permission"):
            upk.close_month(by=fund_of.chair, ward=fund_of.ward, month=JANUARY)


# --- two officers of the unit ------------------------------------------------------------------


def test_one_officer_alone_closes_and_the_trail_says_so(fund_of):
    close(fund_of, JANUARY)
    assert '"one_officer":true' in trail.last("upk.close_month", fund_of.ward).data


def test_a_later_count_of_the_day_takes_the_place_of_the_first_for_all_to_see(fund_of, client):
    with clock.at(date(2004, 2, 3)):
        first = count(fund_of, JANUARY, amount=25, why="salah hitung")
        last = count(fund_of, JANUARY)
        client.force_login(fund_of.chair)
        page = client.get(reverse("upk:count", kwargs={"ward": fund_of.ward})).content.decode()
        for one, said in ((first, True), (last, False)):
            at = reverse("upk:count_pdf", kwargs={"ward": fund_of.ward, "count": one.id})
            text = "".join(
                each.extract_text() for each in PdfReader(io.BytesIO(client.get(at).content)).pages
            )
            assert ("Diganti oleh penghitungan" in text) is said
    assert page.count("diganti penghitungan berikutnya") == 1


def test_with_a_book_keeper_the_cashier_counts_and_the_book_keeper_closes(fund_of, client):
    with clock.at(date(2004, 1, 2)):
        keeper, _code = access.invite(
            by=fund_of.ward_admin, ward=fund_of.ward, username="pembukuan",
            name="Contoh Pembukuan", role="bookkeeper",
        )  # fmt: skip
    with clock.at(date(2004, 2, 3)):
        closing.prepare(fund_of, JANUARY)
        found = clauses(upk.close_month, **close_now(fund_of, JANUARY))
        assert found == {"separation.cashier_not_bookkeeper"}
        with pytest.raises(Refusal) as caught:
            upk.count_cash(
                by=keeper, ward=fund_of.ward, on=JANUARY, pieces={}, witnesses="Contoh Saksi"
            )
        assert [each.clause for each in caught.value.reasons] == ["access.permission"]
        made = upk.close_month(by=keeper, ward=fund_of.ward, month=JANUARY)
    assert made.closed_by == keeper
    assert "one_officer" not in trail.last("upk.close_month", fund_of.ward).data
    page = reverse("upk:close", kwargs={"ward": fund_of.ward, "month": "2004-02"})
    for who in (fund_of.treasurer, keeper):
        client.force_login(who)
        assert client.get(page).status_code == 200


def test_nobody_is_cashier_and_book_keeper_or_board_member_and_book_keeper(cast):
    for who in ("treasurer", "chair"):
        with pytest.raises(Refusal) as caught:
            access.give_role(by=cast.ward_admin, ward=cast.ward, username=who, role="bookkeeper")
        assert caught.value.reasons[0].clause.startswith("separation.")
    access.give_role(by=cast.ward_admin, ward=cast.ward, username="cadre", role="bookkeeper")
    assert access_read.book_keepers(cast.ward) == ["Contoh cadre"]
    assert access_read.book_keepers(f"{cast.ward}.L1") == ["Contoh cadre"]
    assert not access_read.may(cast.treasurer, "upk.match_lines", cast.ward)
    assert access_read.may(cast.treasurer, "loans.record_repayment", cast.ward)
    assert access_read.may(cast.stranger, "upk.match_lines", "32.71.01.1001")
