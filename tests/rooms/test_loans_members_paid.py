"""What is kept of each member's payments is what the whole history says, after every action."""

import random
from contextlib import suppress
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from pendamping.desk.oversight import breaks
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import joint
from pendamping.funds.loans.models import Loan, Repayment, Sheet
from pendamping.funds.loans.rules import kept
from pendamping.kernel.refusal import Refusal
from pendamping.trail.writing import migrating
from tests.lending import pay
from tests.rooms.test_loans import DUES, fresh
from tests.rooms.test_loans_changes import reschedule, settle
from tests.rooms.test_loans_joint import loan as lent
from tests.rooms.test_loans_joint import sheet
from tests.rooms.test_loans_written_off import write_off

pytestmark = pytest.mark.django_db
loan = lent  # of five members with different parts
FIRST, LAST = date(2004, 6, 1), date(2005, 7, 25)
DAYS = [FIRST + timedelta(days=step) for step in range(0, 420, 6)]


def holds(one):
    now = fresh(one)
    assert now.members_paid == joint.members_paid(now)
    return kept.read(now.members_paid)


def some_lines(chance):
    lines = {}
    for place in chance.sample(range(5), chance.randint(1, 4)):
        line = {
            "paid": chance.choice([0, 20_000, 46_000, 57_500]),
            "saved": chance.choice([0, 0, 5_000]),
        }
        if chance.random() < 0.4:
            by = chance.choice([(place + 1) % 5, "others", "reserve"])
            line["covers"] = [(by, chance.choice([7_001, 34_500]))]
        lines[f"_{place}"] = line
    return lines


def step(chance, cast, one):
    """Something that a treasurer or a board may try; what is refused is no step."""
    on = chance.choice(DAYS)
    what = chance.choice(
        ["pay", "pay", "sheet", "sheet", "back", "sheet back", "new plan", "settle"]
    )
    standing = Repayment.objects.filter(loan=one, reversed_on=None)
    taken = standing.filter(sheet=None).order_by("id").first()
    posted = Sheet.objects.filter(reversed_on=None).order_by("id").last()
    by = {"by": cast.treasurer, "ward": cast.ward}
    if what == "pay":
        pay(cast, one, on, chance.choice([1, 99_999, 230_000, 500_000]))
    elif what == "sheet":
        sheet(cast, one, on, f"form {on} {chance.random()}", **some_lines(chance))
    elif what == "back" and taken:
        later = taken.paid_on + timedelta(days=chance.choice([0, 30]))
        loans.reverse_repayment(**by, repayment_id=taken.id, on=later, why="salah ketik")
    elif what == "sheet back" and posted:
        loans.reverse_sheet(**by, sheet_id=posted.id, on=posted.on, why="salah hari")
    elif what == "new plan" and chance.random() < 0.3:
        reschedule(cast, one, on=date(2005, 2, 20), first_due=date(2005, 3, 20))
    elif what == "settle" and chance.random() < 0.1:
        settle(cast, one, on, 2_000_000)


def pay_on_a_sheet(cast, one, on, amount):
    sheet(cast, one, on, "the last form", _1={"paid": amount})


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_actions_keeps_what_the_whole_history_says(fund, loan, seed):
    chance, done = random.Random(seed), 0
    for _ in range(14):
        try:
            step(chance, fund, loan)
        except Refusal:
            continue
        holds(loan)
        done += 1
    assert done > 4
    for take in (pay, pay_on_a_sheet):  # at the end of all, where nothing but totals is read
        with suppress(Refusal):
            take(fund, loan, LAST + timedelta(days=take is pay), 1_001)
        holds(loan)
    assert breaks(fund.ward) == []


def test_a_loan_that_is_written_off_goes_on_keeping_it(fund, loan):
    sheet(fund, loan, _0={"paid": 57_500}, _2={"covers": [(0, 46_000)]})
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=date(2005, 5, 31))
    write_off(fund, loan)
    holds(loan)
    pay(fund, loan, date(2005, 7, 1), 40_000)
    siti, _wati, rina, *_others = holds(loan)
    assert (siti.own, rina.others) == (57_500, 46_000)
    assert breaks(fund.ward) == []


def test_the_check_of_the_books_finds_a_member_for_whom_something_else_is_kept(fund, loan):
    pay(fund, loan, DUES[0], 230_000)
    before = holds(loan)
    assert [one.unnamed for one in before] == [57_500, 57_500, 46_000, 34_500, 34_500]
    wrong = [before[0]._replace(unnamed=57_499), before[1]._replace(unnamed=57_501), *before[2:]]
    with migrating():
        Loan.objects.filter(pk=loan.pk).update(members_paid=kept.written(wrong))
    assert [one.clause for one in breaks(fund.ward)] == ["loans.members_paid"]


def test_loans_of_before_are_filled_from_their_payments(fund, loan):
    pay(fund, loan, DUES[0], 100_000)
    sheet(fund, loan, DUES[1], _0={"paid": 57_500}, _1={"paid": 20_000, "covers": [(0, 30_000)]})
    known = holds(loan)
    with migrating():
        Loan.objects.update(members_paid=None)
    assert [one.clause for one in breaks(fund.ward)] == ["loans.members_paid"]
    import_module("pendamping.funds.loans.migrations.0015_members_paid")._fill(apps, None)
    assert holds(loan) == known
    assert breaks(fund.ward) == []
