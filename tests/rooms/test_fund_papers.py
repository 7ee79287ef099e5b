"""What stands on the fund's papers: whose receipt, which numbers, which witness; notes that there were on the day."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.loans import actions as loans
from pendamping.funds.upk.closes import reading
from pendamping.kernel import clock
from tests import lending
from tests.rooms.test_loans import DUES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_first_due_day():
    with clock.at(DUES[0]):
        yield


@pytest.fixture
def treasurer(client, fund):
    client.force_login(fund.treasurer)
    return client


def words(client, name, fund, **more):
    answer = client.get(reverse(name, kwargs={"ward": fund.ward, **more}))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text() for page in pages).replace("\xa0", " ")
    return " ".join(text.split())


def test_the_receipt_of_a_sheet_has_each_groups_sum_its_numbers_and_its_own_line_to_sign(
    fund, treasurer
):
    lent = [lending.lend(fund), lending.lend(fund)]
    asked = [
        {
            "loan": one.id,
            "lines": [{"person": who, "paid": 57_500, "saved": 1_000} for who in people],
        }
        for one, people in (
            (one, [each.person_id for each in one.members.order_by("pk")]) for one in lent
        )
    ]
    sheet = loans.record_sheet(by=fund.treasurer, ward=fund.ward, on=DUES[0], groups=asked)
    text = words(treasurer, "loans:sheet_pdf", fund, sheet=sheet.id)
    assert text.count("Rp 287.500") >= 2
    for payment in sheet.repayments.all():
        assert f"{payment.receipt} Rp 287.500" in text
    for one in lent:
        assert text.count(one.group_name) == 2


def test_the_agreement_names_the_witness_who_was_entered(fund, loan, treasurer):
    (witness,) = {one.witness for one in loan.consents.all()}
    assert witness in words(treasurer, "loans:contract", fund, loan=loan.id)


@pytest.mark.parametrize(("on", "there"), [(date(2005, 5, 31), False), (date(2010, 1, 4), True)])
def test_a_count_offers_the_notes_that_there_were_on_its_day(fund, on, there):
    known = reading.denominations(fund.ward, on)
    assert (2_000 in known) == there
    assert {1_000, 5_000} <= set(known)
