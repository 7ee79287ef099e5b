"""The schedule of a loan: worked examples for a treasurer, and what holds for every loan."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.reading import read_every, read_rate
from pendamping.funds.loans.rules.schedule import Instalment, as_json, schedule
from pendamping.funds.loans.rules.terms import (
    MOST_PERIODS,
    Amortisation,
    GraceService,
    Method,
    Terms,
    Unit,
    problems,
)
from pendamping.kernel.money import Rounding
from pendamping.kernel.refusal import Refusal

CASE = Terms(5_000_000, 10, Fraction(15, 1000), date(2004, 5, 12), grace=2)


def changed(terms: Terms, **changes: object) -> Terms:
    return replace(terms, **changes)  # type: ignore[arg-type]


def column(rows: list[Instalment], name: str) -> list[object]:
    return [getattr(row, name) for row in rows]


# Worked examples


def test_the_case_pays_its_tenth_instalment_a_year_after_it_was_paid_out() -> None:
    rows = schedule(CASE)
    assert [rows[0].due, rows[9].due] == [date(2004, 8, 12), date(2005, 5, 12)]
    assert [row.no for row in rows] == list(range(1, 11))


@pytest.mark.parametrize(
    ("principal", "part", "service"),
    [(5_000_000, 500_000, 75_000), (30_000_000, 3_000_000, 450_000)],
)
def test_the_rows_of_the_cash_book_come_out(principal: int, part: int, service: int) -> None:
    """Handbook 4.1, check case: ten instalments at 1.5 % flat."""
    rows = schedule(changed(CASE, principal=principal))
    assert {(row.principal, row.service, row.total) for row in rows} == {
        (part, service, part + service)
    }
    assert as_json(rows)["total"] == principal + principal * 15 // 100


GRACE = [
    # service, in tenor: rows, first row (due, principal, service, total), last due, service in all
    ("waived", False, 10, (date(2004, 8, 12), 500_000, 75_000, 575_000), date(2005, 5, 12), 750_000),
    ("billed", False, 12, (date(2004, 6, 12), 0, 75_000, 75_000), date(2005, 5, 12), 900_000),
    ("deferred", False, 10, (date(2004, 8, 12), 500_000, 225_000, 725_000), date(2005, 5, 12), 900_000),
    ("waived", True, 8, (date(2004, 8, 12), 625_000, 75_000, 700_000), date(2005, 3, 12), 600_000),
    ("billed", True, 10, (date(2004, 6, 12), 0, 75_000, 75_000), date(2005, 3, 12), 750_000),
    ("deferred", True, 8, (date(2004, 8, 12), 625_000, 225_000, 850_000), date(2005, 3, 12), 750_000),
]  # fmt: skip


@pytest.mark.parametrize("method", ["flat", "declining"])
@pytest.mark.parametrize(
    ("service", "in_tenor", "count", "first", "last_due", "all_service"), GRACE
)
def test_each_reading_of_grace_gives_its_rows(
    method: str,
    service: str,
    in_tenor: bool,
    count: int,
    first: tuple[date, int, int, int],
    last_due: date,
    all_service: int,
) -> None:
    terms = changed(CASE, grace_service=service, grace_in_tenor=in_tenor, method=method)
    rows = schedule(terms)
    assert len(rows) == count
    assert (rows[0].due, rows[0].principal, rows[0].service, rows[0].total) == first
    assert rows[-1].due == last_due
    assert [row.no for row in rows] == list(range(1, count + 1))
    if method == "flat":
        assert sum(row.service for row in rows) == all_service


def test_a_short_month_takes_its_last_day_and_the_next_month_the_day_again() -> None:
    rows = schedule(Terms(400, 4, Fraction(0), date(2003, 12, 31)))
    assert column(rows, "due") == [
        date(2004, 1, 31), date(2004, 2, 29), date(2004, 3, 31), date(2004, 4, 30)
    ]  # fmt: skip


def test_weeks_and_days_are_counted_from_the_disbursement() -> None:
    weekly = schedule(Terms(300, 3, Fraction(0), date(2004, 2, 20), every=(2, "weeks"), grace=1))
    daily = schedule(Terms(300, 1, Fraction(0), date(2023, 7, 1), every=(30, "days")))
    assert column(weekly, "due") == [date(2004, 3, 19), date(2004, 4, 2), date(2004, 4, 16)]
    assert column(daily, "due") == [date(2023, 7, 31)]


def test_the_last_instalment_takes_what_rounding_leaves() -> None:
    rows = schedule(Terms(1_000_000, 3, Fraction(15, 1000), date(2004, 5, 12), round_to=1000))
    assert column(rows, "principal") == [333_000, 333_000, 334_000]
    assert column(rows, "service") == [15_000, 15_000, 15_000]


def test_flat_service_is_rounded_once_and_then_shared() -> None:
    """100 at 1.5 % over three is 4.5: 5 in all, so 1 and 1 and 3."""
    rows = schedule(Terms(100, 3, Fraction(15, 1000), date(2004, 5, 12)))
    assert column(rows, "service") == [1, 1, 3]


def test_equal_instalments_round_the_instalment_and_not_its_parts() -> None:
    terms = Terms(
        1_000_000, 3, Fraction(2, 100), date(2004, 5, 12),
        method="declining", amortisation="equal-instalments", round_to=1000, rounding="half-up",
    )  # fmt: skip
    rows = schedule(terms)
    # 1,000,000 at 2 % over three: 346,754.67, so 347,000; 20,000 of the first is service.
    assert column(rows, "total") == [347_000, 347_000, 346_249]
    assert column(rows, "service") == [20_000, 13_460, 6_789]
    assert column(rows, "balance") == [673_000, 339_460, 0]


def test_rates_and_periods_are_read_exactly() -> None:
    assert read_rate("0.015") == read_rate("1.5%") == read_rate("1,5 %") == Fraction(3, 200)
    assert read_rate(".5%") == read_rate("1/200") == Fraction(1, 200)
    assert read_every("week") == (1, "weeks")


@pytest.mark.parametrize("text", ["", "%", "-", ".", "1e9", "1/0", "nan", "one", "1..5"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a rate"):
        read_rate(text)


@pytest.mark.parametrize("text", ["", "months2", "2 fortnights", "-1month", "1.5weeks"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        read_every(text)


# Bad terms


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"principal": 0}, ["principal"]),
        ({"principal": 10**16}, ["principal"]),
        ({"rate": Fraction(-1, 100)}, ["rate"]),
        ({"rate": Fraction(3, 2)}, ["rate"]),
        ({"round_to": 0}, ["round_to"]),
        ({"instalments": 0}, ["instalments"]),
        ({"instalments": MOST_PERIODS}, ["instalments"]),
        ({"grace": -1}, ["grace"]),
        ({"grace": 10, "grace_in_tenor": True}, ["grace"]),
        ({"every": (0, "days")}, ["every"]),
        ({"every": (10**6, "months")}, ["every"]),
        ({"every": (10**30, "days")}, ["every"]),
        ({"principal": -1, "rate": Fraction(2), "grace": -1}, ["principal", "rate", "grace"]),
    ],
)
def test_it_refuses_impossible_terms_with_every_field_at_once(
    changes: dict[str, object], fields: list[str]
) -> None:
    terms = changed(CASE, **changes)
    assert [reason.where["field"] for reason in problems(terms)] == fields
    with pytest.raises(Refusal) as refused:
        schedule(terms)
    assert all(reason.say() for reason in refused.value.reasons)


# What holds for every loan


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    instalments = draw(st.integers(1, 60))
    in_tenor = draw(st.booleans())
    every: list[tuple[int, Unit]] = [(1, "months"), (3, "months"), (2, "weeks"), (30, "days")]
    return Terms(
        principal=draw(st.integers(1, 10**9)),
        instalments=instalments,
        rate=Fraction(draw(st.integers(0, 2000)), 10_000),
        disbursed=draw(st.dates(date(1999, 1, 1), date(2030, 12, 31))),
        grace=draw(st.integers(0, instalments - 1 if in_tenor else 12)),
        grace_in_tenor=in_tenor,
        grace_service=draw(st.sampled_from(get_args(GraceService))),
        every=draw(st.sampled_from(every)),
        method=draw(st.sampled_from(get_args(Method))),
        amortisation=draw(st.sampled_from(get_args(Amortisation))),
        round_to=draw(st.sampled_from([1, 100, 500, 1000])),
        rounding=draw(st.sampled_from(get_args(Rounding))),
    )


@given(any_terms())
def test_what_is_lent_is_repaid_and_nothing_else(terms: Terms) -> None:
    rows = schedule(terms)
    assert sum(row.principal for row in rows) == terms.principal
    assert rows[-1].balance == 0
    assert all(row.principal >= 0 and row.service >= 0 for row in rows)
    assert all(row.total == row.principal + row.service for row in rows)
    balances = [terms.principal, *(row.balance for row in rows)]
    assert [before - after for before, after in pairwise(balances)] == [r.principal for r in rows]


@given(any_terms())
def test_dates_rise_strictly_from_the_disbursement_on(terms: Terms) -> None:
    days = [terms.disbursed, *(row.due for row in schedule(terms))]
    assert all(earlier < later for earlier, later in pairwise(days))


@given(any_terms())
def test_billed_and_deferred_cost_the_same_and_waived_no_more(terms: Terms) -> None:
    cost = {
        kind: as_json(schedule(changed(terms, grace_service=kind)))["service"]
        for kind in ("waived", "billed", "deferred")
    }
    assert cost["waived"] <= cost["billed"] == cost["deferred"]


@given(any_terms())
def test_the_whole_flat_service_is_the_principal_times_the_rate_for_each_period(
    terms: Terms,
) -> None:
    rows = schedule(changed(terms, method="flat"))
    charged = terms.paying if terms.grace_service == "waived" else terms.periods
    exact = terms.principal * terms.rate * charged
    assert abs(sum(row.service for row in rows) - exact) <= Fraction(1, 2)


@given(any_terms())
def test_the_service_of_a_declining_loan_is_the_rate_on_the_balance(terms: Terms) -> None:
    rows = schedule(changed(terms, method="declining", grace=0, grace_in_tenor=False))
    balances = [terms.principal, *(row.balance for row in rows)]
    for before, row in zip(balances, rows, strict=False):
        assert abs(row.service - before * terms.rate) < 1


@given(
    st.integers(1, 10**10),
    st.integers(0, 999),
    st.integers(1, 60),
    st.integers(0, 12),
    st.dates(date(1999, 1, 1), date(2030, 12, 31)),
)
def test_the_loan_book_and_the_command_give_the_same_schedule(
    principal: int, rate_bp: int, instalments: int, grace: int, disbursed: date
) -> None:
    terms = Terms(principal, instalments, Fraction(rate_bp, 10_000), disbursed, grace=grace)
    book = book_schedule(
        principal=principal,
        rate_bp=rate_bp,
        instalments=instalments,
        grace_months=grace,
        disbursed=disbursed,
    )
    assert schedule(terms) == book


def test_both_give_the_rows_of_the_cash_book() -> None:
    book = book_schedule(
        principal=5_000_000, rate_bp=150, instalments=10, grace_months=2, disbursed=CASE.disbursed
    )
    assert book == schedule(CASE)
    assert {(row.principal, row.service) for row in book} == {(500_000, 75_000)}
