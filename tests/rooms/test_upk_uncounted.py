"""Bad loans that the guideline's formulas leave out stand on the health card beside the five, in words and rupiah."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.loans import queries as loan_book
from pendamping.funds.loans import why
from pendamping.funds.upk import queries as health
from pendamping.kernel import clock
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH
from tests.rooms.test_loans_changes import reschedule
from tests.staging import staged

pytestmark = pytest.mark.django_db

JUNE = date(2005, 6, 30)
RESCHEDULED = date(2005, 6, 20)


@staged
def short(fund):
    """Of two loans whose last day was 12 May 2005 one lacks one instalment, the other all but one."""
    nearly, bad = lend(fund), lend(fund)
    for due in DUES[:9]:
        pay(fund, nearly, due, EACH)
    pay(fund, bad, DUES[0], EACH)
    return nearly, bad


def test_a_loan_past_its_last_day_is_told_beside_the_five_and_changes_none_of_them(fund, short):
    nearly, bad = short
    card = health.card(fund.ward, JUNE)
    assert [row.loan.id for row in card.uncounted] == [nearly.id]
    assert card.uncounted_share.fraction == "250000/2500000"  # 250,000 + 2,250,000 are open
    assert [row.loan.id for row in card.at_risk] == [bad.id]
    assert {
        one.key: one.share.fraction for one in card.indicators if one.key in ("lar", "par")
    } == {
        "lar": "1/2",
        "par": "2250000/2500000",
    }


def test_the_line_stands_on_the_page_and_on_the_paper(fund, short, client):
    client.force_login(fund.treasurer)
    words = (
        "1 pinjaman kelas 5 (macet), sisa Rp 250.000, 10,0 % dari seluruh sisa pinjaman",
        "Yang kurang bayar belum sampai 3 angsuran",
    )
    with clock.at(date(2005, 7, 2)):
        where = {"on": JUNE.isoformat()}
        page = client.get(reverse("upk:card", kwargs={"ward": fund.ward}), where).content.decode()
        pdf = client.get(reverse("upk:card_pdf", kwargs={"ward": fund.ward}), where).content
    printed = " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split()
    )
    for text in words:
        assert text in page.replace("\xa0", " ")
        assert text in printed.replace("\xa0", " ")


def test_nothing_is_said_where_every_bad_loan_is_counted(fund, short, client):
    pay(fund, short[0], date(2005, 6, 1), EACH)
    assert health.card(fund.ward, JUNE).uncounted == []
    client.force_login(fund.treasurer)
    page = client.get(
        reverse("upk:card", kwargs={"ward": fund.ward}), {"on": JUNE.isoformat()}
    ).content.decode()
    assert "di luar kelima petunjuk" not in page


def test_a_rescheduled_loan_says_what_the_card_of_that_day_does(fund, short):
    for loan, counted in zip(short, (False, True), strict=True):
        reschedule(fund, loan, RESCHEDULED, first_due=date(2005, 7, 20))
        state = loan_book.card(fund.ward, loan.id, JUNE).state
        said = [one.text for one in why.of(loan, state, JUNE)]
        card = health.card(fund.ward, JUNE)
        assert (loan.id in [row.loan.id for row in card.at_risk]) is counted
        assert (loan.id in [row.loan.id for row in card.uncounted]) is not counted
        assert why.KEPT_COUNTS in said if counted else why.KEPT_NOT in said
        assert why.KEPT_NOT not in said if counted else why.KEPT_COUNTS not in said
