"""Taking back what belongs to a closed month: not by one person alone, and not without seeing what changes."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.kernel import clock
from pendamping.trail import queries as trail
from tests import lending
from tests.closing import close_through, refused
from tests.gatherings import board_decides
from tests.lending import lend, pay

pytestmark = pytest.mark.django_db

DUE, AUGUST, BACK = date(2004, 8, 12), date(2004, 8, 31), date(2004, 9, 10)
WHOLE = 2_875_000  # ten instalments of 287,500


@pytest.fixture
def fund(cast):
    lending.open_fund(cast)
    return cast


@pytest.fixture
def paid(fund):
    """A loan that is paid off, in a month that is closed since."""
    made = pay(fund, lend(fund), DUE, WHOLE)
    close_through(fund, AUGUST)
    return made


def back(cast, payment, meeting="", on=BACK):
    return loans.reverse_repayment(
        by=cast.treasurer, ward=cast.ward, repayment_id=payment.id, on=on, why="salah kelompok",
        meeting_id=meeting,
    )  # fmt: skip


def test_a_payment_of_a_closed_month_is_taken_back_by_the_boards_minutes_alone(fund, paid):
    with clock.at(BACK):
        with refused("closing.p2kp2.taken_back_by", "loans.decided.meeting"):
            back(fund, paid)
        other = board_decides(fund, "loans.take_back:another", on=BACK)
        with refused("closing.p2kp2.taken_back_by", "meetings.decided.subject"):
            back(fund, paid, other)
        assert books.balance(fund.ward, "loans") == 0
        meeting = board_decides(fund, f"loans.take_back:{paid.id}", on=BACK)
        back(fund, paid, meeting)
    assert books.balance(fund.ward, "loans", AUGUST) == 0
    assert books.balance(fund.ward, "loans", BACK) == 2_500_000
    event = trail.last("loans.reverse_repayment", fund.ward, f"loan:{paid.loan_id}")
    assert trail.data(event)["meeting"] == meeting
    assert breaks(fund.ward) == []


def test_in_an_open_month_nobody_has_to_decide(fund):
    paid = pay(fund, lend(fund), DUE, WHOLE)
    with clock.at(BACK):
        back(fund, paid)
    assert loan_book.loan(fund.ward, paid.loan_id).status == "active"


def test_a_sheet_of_a_closed_month_is_taken_back_by_the_boards_minutes_alone(fund):
    loan = lend(fund)
    one = loan.members.first()
    with clock.at(DUE):
        sheet = loans.record_sheet(
            by=fund.treasurer, ward=fund.ward, on=DUE,
            groups=[{"loan": loan.id, "lines": [{"person": one.person_id, "paid": 50_000, "saved": 5_000}]}],
        )  # fmt: skip
    close_through(fund, AUGUST)
    asked = {
        "by": fund.treasurer,
        "ward": fund.ward,
        "sheet_id": sheet.id,
        "on": BACK,
        "why": "salah",
    }
    with clock.at(BACK):
        with refused("closing.p2kp2.taken_back_by", "loans.decided.meeting"):
            loans.reverse_sheet(**asked)
        meeting = board_decides(fund, f"loans.take_back_sheet:{sheet.id}", on=BACK)
        made = loans.reverse_sheet(**asked, meeting_id=meeting)
    assert made.reversed_on == BACK
    assert breaks(fund.ward) == []


def test_the_page_says_first_what_changes_and_who_decides(fund, paid, client):
    client.force_login(fund.treasurer)
    with clock.at(BACK):
        where = reverse("loans:receipt", args=[fund.ward, paid.id])
        text = unescape(client.get(where).content.decode()).replace("\xa0", " ")
        assert "Rp 2.875.000 keluar dari buku kas" in text
        assert "sekarang lunas, lalu berjalan lagi" in text
        assert "sisa pokok Rp 0 menjadi Rp 2.500.000" in text
        assert f"loans.take_back%3A{paid.id}" in text or f"loans.take_back:{paid.id}" in text
        meeting = board_decides(fund, f"loans.take_back:{paid.id}", on=BACK)
        sent = {"on": "2004-09-10", "why": "salah kelompok", "meeting_id": meeting}
        assert client.post(where, sent).status_code == 302
        assert "keluar dari buku kas" not in client.get(where).content.decode()
