"""How payments are split: examples by hand, then what no payment may ever do."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.allocation import (
    Fill,
    Order,
    Paid,
    Payment,
    allocate,
    allocate_all,
    posted_problems,
    receipt_problems,
    remaining,
)
from pendamping.funds.loans.rules.schedule import Instalment, schedule
from pendamping.funds.loans.rules.terms import Terms
from pendamping.kernel.refusal import Refusal

PAID_OUT = date(2004, 5, 12)
ROWS = schedule(Terms(5_000_000, 10, Fraction(15, 1000), PAID_OUT, grace=2))
FIRST, SECOND, THIRD = (row.due for row in ROWS[:3])


def test_one_instalment_on_its_day_fills_that_instalment() -> None:
    split = allocate(ROWS, 575_000, FIRST)
    assert (split.principal, split.service, split.overpaid) == (500_000, 75_000, 0)
    assert split.fills == (Fill(1, FIRST, 500_000, 75_000),)


def test_overdue_service_comes_before_overdue_principal() -> None:
    """Two instalments are due: 150,000 of service first, 50,000 is left for the older principal."""
    split = allocate(ROWS, 200_000, SECOND)
    assert (split.principal, split.service) == (50_000, 150_000)
    assert split.fills == (Fill(1, FIRST, 50_000, 75_000), Fill(2, SECOND, 0, 75_000))


def test_instalment_order_fills_the_older_instalment_first() -> None:
    split = allocate(ROWS, 200_000, SECOND, order="instalment-order")
    assert split.fills == (Fill(1, FIRST, 125_000, 75_000),)


def test_money_before_anything_is_due_goes_to_the_next_instalments_in_order() -> None:
    split = allocate(ROWS, 600_000, date(2004, 6, 1))
    assert split.fills == (Fill(1, FIRST, 500_000, 75_000), Fill(2, SECOND, 0, 25_000))


def test_a_short_payment_is_remembered_by_the_next() -> None:
    done = allocate_all(ROWS, [Payment("a", FIRST, 100_000), Payment("b", SECOND, 575_000)])
    assert [(one.split.principal, one.split.service) for one in done] == [
        (25_000, 75_000),
        (500_000, 75_000),
    ]
    assert done[1].split.fills == (Fill(1, FIRST, 475_000, 0), Fill(2, SECOND, 25_000, 75_000))
    assert done[1].before == Paid(25_000, 75_000)


def test_what_is_paid_above_the_loan_is_overpaid() -> None:
    split = allocate(ROWS, 6_000_000, FIRST)
    assert (split.principal, split.service, split.overpaid) == (5_000_000, 750_000, 250_000)


def test_a_payment_entered_late_changes_the_splits_after_it() -> None:
    late = Payment("late", FIRST, 75_000)
    known = Payment("known", SECOND, 575_000)
    [before] = allocate_all(ROWS, [known])
    first, second = allocate_all(ROWS, [known, late])
    assert (before.split.principal, before.split.service) == (425_000, 150_000)
    assert (first.payment, first.split.service) == (late, 75_000)
    assert (second.split.principal, second.split.service) == (500_000, 75_000)


def test_a_posted_split_fills_each_part_from_the_oldest_on() -> None:
    posted = Payment("p", FIRST, 700_000, posted=(550_000, 100_000))
    [done] = allocate_all(ROWS, [posted])
    assert (done.split.principal, done.split.service, done.split.overpaid) == (
        550_000,
        100_000,
        50_000,
    )
    assert done.split.fills == (Fill(1, FIRST, 500_000, 75_000), Fill(2, SECOND, 50_000, 25_000))


@pytest.mark.parametrize(
    ("amount", "posted", "count"),
    [
        (100, (60, 41), 1),
        (100, (-1, 101), 1),
        (6_000_000, (5_000_001, 0), 1),
        (6_000_000, (0, 750_001), 1),
        (100, (5_000_001, 750_001), 3),
    ],
)
def test_it_refuses_a_posted_split_that_does_not_fit(
    amount: int, posted: tuple[int, int], count: int
) -> None:
    payment = Payment("p", FIRST, amount, posted=posted)
    reasons = posted_problems(ROWS, payment, Paid())
    assert len(reasons) == count
    assert all(reason.where == {"payment": "p"} and reason.say() for reason in reasons)
    with pytest.raises(Refusal):
        allocate_all(ROWS, [payment])


def test_it_refuses_negative_payments_all_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        allocate_all(
            ROWS, [Payment("a", FIRST, -1), Payment("b", FIRST, 5), Payment("c", FIRST, -2)]
        )
    assert [reason.where["payment"] for reason in refused.value.reasons] == ["a", "c"]
    with pytest.raises(Refusal):
        allocate(ROWS, -1, FIRST)


def test_it_says_everything_that_is_wrong_with_a_receipt() -> None:
    def fields(amount: int, on: date) -> list[str]:
        reasons = receipt_problems(amount=amount, on=on, disbursed=PAID_OUT, today=SECOND)
        assert all(reason.say() for reason in reasons)
        return [reason.where["field"] for reason in reasons]

    assert fields(1, PAID_OUT) == fields(1, SECOND) == []
    assert fields(0, PAID_OUT - timedelta(1)) == ["amount", "on"]
    assert (fields(10**15, SECOND), fields(10**15 + 1, SECOND)) == ([], ["amount"])
    assert fields(10**19, SECOND) == ["amount"]
    assert fields(1, THIRD) == ["on"]


# What holds for every book of payments

ORDERS = st.sampled_from(get_args(Order))


@st.composite
def small_loans(draw: st.DrawFn) -> list[Instalment]:
    return schedule(
        Terms(
            draw(st.integers(1, 5000)),
            draw(st.integers(1, 8)),
            Fraction(draw(st.integers(0, 500)), 10_000),
            PAID_OUT,
            grace=draw(st.integers(0, 2)),
        )
    )


@st.composite
def any_payments(draw: st.DrawFn) -> list[Payment]:
    days = draw(st.lists(st.integers(0, 400), max_size=8))
    return [
        Payment(f"p{number}", PAID_OUT + timedelta(day), draw(st.integers(0, 2000)))
        for number, day in enumerate(days)
    ]


def naive(rows: Sequence[Instalment], payments: Sequence[Payment], order: Order) -> list[int]:
    """One unit of money at a time: what is left of each service and each principal, in turn."""
    left = [part for row in rows for part in (row.service, row.principal)]
    for payment in sorted(payments, key=lambda one: (one.on, one.key)):
        for _ in range(payment.amount):
            due = sum(row.due <= payment.on for row in rows) if order == "service-first" else 0
            places = [*range(0, 2 * due, 2), *range(1, 2 * due, 2), *range(2 * due, len(left))]
            place = next((place for place in places if left[place]), None)
            if place is None:
                break
            left[place] -= 1
    return left


@given(small_loans(), any_payments(), ORDERS)
def test_the_splits_are_those_of_counting_out_single_coins(
    rows: list[Instalment], payments: list[Payment], order: Order
) -> None:
    small = [Payment(one.key, one.on, one.amount % 60) for one in payments]
    rows = [Instalment(r.no, r.due, r.principal % 40, r.service % 20, 0, 0) for r in rows]
    done = allocate_all(rows, small, order)
    paid = done[-1].after if done else Paid()
    left = [part for row in remaining(rows, paid) for part in (row.service, row.principal)]
    assert left == naive(rows, small, order)


@given(small_loans(), any_payments(), ORDERS)
def test_no_money_is_lost_or_made(
    rows: list[Instalment], payments: list[Payment], order: Order
) -> None:
    done = allocate_all(rows, payments, order)
    assert [one.split.amount for one in done] == [one.payment.amount for one in done]
    assert sum(one.split.amount for one in done) == sum(one.amount for one in payments)
    for row in rows:
        fills = [fill for one in done for fill in one.split.fills if fill.no == row.no]
        assert sum(fill.principal for fill in fills) <= row.principal
        assert sum(fill.service for fill in fills) <= row.service


@given(small_loans(), any_payments(), ORDERS, st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(
    rows: list[Instalment], payments: list[Payment], order: Order, chance: object
) -> None:
    mixed = list(payments)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert allocate_all(rows, mixed, order) == allocate_all(rows, payments, order)


@given(small_loans(), any_payments(), ORDERS)
def test_nothing_is_overpaid_while_anything_is_owed(
    rows: list[Instalment], payments: list[Payment], order: Order
) -> None:
    for one in allocate_all(rows, payments, order):
        owed = sum(fill.total for fill in remaining(rows, one.after))
        assert not one.split.overpaid or owed == 0
