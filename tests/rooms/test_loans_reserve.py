"""The reserve for bad loans: each month's end needs what its classes say, posted once."""

from datetime import date

import pytest

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.actions import post
from pendamping.funds.ledger.models import Entry
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import reserve
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH, refused
from tests.staging import staged

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH = date(2005, 1, 31), date(2005, 2, 28), date(2005, 3, 31)


@staged
def two(fund):
    good, bad = lend(fund), lend(fund)
    for due in DUES[:8]:
        pay(fund, good, due, EACH)
    pay(fund, bad, DUES[0], EACH)
    return good, bad


def set_aside(cast, month):
    return loans.set_reserve_aside(by=cast.treasurer, ward=cast.ward, month=month)


def held(ward, on=None):
    return -books.balance(ward, "loan_reserve", on)


def entries(ward):
    return Entry.objects.filter(ward=ward, kind="reserve").count()


@action
def by_hand(*, by, ward, on, amount, ref):
    """An entry that no room makes: it moves the reserve and names what it likes."""
    post(by=by, ward=ward, on=on, kind="reserve", ref=ref,
         lines=[("cash", amount), ("loan_reserve", -amount)])  # fmt: skip
    record(by=by, ward=ward, record="hand", on=on)


def clauses_of(ward):
    return [reason.clause for reason in breaks(ward)]


@pytest.mark.parametrize("ref", ["", "reserve:2005-01-31", "closure:none", "opening:none"])
def test_an_entry_that_moves_the_reserve_is_found_whatever_it_says_it_is_for(fund, two, ref):
    set_aside(fund, JANUARY)
    assert breaks(fund.ward) == []
    by_hand(by=fund.treasurer, ward=fund.ward, on=date(2005, 1, 20), amount=5_000, ref=ref)
    [reason] = breaks(fund.ward)
    assert reason.clause == "loans.reserve.tie"
    assert reason.values == {"day": "2005-01-31", "register": "Rp 347.500", "books": "Rp 352.500"}
    by_hand(by=fund.treasurer, ward=fund.ward, on=date(2005, 1, 21), amount=-5_000, ref=ref)
    assert breaks(fund.ward) == []


def test_an_entry_before_the_first_and_after_the_last_month_is_found_too(fund, two):
    by_hand(by=fund.treasurer, ward=fund.ward, on=date(2005, 1, 20), amount=5_000, ref="")
    assert clauses_of(fund.ward) == ["loans.reserve.tie"]
    set_aside(fund, JANUARY)  # brings the sum to what the loans need, whoever moved it
    assert breaks(fund.ward) == []
    by_hand(by=fund.treasurer, ward=fund.ward, on=date(2005, 2, 3), amount=1, ref="")
    assert clauses_of(fund.ward) == ["loans.reserve.tie"]


def test_no_voucher_moves_the_reserve(fund, two):
    voucher = {"by": fund.treasurer, "ward": fund.ward, "on": JANUARY, "amount": 5_000}
    voucher |= {"kind": "in", "debit": "cash", "credit": "loan_reserve", "narration": "salah"}
    with pytest.raises(Refusal) as refusal:
        ledger.record_voucher(**voucher)
    assert [reason.clause for reason in refusal.value.reasons] == ["ledger.closing"]


def test_a_month_needs_the_percentage_of_each_class_of_its_balance(fund, two):
    made = set_aside(fund, JANUARY)
    # good: 1,000,000 in class 1; bad: five behind, 2,250,000 in class 3: 1 % and 15 %
    assert [(row["class"], row["outstanding"], row["reserve"]) for row in made.rows] == [
        (1, 1_000_000, 10_000),
        (3, 2_250_000, 337_500),
    ]
    assert (made.needed, held(fund.ward, JANUARY)) == (347_500, 347_500)
    assert books.balance(fund.ward, "reserve_cost") == 347_500
    assert breaks(fund.ward) == []


def test_again_it_posts_nothing(fund, two):
    first = set_aside(fund, JANUARY)
    assert set_aside(fund, date(2005, 1, 5)).id == first.id
    assert entries(fund.ward) == 1


def test_the_next_month_posts_the_difference_and_gives_back_what_got_better(fund, two):
    set_aside(fund, JANUARY)
    set_aside(fund, MARCH)  # good 500,000: 5,000; bad seven behind: 50 % of 2,250,000
    assert held(fund.ward) == 5_000 + 1_125_000
    pay(fund, two[1], date(2005, 4, 1), 2_587_500)
    set_aside(fund, date(2005, 4, 30))
    # bad is paid off; good has not paid in April: one behind, 5 % of 500,000
    assert held(fund.ward) == 25_000
    assert breaks(fund.ward) == []


def test_a_payment_entered_late_is_followed_by_running_the_month_again(fund, two):
    for month in (JANUARY, FEBRUARY, MARCH):
        set_aside(fund, month)
    pay(fund, two[1], date(2005, 1, 20), 5 * EACH)
    assert reserve.at(fund.ward, JANUARY).difference == 10_000 - 337_500
    set_aside(fund, JANUARY)
    for month in (JANUARY, FEBRUARY, MARCH):
        found = reserve.at(fund.ward, month)
        assert (found.difference, found.kept.needed) == (0, found.needed)
    # any order gives the same reserve
    assert held(fund.ward) == reserve.at(fund.ward, MARCH).needed


def test_months_done_out_of_order_end_alike(fund, two):
    set_aside(fund, MARCH)
    set_aside(fund, JANUARY)
    set_aside(fund, FEBRUARY)
    for month in (JANUARY, FEBRUARY, MARCH):
        assert reserve.at(fund.ward, month).difference == 0


def test_a_month_that_has_not_ended_is_refused(fund, two):
    with clock.at(date(2005, 3, 30)):
        assert refused(set_aside, cast=fund, month=MARCH) == ["loans.reserve.month"]
