"""Pages of what changes a loan, of the reserve, of the stop, and the health card: seen and used."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.upk import queries as health
from pendamping.kernel import clock
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH, fresh
from tests.rooms.test_loans_changes import decided
from tests.staging import staged

pytestmark = pytest.mark.django_db

TODAY = date(2005, 6, 20)


@staged(at=TODAY)
def loan(fund):
    found = lend(fund)
    pay(fund, found, DUES[0], EACH)
    return found


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


def page(client, who, name, **parts):
    client.force_login(who)
    query = parts.pop("query", "")
    return client.get(reverse(name, kwargs=parts) + query)


def send(client, who, name, data, **parts):
    client.force_login(who)
    return client.post(reverse(name, kwargs=parts), data)


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def test_the_board_reschedules_on_a_page_and_takes_it_back_there(client, fund, loan):
    parts = {"ward": fund.ward, "loan": loan.id}
    empty = page(client, fund.chair, "loans:reschedule", **parts)
    assert reverse("meetings:call", kwargs={"ward": fund.ward}) in text(empty)
    meeting = decided(fund, loan, "reschedule", date(2005, 2, 16))
    shown = text(page(client, fund.chair, "loans:reschedule", **parts))
    assert "Rp 2.250.000" in shown
    assert f"subject=loans.reschedule%3A{loan.id}" in shown
    data = {
        "meeting_id": meeting,
        "on": "2005-02-17",
        "instalments": "10",
        "first_due": "2005-02-10",
        "service": "337.500",
        "why": "kios terbakar",
    }
    refused = send(client, fund.chair, "loans:reschedule", data, **parts)
    assert refused.status_code == 409
    assert "jatuh tempo sesudah 17 Februari 2005" in text(refused)
    assert "kios terbakar" in text(refused)
    good = {**data, "first_due": "2005-03-17"}
    assert send(client, fund.chair, "loans:reschedule", good, **parts).status_code == 302
    shown = text(page(client, fund.chair, "loans:loan", **parts))
    assert "17 Februari 2005" in shown
    assert reverse("meetings:meeting", kwargs={"ward": fund.ward, "meeting": meeting}) in shown
    [made] = fresh(loan).reschedulings.all()
    back = {"change": made.id, **parts}
    silent = send(client, fund.chair, "loans:reschedule_back", {"why": ""}, **back)
    assert silent.status_code == 422
    done = send(client, fund.chair, "loans:reschedule_back", {"why": "salah"}, **back)
    assert done.status_code == 302
    assert loan_book.card(fund.ward, loan.id, TODAY).rows[0].row.due == DUES[0]


def test_the_treasurer_settles_a_loan_that_day(client, fund, loan):
    parts = {"ward": fund.ward, "loan": loan.id}
    day = date(2004, 9, 20)
    shown = text(page(client, fund.treasurer, "loans:settle", query=f"?on={day}", **parts))
    owed = loan_book.settlement(fund.ward, loan.id, day)
    assert "2.325.000" in shown
    assert owed.total == 2_325_000
    data = {"on": day.isoformat(), "amount": "2.325.000", "received_from": "", "request_id": "a1"}
    wrong = send(client, fund.treasurer, "loans:settle", {**data, "amount": "2.000.000"}, **parts)
    assert wrong.status_code == 409
    assert send(client, fund.treasurer, "loans:settle", data, **parts).status_code == 302
    assert fresh(loan).status == "closed"
    assert page(client, fund.treasurer, "loans:settle", **parts).status_code == 404
    shown = text(page(client, fund.treasurer, "loans:loan", **parts))
    assert "Rp 262.500" in shown  # no longer asked for


def test_what_was_paid_too_much_is_given_back_on_a_page(client, fund, loan):
    parts = {"ward": fund.ward, "loan": loan.id}
    pay(fund, loan, DUES[1], 2_600_000)  # 2,587,500 were left
    link = reverse("loans:refund", kwargs=parts)
    assert link in text(page(client, fund.treasurer, "loans:loan", **parts))
    data = {"on": "2004-09-20", "amount": "12.500", "received_by": "Contoh", "request_id": "b1"}
    assert send(client, fund.treasurer, "loans:refund", data, **parts).status_code == 302
    assert fresh(loan).owed_back == 0
    shown = text(page(client, fund.treasurer, "loans:loan", **parts))
    assert f'"{link}"' not in shown
    [made] = fresh(loan).refunds.all()
    back = {"why": "salah", "on": "2004-09-21"}
    done = send(client, fund.treasurer, "loans:refund_back", back, change=made.id, **parts)
    assert done.status_code == 302
    assert fresh(loan).owed_back == 12_500


def test_a_loan_past_its_last_due_day_says_why_it_is_class_5(client, fund, loan):
    """The tenth instalment fell due on 12 May 2005; 2,250,000 is open: class 5, reserve 100 %."""
    parts = {"ward": fund.ward}
    for name, more in (
        ("loans:loan", {"loan": loan.id}),
        ("loans:book", {}),
        ("loans:reserve", {}),
    ):
        shown = text(page(client, fund.treasurer, name, **parts, **more))
        assert "12 Mei 2005 dan pokok Rp 2.250.000 belum dibayar: kolektibilitas 5" in shown, name
        assert "Cadangannya 100 %" in shown, name


def test_a_loan_due_on_the_day_says_why_it_is_class_2_with_no_day_late(client, fund, loan):
    with clock.at(DUES[1]):
        shown = text(page(client, fund.treasurer, "loans:loan", ward=fund.ward, loan=loan.id))
        assert "Itu belum tunggakan; kelas dihitung menurut keadaan akhir hari" in shown
        pay(fund, loan, DUES[1], EACH)
        shown = text(page(client, fund.treasurer, "loans:loan", ward=fund.ward, loan=loan.id))
        assert "Itu belum tunggakan" not in shown


def test_the_reserve_is_set_aside_and_printed(client, fund, loan):
    parts = {"ward": fund.ward}
    shown = page(client, fund.treasurer, "loans:reserve", query="?month=2005-05", **parts)
    assert "Rp 2.250.000" in text(shown)
    asked = send(client, fund.treasurer, "loans:reserve", {"month": "2005-05-31"}, **parts)
    assert "Rp 0 menjadi Rp 2.250.000" in text(asked)  # what it will do, before anything is posted
    assert books.balance(fund.ward, "loan_reserve") == 0
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', text(asked))
    sure = {"month": "2005-05-31", "seen": seen}
    done = send(client, fund.treasurer, "loans:reserve", sure, **parts)
    assert (done.status_code, books.balance(fund.ward, "loan_reserve")) == (302, -2_250_000)
    early = send(client, fund.treasurer, "loans:reserve", {"month": "2005-06-30"}, **parts)
    assert early.status_code == 409
    assert (
        send(client, fund.chair, "loans:reserve", {"month": "2005-05-31"}, **parts).status_code
        == 409
    )
    pdf = page(client, fund.chair, "loans:reserve_pdf", query="?month=2005-05", **parts)
    assert pdf.content.startswith(b"%PDF")


def test_a_loan_is_written_off_and_stands_in_the_register(client, fund, loan):
    parts = {"ward": fund.ward, "loan": loan.id}
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=date(2005, 5, 31))
    early = f"{loan.id}:early"  # no step of collection was taken
    meeting = decided(fund, loan, "write_off", date(2005, 6, 18), kind="citizens", record=early)
    assert page(client, fund.chair, "loans:write_off", **parts).status_code == 200
    data = {"meeting_id": meeting, "on": "2005-06-19", "why": "bubar"}
    assert send(client, fund.chair, "loans:write_off", data, **parts).status_code == 302
    assert page(client, fund.chair, "loans:write_off", **parts).status_code == 404
    shown = text(page(client, fund.treasurer, "loans:loan", **parts))
    assert reverse("loans:repay", kwargs=parts) in shown
    register = page(client, fund.treasurer, "loans:written_off", ward=fund.ward)
    assert "Rp 2.587.500" in text(register)
    pdf = page(client, fund.treasurer, "loans:written_off_pdf", ward=fund.ward)
    assert pdf.content.startswith(b"%PDF")
    repay = {"amount": "50.000", "on": "2005-06-20", "request_id": "c1", "seen": ""}
    asked = send(client, fund.treasurer, "loans:repay", repay, **parts)
    assert "dihapus" in text(asked)
    repay["seen"] = re.search(r'name="seen" value="([^"]+)"', text(asked))[1]
    taken = send(client, fund.treasurer, "loans:repay", repay, **parts)
    assert taken.status_code == 302
    assert "Rp 50.000" in text(client.get(taken.url))
    assert fresh(loan).recovered == 50_000
    [gone] = fresh(loan).closures.all()
    back = {"change": gone.id, **parts}
    done = send(client, fund.chair, "loans:write_off_back", {"why": "salah"}, **back)
    assert done.status_code == 302
    assert fresh(loan).status == "active"


def test_the_health_card_is_shown_printed_and_recorded(client, fund, loan):
    parts = {"ward": fund.ward}
    shown = text(page(client, fund.officer, "upk:card", query="?on=2005-05-31", **parts))
    assert "Rp 2.250.000" in shown
    assert reverse("loans:loan", kwargs={"ward": fund.ward, "loan": loan.id}) in shown
    pdf = page(client, fund.officer, "upk:card_pdf", query="?on=2005-05-31", **parts)
    assert pdf.content.startswith(b"%PDF")
    early = send(client, fund.treasurer, "upk:record", {"month": "2005-06-30"}, **parts)
    assert early.status_code == 409
    assert (
        send(client, fund.treasurer, "upk:record", {"month": "2005-05-31"}, **parts).status_code
        == 302
    )
    [kept] = health.months(fund.ward)
    assert (kept.month, bool(kept.stop)) == (date(2005, 5, 31), True)


def test_the_board_lifts_the_stop_on_its_page(client, fund, loan):
    parts = {"ward": fund.ward}
    assert page(client, fund.chair, "loans:stop", **parts).status_code == 200
    send(client, fund.treasurer, "upk:record", {"month": "2005-05-31"}, **parts)
    stop = loan_book.standing_stop(fund.ward)
    shown = text(page(client, fund.chair, "loans:stop", **parts))
    assert f"#{stop.clause}" in shown and f": {stop.clause}" not in shown  # linked, by its title
    held = decided(fund, loan, "approve", TODAY)
    data = {"on": TODAY.isoformat(), "meeting_id": held}
    assert send(client, fund.chair, "loans:stop", data, **parts).status_code == 409
    done = decided(fund, loan, "lift_suspension", TODAY, record=stop.id)
    data["meeting_id"] = done
    assert send(client, fund.treasurer, "loans:stop", data, **parts).status_code == 409
    assert send(client, fund.chair, "loans:stop", data, **parts).status_code == 302
    assert loan_book.standing_stop(fund.ward) is None


def test_the_pages_speak_before_anything_was_lent(client, fund):
    for name in ("upk:card", "loans:reserve", "loans:written_off", "loans:stop"):
        assert page(client, fund.treasurer, name, ward=fund.ward).status_code == 200
