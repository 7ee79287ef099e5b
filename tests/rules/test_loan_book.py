"""The loan book at a date: examples by hand, and the same figures counted a second, naive way."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.allocation import Payment
from pendamping.funds.loans.rules.bands import Bands
from pendamping.funds.loans.rules.book import (
    AreaBook,
    Loan,
    LoanState,
    area_book,
    books_by_area,
    classify,
    state_at,
)
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.kernel.share import Share

PAID_OUT = date(2004, 5, 12)
TENTH = date(2005, 5, 12)
EMPANG = "32.71.01.1003"


def loan(
    *paid: tuple[date, int],
    number: str = "1",
    ward: str = EMPANG,
    group: str = "A",
    principal: int = 5_000_000,
    disbursed: date = PAID_OUT,
) -> Loan:
    rows = book_schedule(
        principal=principal, rate_bp=150, instalments=10, grace_months=2, disbursed=disbursed
    )
    payments = [Payment(f"{number}-{key}", on, amount) for key, (on, amount) in enumerate(paid)]
    return Loan(number, ward, group, disbursed, rows, payments)


def state(one: Loan, on: date) -> LoanState:
    found = state_at(one, on)
    assert found is not None
    return found


def months(count: int) -> list[tuple[date, int]]:
    """So many whole instalments of the case, each on its day."""
    return [(row.due, 575_000) for row in loan().schedule[:count]]


def test_a_loan_does_not_exist_before_it_is_paid_out() -> None:
    assert state_at(loan(), PAID_OUT - timedelta(1)) is None
    assert state(loan(), PAID_OUT).outstanding_principal == 5_000_000


def test_a_loan_paid_as_agreed_is_current_and_then_closed() -> None:
    punctual = loan(*months(10))
    before = state(punctual, date(2005, 5, 11))
    assert (before.active, before.collectibility, before.instalments_behind) == (True, 1, 0)
    assert (before.outstanding_principal, before.due, before.paid) == (
        500_000,
        5_175_000,
        5_175_000,
    )
    after = state(punctual, TENTH)
    assert (after.active, after.collectibility, after.outstanding_principal) == (False, None, 0)


def test_an_instalment_is_behind_on_the_very_day_on_which_it_falls_due() -> None:
    on = date(2004, 8, 12)
    late = state(loan(), on)
    assert (late.instalments_behind, late.oldest_unpaid_due, late.days_past_due) == (1, on, 0)
    assert (late.arrears_principal, late.arrears_service) == (500_000, 75_000)
    assert state(loan(), on - timedelta(1)).collectibility == 1
    assert late.collectibility == 2


def test_a_loan_three_instalments_behind_at_the_tenth() -> None:
    """Seven paid of ten: 1,725,000 behind since 12 March, 61 days before 12 May."""
    behind = state(loan(*months(7)), TENTH)
    assert behind.instalments_behind == 3
    assert (behind.oldest_unpaid_due, behind.days_past_due) == (date(2005, 3, 12), 61)
    assert (behind.arrears_principal, behind.arrears_service) == (1_500_000, 225_000)
    assert behind.collectibility == 2


def test_what_falls_due_on_the_day_itself_is_told_apart_from_what_is_past_its_day() -> None:
    """Seven paid of ten: on 12 May two are past their day (1,150,000), the tenth is due (575,000)."""
    behind = state(loan(*months(7)), TENTH)
    assert (behind.late, behind.late_count) == (1_150_000, 2)
    assert (behind.due_today, behind.today_count) == (575_000, 1)
    assert (behind.today_principal, behind.today_service) == (500_000, 75_000)
    after = state(loan(*months(7)), TENTH + timedelta(1))
    assert (after.late, after.late_count, after.due_today) == (1_725_000, 3, 0)


def test_the_day_after_the_last_due_date_makes_any_rest_class_5() -> None:
    almost = loan(*months(9), (TENTH, 574_999))
    assert state(almost, TENTH).collectibility == 2
    assert state(almost, TENTH + timedelta(1)).collectibility == 5


@pytest.mark.parametrize(
    ("behind", "number"),
    [(0, 1), (1, 2), (3, 2), (4, 3), (6, 3), (7, 4), (9, 4), (10, 5), (99, 5)],
)
def test_classes_change_at_their_edges(behind: int, number: int) -> None:
    assert classify(behind, past_end=False) == number


def test_a_reversed_payment_counts_until_the_day_before() -> None:
    base = loan()
    on = date(2004, 8, 12)
    undone = Payment("r", on, 575_000, reversed_on=date(2004, 8, 20))
    one = Loan("1", EMPANG, "A", PAID_OUT, base.schedule, [undone])
    assert state(one, date(2004, 8, 19)).paid == 575_000
    assert state(one, date(2004, 8, 20)).paid == 0


def test_the_figures_of_an_area_are_those_of_a_hand_count() -> None:
    """Four loans on the day of the tenth instalment.

    A owes nothing; B paid seven (1,500,000 left, three behind); C paid nine (500,000 left, one
    behind); D, in another group, paid nothing (3,000,000 left, ten behind).
    """
    book = area_book(
        [
            state(loan(*months(10), number="1", group="A"), TENTH),
            state(loan(*months(7), number="2", group="B"), TENTH),
            state(loan(*months(9), number="3", group="C"), TENTH),
            state(loan(number="4", group="D", principal=3_000_000), TENTH),
        ]
    )
    assert (book.loans, book.active, book.outstanding) == (4, 3, 5_000_000)
    assert book.due_to_date == 3 * 5_750_000 + 3_450_000
    assert book.paid_to_date == (10 + 7 + 9) * 575_000
    assert (book.arrears_principal, book.arrears_service) == (5_000_000, 225_000 + 75_000 + 450_000)
    assert book.par == Share(4_500_000, 5_000_000)
    assert book.par30 == Share(4_500_000, 5_000_000)
    assert book.par90 == Share(3_000_000, 5_000_000)
    assert book.lar == Share(2, 3)
    assert book.rr == Share(500_000, 5_000_000)
    assert book.classes == {
        1: (0, 0), 2: (2, 2_000_000), 3: (0, 0), 4: (0, 0), 5: (1, 3_000_000)
    }  # fmt: skip


def test_par30_counts_from_the_thirty_first_day() -> None:
    due = date(2004, 8, 12)
    books = [area_book([state(loan(), due + timedelta(days))]) for days in (30, 31)]
    assert [book.par30.part for book in books] == [0, 5_000_000]


def test_ratios_are_null_where_nothing_is_outstanding() -> None:
    shown = area_book([]).as_json()
    assert [shown[name] for name in ("par30", "par90", "par", "lar", "rr")] == [None] * 5
    assert shown["classes"] == {str(number): [0, 0] for number in range(1, 6)}


def test_fractions_stay_unreduced() -> None:
    shown = area_book([state(loan(*months(7)), TENTH)]).as_json()
    assert shown["par"] == {"fraction": "1500000/1500000", "value": 1.0}
    assert shown["lar"] == {"fraction": "1/1", "value": 1.0}


def test_groups_of_the_same_name_in_two_wards_are_two_groups() -> None:
    states = [
        state(loan(number="1"), TENTH),
        state(loan(*months(9), number="2", ward="32.71.01.1004"), TENTH),
    ]
    assert area_book(states).lar == Share(1, 2)
    by_ward = books_by_area(states)
    assert [(area, book.lar) for area, book in by_ward.items()] == [
        (EMPANG, Share(1, 1)),
        ("32.71.01.1004", Share(0, 1)),
    ]
    assert list(books_by_area(states, "city")) == ["32.71"]


@pytest.mark.parametrize(
    ("better", "edges", "shares"),
    [
        (
            "low",
            (10, 20),
            [(10, "satisfactory"), (11, "minimum"), (20, "minimum"), (21, "suspend")],
        ),
        (
            "high",
            (90, 80),
            [(90, "satisfactory"), (89, "minimum"), (80, "minimum"), (79, "suspend")],
        ),
    ],
)
def test_the_better_band_includes_its_edge(
    better: Any, edges: tuple[int, int], shares: list[tuple[int, str]]
) -> None:
    bands = Bands(*edges, better)
    assert [bands.judge(Share(part, 100)) for part, _ in shares] == [name for _, name in shares]
    assert bands.judge(Share(0, 0)) is None


# The same book counted again, another way


@st.composite
def any_books(draw: st.DrawFn) -> list[Loan]:
    book = []
    for number in range(draw(st.integers(0, 5))):
        disbursed = PAID_OUT + timedelta(draw(st.integers(0, 60)))
        paid = [
            (disbursed + timedelta(day), draw(st.integers(0, 2500)))
            for day in draw(st.lists(st.integers(0, 500), max_size=6))
        ]
        book.append(
            loan(
                *paid,
                number=str(number),
                ward=draw(st.sampled_from([EMPANG, "32.71.01.1004"])),
                group=draw(st.sampled_from("AB")),
                principal=draw(st.integers(1, 6000)),
                disbursed=disbursed,
            )
        )
    return book


def naive_left(one: Loan, on: date) -> list[tuple[date, int, int]]:
    """(due, principal, service) still owed, by walking over a list of debts for each payment."""
    debts = [[row.due, row.principal, row.service] for row in one.schedule]
    for payment in sorted(one.payments, key=lambda p: (p.on, p.key)):
        rest = payment.amount if payment.on <= on else 0
        overdue = [debt for debt in debts if debt[0] <= payment.on]  # type: ignore[operator]
        future = [debt for debt in debts if debt[0] > payment.on]  # type: ignore[operator]
        places = [(debt, 2) for debt in overdue] + [(debt, 1) for debt in overdue]
        for debt in future:
            places += [(debt, 2), (debt, 1)]
        for debt, part in places:
            taken = min(rest, debt[part])  # type: ignore[call-overload]
            debt[part] -= taken
            rest -= taken
    return [(debt[0], debt[1], debt[2]) for debt in debts]  # type: ignore[misc]


def naive_book(book: Sequence[Loan], on: date) -> dict[str, object]:
    """The definitions of the doors, said with plain loops."""
    lent = [one for one in book if one.disbursed <= on]
    open_loans = []
    for one in lent:
        left = naive_left(one, on)
        if any(principal or service for _, principal, service in left):
            late = [debt for debt in left if debt[0] <= on and debt[1] + debt[2] > 0]
            days = (on - late[0][0]).days if late else 0
            owed = sum(debt[1] for debt in left)
            open_loans.append((one, owed, late, days))
    whole = sum(owed for _, owed, _, _ in open_loans)
    bad = [entry for entry in open_loans if len(entry[2]) >= 3]
    groups = {(one.ward, one.group_id) for one, owed, _, _ in open_loans if owed > 0}
    bad_groups = {(one.ward, one.group_id) for one, owed, _, _ in bad if owed > 0}
    return {
        "loans": len(lent),
        "active": len(open_loans),
        "outstanding": whole,
        "due_to_date": sum(row.total for one in lent for row in one.schedule if row.due <= on),
        "arrears_principal": sum(debt[1] for _, _, late, _ in open_loans for debt in late),
        "arrears_service": sum(debt[2] for _, _, late, _ in open_loans for debt in late),
        "par30": Share(sum(owed for _, owed, _, days in open_loans if days > 30), whole),
        "par90": Share(sum(owed for _, owed, _, days in open_loans if days > 90), whole),
        "par": Share(sum(owed for _, owed, _, _ in bad), whole),
        "lar": Share(len(bad_groups), len(groups)),
        "rr": Share(whole - sum(debt[1] for _, _, late, _ in bad for debt in late), whole),
    }


def figures(book: Sequence[Loan], on: date) -> AreaBook:
    return area_book([found for one in book if (found := state_at(one, on))])


@given(any_books(), st.integers(-5, 600))
def test_a_naive_count_gives_the_same_book(book: list[Loan], day: int) -> None:
    on = PAID_OUT + timedelta(day)
    counted = figures(book, on)
    expected = naive_book(book, on)
    assert {name: getattr(counted, name) for name in expected} == expected


@given(any_books(), st.integers(0, 600))
def test_payments_made_and_schedules_due_add_up(book: list[Loan], day: int) -> None:
    on = PAID_OUT + timedelta(day)
    counted = figures(book, on)
    lent = [one for one in book if one.disbursed <= on]
    received = sum(p.amount for one in lent for p in one.payments if p.on <= on)
    assert counted.paid_to_date + counted.overpaid == received
    owed = sum(row.total for one in lent for row in one.schedule)
    left = sum(p + s for one in lent for _, p, s in naive_left(one, on))
    assert counted.paid_to_date == owed - left
    assert sum(pair[0] for pair in counted.classes.values()) == counted.active
    assert sum(pair[1] for pair in counted.classes.values()) == counted.outstanding


@given(any_books(), st.integers(0, 500), st.integers(1, 200))
def test_a_closed_loan_stays_closed(book: list[Loan], day: int, later: int) -> None:
    on = PAID_OUT + timedelta(day)
    for one in book:
        found = state_at(one, on)
        if found and not found.active:
            assert not state(one, on + timedelta(later)).active


@given(any_books(), st.integers(0, 600), st.randoms(use_true_random=False))
def test_the_order_of_entry_gives_the_same_book(book: list[Loan], day: int, chance: Any) -> None:
    on = PAID_OUT + timedelta(day)
    mixed = []
    for one in book:
        payments = list(one.payments)
        chance.shuffle(payments)
        mixed.append(
            Loan(one.loan_id, one.ward, one.group_id, one.disbursed, one.schedule, payments)
        )
    chance.shuffle(mixed)
    assert figures(mixed, on) == figures(book, on)


@given(any_books(), st.integers(0, 600))
def test_the_figures_of_the_wards_add_up_to_the_whole(book: list[Loan], day: int) -> None:
    on = PAID_OUT + timedelta(day)
    states = [found for one in book if (found := state_at(one, on))]
    whole, parts = area_book(states), books_by_area(states).values()
    for name in ("loans", "active", "outstanding", "due_to_date", "paid_to_date", "overpaid"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    for name in ("par30", "par90", "par", "lar", "rr"):
        assert sum(getattr(part, name).part for part in parts) == getattr(whole, name).part
    if whole.outstanding:
        assert Fraction(whole.par90.part, whole.par90.whole) <= Fraction(
            whole.par30.part, whole.par30.whole
        )
