"""What the growth benchmark fills the books with is what the actions would have left there."""

import json
from datetime import date

import pytest
from django.db import connection

from pendamping.bench import growth, growth_fill, post, stage
from pendamping.desk import oversight
from pendamping.funds.ledger.models import Line, Voucher
from pendamping.funds.loans.models import CLOSED, Loan, Repayment, RepaymentPart
from pendamping.kernel import clock
from pendamping.trail import queries as trail
from pendamping.trail.models import Event

LOANS = 30


@pytest.fixture
def grown(db):
    """Books with thirty copies of a paid loan, made in two steps, and instalments taken between and after."""
    by, loans = stage.running_loans(2, lambda text: None)
    with clock.at(growth.FILLED):
        books = growth.Grown(by, stage.WARD, loans.pop())
    office = post.Office(by, stage.WARD, loans)
    office.day = growth.FIRST_DAY
    office.prepare()
    for payments in (100, 300):
        with clock.at(growth.FILLED):
            books.upto(payments)
        with clock.at(growth.PAID):
            office.one()
            office.sheet()
    return books


def test_every_copy_is_a_loan_paid_back_with_all_its_rows(grown):
    copies = Loan.objects.filter(status=CLOSED).exclude(pk=grown.copies.loan)
    template = Loan.objects.get(pk=grown.copies.loan)
    assert grown.copies.made == copies.count() == LOANS
    paid = Repayment.objects.filter(loan__in=copies)
    assert paid.count() == RepaymentPart.objects.filter(repayment__in=paid).count() == 300
    assert (
        Line.objects.filter(entry__ref__in=[f"repayment:{one.pk}" for one in paid]).count() == 900
    )
    for one in copies:
        assert (one.paid_principal, one.members_paid) == (
            template.paid_principal,
            template.members_paid,
        )
        events = Event.objects.filter(record=f"loan:{one.pk}")
        assert events.count() == Event.objects.filter(record=f"loan:{template.pk}").count()
        sheets = events.filter(verb="loans.record_sheet")
        assert sum(json.loads(each.data)["instalments"] for each in sheets) == 2_875_000


def test_the_books_hold(grown):
    with clock.at(growth.PAID):
        assert oversight.breaks(stage.WARD) == []
        assert oversight.strays() == []
        assert trail.check(stage.WARD) is None


def test_numbers_run_on_and_the_triggers_are_back(grown):
    receipts = Repayment.objects.filter(year=growth.FILLED.year).order_by("number")
    assert [one.number for one in receipts] == list(range(1, 311))
    years = set(Voucher.objects.values_list("year", "model"))
    for year, model in years:
        numbers = Voucher.objects.filter(year=year, model=model).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        else:
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'ledger_entry_balanced'"
            )
        assert cursor.fetchone() == (int(connection.vendor == "sqlite"),)


def test_later_copies_begin_later():
    assert growth_fill.TOGETHER * growth_fill.MONTHS * growth_fill.EACH == 400_000
    assert date(2004 + growth_fill.MONTHS // 12 + 2, 1, 1) < growth.FIRST_DAY


def test_the_picture_has_a_line_for_each_way_on_each_database():
    measures = [
        {"what": "an instalment", "unit": f"a second, {size}", "runs": [rate]}
        for size, rate in (("1,000", 900.0), ("10,000", 800.0))
    ]
    other = {"what": "an instalment", "unit": "µs of processor time, 1,000", "runs": [500.0]}
    results = [
        {"notes": {"database": name}, "measures": [*measures, other]}
        for name in ("sqlite", "postgresql")
    ]
    found = growth.drawn(results)
    assert "SQLite: an instalment" in found
    assert "PostgreSQL: an instalment" in found
    assert found.count("<polyline") == 2
    assert found.count("<circle") == 4
