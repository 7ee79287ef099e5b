"""The next loan by the record of repayment; after the last one the group is sent on with a letter."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import record
from pendamping.funds.loans.rules.record import NextLoan
from pendamping.funds.savings import actions as savings
from pendamping.kernel import clock
from pendamping.kernel.period import add_months
from tests import lending
from tests.lending import pay
from tests.rooms.test_loans import DUES, EACH, refused
from tests.rooms.test_loans_joint import back, people, sheet

pytestmark = pytest.mark.django_db

AGAIN = date(2005, 6, 20)


def repay(cast, loan, late=0):
    """Ten instalments, the fifth of them so many days late."""
    for number, due in enumerate(DUES, start=1):
        pay(cast, loan, due + timedelta(days=late if number == 5 else 0), EACH)


def save_again(cast, loan):
    for month in range(4):
        savings.record_deposit(
            by=cast.treasurer,
            ward=cast.ward,
            group_id=loan.group_id,
            on=add_months(date(2005, 3, 10), month),
            amount=25_000,
        )


def ask(cast, loan, amount):
    members = lending.asked(loan.group, amount)
    return lending.apply(cast, loan.group, on=AGAIN, members=members)


def kind(cast, loan, on=AGAIN):
    found = record.of_group(cast.ward, loan.group_id, on)
    return found.kind, found.most, found.worst_days_late


@pytest.fixture
def only_one_loan(monkeypatch):
    """A ladder of one step."""
    monkeypatch.setattr(record, "rule", lambda _ward, _on: NextLoan(30, 90, 1))


def test_who_repaid_in_time_may_borrow_more(fund, loan):
    assert kind(fund, loan, DUES[0]) == ("running", 0, 0)
    repay(fund, loan, late=30)
    save_again(fund, loan)
    assert kind(fund, loan) == ("rises", 1_000_000, 30)
    assert ask(fund, loan, 1_000_000).cycle == 2


def test_who_was_late_stays_at_the_same_limit(fund, loan):
    repay(fund, loan, late=31)
    save_again(fund, loan)
    assert kind(fund, loan) == ("stays", 500_000, 31)
    assert (
        refused(ask, cast=fund, loan=loan, amount=500_001)
        == ["lending.p2kp2.next_rises_within_days"] * 5
    )
    assert ask(fund, loan, 500_000).cycle == 2


def test_who_was_very_late_waits(fund, loan):
    for due in DUES[:9]:
        pay(fund, loan, due, EACH)
    pay(fund, loan, date(2005, 9, 1), EACH)
    found = record.of_group(fund.ward, loan.group_id, date(2005, 9, 2))
    assert (found.kind, found.most) == ("waits", 0)
    members = lending.asked(loan.group)
    asked = {"cast": fund, "group": loan.group, "on": date(2005, 9, 2), "members": members}
    assert "lending.p2kp2.next_waits_after_days" in refused(lending.apply, **asked)


def test_who_owes_those_who_paid_for_her_settles_that_first(fund, loan):
    sheet(fund, loan, DUES[0], _2={"covers": [(0, 57_500)]})
    pay(fund, loan, DUES[0], EACH - 57_500)
    for due in DUES[1:]:
        pay(fund, loan, due, EACH)
    save_again(fund, loan)
    assert refused(ask, cast=fund, loan=loan, amount=500_000) == ["lending.p2kp2.next_loan_by"]
    back(fund, loan, 2, 0, 57_500, on=DUES[9])
    assert ask(fund, loan, 500_000).members.count() == len(people(loan))


# --- the end of the ladder ------------------------------------------------------------------------


def refer(cast, loan, **changes):
    arguments = {"on": AGAIN, "to": "Koperasi Contoh", **changes}
    return loans.refer(by=cast.chair, ward=cast.ward, loan_id=loan.id, **arguments)


def test_after_the_last_loan_the_group_is_referred_and_no_sooner(fund, loan, only_one_loan):
    assert refused(refer, cast=fund, loan=loan) == ["lending.p2kp2.beyond_ceiling"]
    repay(fund, loan)
    assert kind(fund, loan)[0] == "referral"
    assert refused(refer, cast=fund, loan=loan, to=" ") == ["loans.referral.to"]
    assert refer(fund, loan).code == "001/RUJ/2005"


def test_the_page_shows_the_ladder_and_leads_to_the_letter(fund, loan, client, only_one_loan):
    client.force_login(fund.treasurer)
    cycles = reverse("loans:cycles", kwargs={"ward": fund.ward})
    with clock.at(DUES[0]):
        assert "pinjaman masih berjalan" in client.get(cycles).content.decode()
    repay(fund, loan)
    with clock.at(AGAIN):
        assert "ke lembaga keuangan formal" in client.get(cycles).content.decode()
        page = reverse("loans:refer", kwargs={"ward": fund.ward, "loan": loan.id})
        assert client.get(page).status_code == 200
        assert client.post(page, {"to": "", "on": "2005-06-20"}).status_code == 422
        assert client.post(page, {"to": "Koperasi Contoh", "on": "2005-05-01"}).status_code == 409
        assert client.post(page, {"to": "Koperasi Contoh", "on": "2005-06-20"}).url == cycles
        found = record.of_group(fund.ward, loan.group_id, AGAIN).referral
        assert found.code in client.get(cycles).content.decode()
        place = {"ward": fund.ward, "referral": found.id}
        answer = client.get(reverse("loans:referral", kwargs=place))
    text = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "Koperasi Contoh" in text
    assert loan.group_name in text
    assert "Rp 2.500.000" in text


def test_nobody_has_borrowed_is_said(fund, client):
    client.force_login(fund.treasurer)
    page = client.get(reverse("loans:cycles", kwargs={"ward": fund.ward})).content.decode()
    assert "Belum ada kelompok yang meminjam" in page


@pytest.mark.parametrize("who", ["cadre", "officer", "verifier", "stranger"])
def test_only_who_answers_for_the_fund_refers(fund, loan, who):
    asked = {"by": getattr(fund, who), "ward": fund.ward, "loan_id": loan.id}
    assert refused(loans.refer, on=AGAIN, to="x", **asked) == ["access.permission"]
