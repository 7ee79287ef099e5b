"""A plan that changes: examples by hand, and properties over random histories."""

from datetime import date, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans import posting
from pendamping.funds.loans.rules.allocation import Fill, Order, Payment
from pendamping.funds.loans.rules.book import Loan, LoanState, area_book, state_at
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.changes import settlement
from pendamping.funds.loans.rules.plan import Closure, Plan, Segment, segment_rows, standing

PAID_OUT = date(2004, 5, 12)
START = date(2004, 12, 20)
FIRST = date(2005, 1, 20)
MONTHLY = (1, "months")


def schedule(principal: int = 2_500_000) -> list:
    return book_schedule(
        principal=principal, rate_bp=150, instalments=10, grace_months=2, disbursed=PAID_OUT
    )


def rescheduled(*paid: tuple[date, int], keeps: int = 3) -> Loan:
    """A loan of the case of which one instalment was paid; the rest over five from January 2005."""
    rows = segment_rows(
        principal=2_250_000, service=337_500, instalments=5, first_due=FIRST, every=MONTHLY
    )
    payments = [Payment("0", date(2004, 8, 12), 287_500)]
    payments += [Payment(str(key), on, amount) for key, (on, amount) in enumerate(paid, 1)]
    return Loan(
        "1", "32.71.01.1003", "A", PAID_OUT, schedule(), payments, [Segment(START, rows, keeps)]
    )


def state(one: Loan, on: date) -> LoanState:
    found = state_at(one, on)
    assert found is not None
    return found


def test_what_was_paid_before_a_rescheduling_counts_as_due_and_as_paid() -> None:
    one = rescheduled((FIRST, 500_000))
    # 287,500 before; the first new instalment of 450,000 + 67,500 is due, 500,000 of it is paid
    found = state(one, FIRST)
    assert (found.due, found.paid) == (287_500 + 517_500, 787_500)
    assert (found.arrears_principal, found.arrears_service) == (17_500, 0)
    before = state(one, START - timedelta(days=1))
    assert (before.due, before.instalments_behind) == (5 * 287_500, 4)


def test_dues_of_a_span_follow_the_schedule_of_their_days() -> None:
    plan = rescheduled().plan
    whole = plan.due_between(date(2004, 12, 1), date(2005, 1, 31))
    assert whole == 287_500 + 517_500  # 12 December by the old schedule, 20 January by the new one
    assert plan.due_between(date(2004, 12, 21), date(2005, 1, 19)) == 0


def test_a_rescheduled_loan_stays_at_risk_until_it_has_paid() -> None:
    found = area_book([state(rescheduled(), START)])
    assert (found.par.part, found.lar.part, found.rr.part) == (2_250_000, 1, 2_250_000)
    paid = [(date(2005, month, 20), 517_500) for month in (1, 2, 3)]
    assert area_book([state(rescheduled(*paid), date(2005, 3, 20))]).par.part == 0
    assert area_book([state(rescheduled(keeps=0), START)]).par.part == 0


def test_service_waived_leaves_from_the_end() -> None:
    plan = Plan(schedule(), closures=[Closure(date(2004, 9, 1), "settled", 0, 300_000)])
    assert [row.service for row in plan.rows_on(date(2004, 9, 1))] == [37_500, 37_500, *[0] * 8]
    assert plan.rows_on(date(2004, 8, 31)) == plan.schedule


def test_what_comes_in_after_writing_off_is_recovered() -> None:
    gone = Closure(date(2005, 6, 1), "written-off", 2_250_000, 337_500)
    one = Loan(
        "1",
        "32.71.01.1003",
        "A",
        PAID_OUT,
        schedule(),
        [Payment("a", date(2004, 8, 12), 287_500), Payment("b", date(2005, 6, 1), 10)],
        closures=[gone],
    )
    found = state(one, date(2005, 6, 1))
    assert (found.active, found.written_off, found.recovered) == (False, True, 10)
    assert (found.paid, found.outstanding_principal) == (287_500, 0)
    assert area_book([found]).outstanding == 0


