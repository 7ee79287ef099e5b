"""Which instalments a payment went into and what it left: an example by hand, and what always holds."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.allocation import Payment
from pendamping.funds.loans.rules.plan import Closure, Plan, standing
from pendamping.funds.loans.rules.reached import Run, reaches
from tests.rules.test_loan_allocation import any_payments, small_loans
from tests.rules.test_loan_plan import PAID_OUT, rescheduled, schedule

LAST = date(2004, 10, 12)  # three instalments of 250,000 + 37,500 are due by then


def test_a_payment_of_three_months_says_what_it_paid_and_what_is_short() -> None:
    # service of all three first: 112,500; then principal 250,000 + 87,500, of the second 162,500 is
    # missing, of the third all its principal
    one = reaches(Plan(schedule()), [Payment("1", LAST, 450_000)], LAST)["1"]
    assert one.runs == [
        Run(1, 1, 0, False),
        Run(2, 2, 162_500, False),
        Run(3, 3, 250_000, False),
    ]
    assert one.behind == 412_500
    assert one.next is not None
    assert (one.next.no, one.next.total) == (4, 287_500)


def test_instalments_in_a_row_that_are_left_alike_are_said_together() -> None:
    charges = reaches(Plan(schedule()), [Payment("1", LAST, 112_500)], LAST)["1"]
    assert charges.runs == [Run(1, 3, 250_000, False)]
    ahead = reaches(Plan(schedule()), [Payment("1", LAST, 5 * 287_500 + 40_000)], LAST)["1"]
    assert ahead.runs == [Run(1, 3, 0, False), Run(4, 5, 0, True), Run(6, 6, 247_500, True)]
    assert (ahead.behind, ahead.next and ahead.next.no) == (0, 6)


def test_a_payment_follows_the_schedule_of_its_day() -> None:
    one = rescheduled((date(2005, 1, 20), 500_000))
    ways = reaches(one.plan, one.payments, date(2005, 1, 20))
    assert ways["0"].runs == [Run(1, 1, 0, False)]
    assert ways["1"].runs == [Run(1, 1, 17_500, False)]  # 450,000 + 67,500 of the new schedule


def test_what_is_recovered_after_writing_off_goes_into_no_instalment() -> None:
    gone = Closure(date(2005, 6, 1), "written-off", 2_250_000, 337_500)
    plan = Plan(schedule(), closures=[gone])
    known = [Payment("1", LAST, 287_500), Payment("2", date(2005, 6, 1), 50_000)]
    assert list(reaches(plan, known, date(2005, 6, 1))) == ["1"]


@given(small_loans(), any_payments())
def test_the_way_of_each_payment_adds_up_to_where_the_loan_stands(
    rows: list, payments: list[Payment]
) -> None:
    end = date(2010, 1, 1)
    plan, known = Plan(rows), [one for one in payments if one.on >= PAID_OUT]
    ways, now = reaches(plan, known, end), standing(plan, known, end)
    for one in known:
        way, parts = ways[one.key], now.splits[one.key]
        assert sum(fill.total for fill in way.fills) == parts.principal + parts.service
        named = {no for run in way.runs for no in range(run.first, run.last + 1)}
        assert named == {fill.no for fill in way.fills}
        assert way.behind == sum(row.total for row in way.left if row.due <= one.on)
    if known:
        last = ways[max(known, key=lambda one: (one.on, one.key)).key]
        assert list(last.left) == list(now.left)


@given(st.integers(0, 12), st.integers(0, 287_499))
def test_whole_instalments_and_a_rest_are_named_as_such(whole: int, rest: int) -> None:
    paid = min(whole, 10) * 287_500 + rest
    one = reaches(Plan(schedule()), [Payment("1", PAID_OUT, paid)], PAID_OUT)["1"]
    full = [run for run in one.runs if not run.missing]
    assert [(run.first, run.last, run.early) for run in full] == (
        [(1, min(whole, 10), True)] if whole else []
    )
    begun = [run for run in one.runs if run.missing]
    assert [(run.first, run.missing) for run in begun] == (
        [(whole + 1, 287_500 - rest)] if whole < 10 and rest else []
    )
