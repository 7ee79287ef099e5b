"""The quick way of posting a plain instalment leaves exactly what the general way leaves."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger.models import Entry, Line
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans.actions import quick
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.kernel import clock, ids
from pendamping.trail import queries as trail
from pendamping.trail.models import Event
from tests.lending import pay
from tests.rooms.test_loans import DUES, EACH, fresh, refused

pytestmark = pytest.mark.django_db
TODAY = date(2005, 8, 1)


@pytest.fixture
def ways(monkeypatch):
    """Which way each payment took, in their order."""
    took = []
    take = quick.take

    def watched(*arguments):
        made = take(*arguments)
        took.append("general" if made is None else "quick")
        return made

    monkeypatch.setattr(quick, "take", watched)
    return took


class Undone(Exception):
    pass


def everything():
    """All that a payment can have written."""
    lines = Line.objects.order_by("entry_id", "no").values_list(
        "entry_id", "no", "account_id", "amount"
    )
    events = Event.objects.order_by("ward", "seq")
    facts = ("ward", "seq", "verb", "actor", "record", "on", "entered_at", "data", "seal")
    return {
        "loans": list(Loan.objects.order_by("id").values()),
        "repayments": list(Repayment.objects.order_by("id").values()),
        "entries": list(Entry.objects.order_by("id").values()),
        "lines": list(lines),
        "events": list(events.values_list(*facts)),
    }


def entered(fund, loan, payments):
    """What stands after the payments, which are then undone."""
    found = {}
    try:
        with transaction.atomic(), clock.at(TODAY), ids.seeded("the same ids"):
            for on, amount in payments:
                pay(fund, loan, on, amount)
            assert breaks(fund.ward) == []
            assert trail.check(fund.ward) is None
            found = everything()
            raise Undone
    except Undone:
        return found


def some_payments(seed):
    chance = random.Random(seed)
    day = date(2004, 5, 12)
    found = []
    for _ in range(chance.randint(3, 12)):
        day += timedelta(days=chance.randint(1, 70))
        found.append((day, chance.choice([1, 37_500, 100_000, EACH, EACH, 600_000])))
    return [one for one in found if one[0] <= TODAY]


@pytest.mark.parametrize("seed", range(5))
def test_both_ways_leave_the_same_rows_in_every_table(fund, loan, monkeypatch, ways, seed):
    payments = some_payments(seed)
    quickly = entered(fund, loan, payments)
    assert ways == ["quick"] * len(payments)
    monkeypatch.setattr(quick, "take", lambda *_: None)
    assert quickly == entered(fund, loan, payments)


def test_the_last_instalment_closes_the_loan_and_what_is_too_much_is_owed(fund, loan, ways):
    for due in DUES[:-1]:
        pay(fund, loan, due, EACH)
    last = pay(fund, loan, DUES[-1], EACH + 1_000)
    assert set(ways) == {"quick"}
    assert (last.principal, last.service, last.overpaid) == (250_000, 37_500, 1_000)
    assert (fresh(loan).status, fresh(loan).closed_on) == ("closed", DUES[-1])
    assert breaks(fund.ward) == []


def test_what_is_not_plain_goes_the_general_way(fund, loan, ways):
    first = pay(fund, loan, DUES[1], EACH)
    pay(fund, loan, DUES[1], 1_000)  # on the day of another
    pay(fund, loan, DUES[0], EACH)  # before another
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=first.id, on=DUES[3], why="salah ketik"
    )
    pay(fund, loan, DUES[2], EACH)  # before one was taken back
    pay(fund, loan, DUES[4], EACH)
    assert ways == ["quick", "general", "general", "general", "quick"]
    assert breaks(fund.ward) == []


def test_refusals_are_those_of_the_general_way(fund, loan, ways):
    assert refused(pay, cast=fund, loan=loan, on=date(2004, 5, 1), amount=EACH) == [
        "loans.repayment.date"
    ]
    assert refused(pay, cast=fund, loan=loan, on=DUES[0], amount=0) == ["loans.repayment.amount"]
    assert ways == ["general", "general"]
    assert Repayment.objects.count() == 0


def test_loans_of_before_know_the_last_day_on_which_something_happened(fund, loan):
    first = pay(fund, loan, DUES[0], EACH)
    assert fresh(loan).last_on == DUES[0]
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=first.id, on=DUES[2], why="salah ketik"
    )
    assert fresh(loan).last_on == DUES[2]