def test_settling_is_owed_by_the_rule_of_the_guideline() -> None:
    left = [Fill(row.no, row.due, row.principal, row.service) for row in schedule()]
    day = date(2004, 9, 13)  # two are due, the third runs
    assert [settlement(left, day, rule).service for rule in ("waived", "running", "owed")] == [
        75_000,
        112_500,
        375_000,
    ]


def test_on_a_due_day_the_next_period_does_not_run_yet() -> None:
    left = [Fill(row.no, row.due, row.principal, row.service) for row in schedule()]
    days = [date(2004, 9, 11), date(2004, 9, 12), date(2004, 9, 13)]
    assert [settlement(left, day, "running").service for day in days] == [75_000, 75_000, 112_500]


DAYS = st.integers(0, 500).map(lambda n: PAID_OUT + timedelta(days=n))
PAYMENTS = st.lists(st.tuples(DAYS, st.integers(1, 900_000)), max_size=8)


@given(PAYMENTS, DAYS, DAYS, st.integers(1, 12))
def test_no_money_is_made_or_lost_by_a_new_schedule(
    paid: list[tuple[date, int]], start: date, day: date, instalments: int
) -> None:
    payments = [Payment(str(key), on, amount) for key, (on, amount) in enumerate(paid)]
    before = standing(Plan(schedule()), payments, start - timedelta(days=1))
    principal = sum(row.principal for row in before.left)
    service = sum(row.service for row in before.left)
    rows = segment_rows(
        principal=principal,
        service=service,
        instalments=instalments,
        first_due=start + timedelta(days=30),
        every=MONTHLY,
    )
    plan = Plan(schedule(), [Segment(start, rows)])
    now = standing(plan, payments, day)
    came = sum(one.amount for one in payments if one.on <= day)
    assert sum(part.amount for part in now.splits.values()) == came
    assert now.paid.principal + now.paid.service + now.paid.overpaid == came
    assert now.paid.principal + sum(row.principal for row in now.left) == 2_500_000
    assert now.paid.service + sum(row.service for row in now.left) == 375_000


@given(PAYMENTS, DAYS, st.sampled_from(["waived", "running", "owed"]))
def test_a_settlement_closes_the_loan_to_the_rupiah(
    paid: list[tuple[date, int]], day: date, rule: str
) -> None:
    payments = [Payment(f"{key:02d}", on, sum_) for key, (on, sum_) in enumerate(paid) if on <= day]
    owed = settlement(standing(Plan(schedule()), payments, day).left, day, rule)
    plan = Plan(schedule(), closures=[Closure(day, "settled", 0, owed.waived)])
    before = standing(Plan(schedule()), payments, day)
    now = standing(plan, [*payments, Payment("zz", day, owed.total)], day)
    assert (now.owed, now.active) == (0, False)
    last = now.splits["zz"]
    assert (last.principal, last.service, last.overpaid) == (owed.principal, owed.service, 0)
    assert {key: part for key, part in now.splits.items() if key != "zz"} == before.splits


@given(PAYMENTS, DAYS, st.permutations(range(8)))
def test_the_order_in_which_payments_are_given_does_not_matter(
    paid: list[tuple[date, int]], day: date, order: list[int]
) -> None:
    one = rescheduled()
    known = [*one.payments, *(Payment(f"x{key}", on, sum_) for key, (on, sum_) in enumerate(paid))]
    mixed = sorted(known, key=lambda p: order[hash(p.key) % 8])
    assert standing(one.plan, known, day).splits == standing(one.plan, mixed, day).splits


@given(
    principal=st.integers(1, 3_000_000),
    paid=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 900_000)), max_size=8),
    begins=st.none() | st.integers(1, 400),
    order=st.sampled_from(get_args(Order)),
)
def test_movements_seen_at_the_end_are_those_seen_day_by_day(principal, paid, begins, order):
    payments = [
        Payment(str(key), PAID_OUT + timedelta(days=day), amount)
        for key, (day, amount) in enumerate(paid)
    ]
    rows = segment_rows(
        principal=principal, service=9_999, instalments=4, first_due=FIRST, every=MONTHLY
    )
    segments = [Segment(PAID_OUT + timedelta(days=begins), rows)] if begins else []
    plan = Plan(schedule(principal), segments)
    assert posting.moves(plan, payments, order) == posting.by_day(plan, payments, order)
