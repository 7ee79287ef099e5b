"""The query against the plain way, loan by loan and area by area, on whole random books."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import get_args

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pendamping.funds.closing import queries
from pendamping.funds.closing.rules import Segment, left_before, state
from pendamping.funds.loans.rules.allocation import Order, Paid
from pendamping.funds.loans.rules.book import Level, books_by_area
from pendamping.kernel.refusal import Refusal
from tests.books import files, making

ORDERS = get_args(Order)
SEEDS = st.integers(min_value=0, max_value=2**32)


def close(folder: Path, on: date, order: Order, engine: str = "duckdb") -> tuple[dict, dict]:
    """The sums of the wards, and every loan of ``loans.parquet`` by its id."""
    with queries.engine(engine) as running:
        wards = queries.close(folder, as_of=on, engine=running, order=order, out=folder / "out")
    rows = duckdb.sql(f"FROM '{folder}/out/loans.parquet'").fetchall()
    return wards, {row[0]: row[1:] for row in rows}


def expected(loan, found):
    return (
        loan.ward,
        loan.group_id,
        found.outstanding_principal,
        found.arrears_principal,
        found.arrears_service,
        found.instalments_behind,
        found.oldest_unpaid_due,
        found.days_past_due,
        found.collectibility,
    )


def agree(folder: Path, loans, on: date, order: Order, engine: str = "duckdb") -> None:
    wards, rows = close(folder, on, order, engine)
    states = {loan.loan_id: state(loan, on, order) for loan in loans}
    wanted = {
        loan.loan_id: expected(loan, found) for loan in loans if (found := states[loan.loan_id])
    }
    assert rows == wanted
    there = [found for found in states.values() if found]
    for level in get_args(Level):
        assert queries.by_area(wards, level) == books_by_area(there, level)


def hold(seed: int, size: int, kinds: tuple[str, ...], changed: bool, dates: int) -> None:
    for order in ORDERS:
        loans = making.books(seed, size, kinds=kinds, changed=changed, order=order)
        with tempfile.TemporaryDirectory() as folder:
            kind = "parquet" if seed % 2 else "csv"
            place = files.write(Path(folder), loans, seed=seed, kind=kind)
            for index in range(dates):
                on = making.AS_OF[(seed // 2 + 3 * index) % len(making.AS_OF)]
                agree(place, loans, on, order)


@settings(max_examples=6)
@given(SEEDS)
def test_plain_loans_with_bare_amounts_close_as_the_rules_say(seed):
    hold(seed, 60, ("bare",), changed=False, dates=2)


@settings(max_examples=4)
@given(SEEDS)
def test_posted_splits_close_as_the_rules_say(seed):
    hold(seed, 40, ("posted",), changed=False, dates=2)


@settings(max_examples=6)
@given(SEEDS)
def test_posted_and_bare_payments_are_taken_in_order_of_their_days(seed):
    hold(seed, 40, making.KINDS, changed=False, dates=2)


@settings(max_examples=6)
@given(SEEDS)
def test_rescheduled_settled_and_lost_loans_close_as_the_rules_say(seed):
    hold(seed, 40, making.KINDS, changed=True, dates=2)


@settings(max_examples=6)
@given(SEEDS)
def test_principal_that_a_change_makes_or_loses_is_named_by_both(seed):
    """A sound book is changed by a rupiah, or a schedule is put after the end; query and rules name the same loans."""
    loans = making.books(seed, 40)
    on = making.AS_OF[-1]
    made = Random(seed)
    spoilt = [
        made.choice((more_spread, more_lost, more_waived, more_asked, too_late))(loan, made)
        for loan in loans
    ]
    assume(spoilt != loans)
    with tempfile.TemporaryDirectory() as folder:
        place = files.write(Path(folder), spoilt, seed=seed)
        with queries.engine("duckdb") as running, pytest.raises(Refusal) as told:
            queries.close(place, as_of=on, engine=running)
    assert {one.where["loan"] for one in told.value.reasons} == {
        loan.loan_id for loan in spoilt if refused(loan, on)
    }
    assert {one.clause for one in told.value.reasons} <= {
        "closing.segment", "closing.written_off", "closing.settled", "closing.segment_service",
        "closing.after_closure", "closing.split",
    }  # fmt: skip


def more_spread(loan, made):
    """The loan with one rupiah more in a new schedule."""
    if not loan.segments:
        return loan
    chosen = made.randrange(len(loan.segments))
    rows = [
        replace(one, principal=one.principal + (index == chosen))
        for index, one in enumerate(loan.segments)
    ]
    return replace(loan, segments=tuple(rows))


def more_lost(loan, _made):
    """The loan with one rupiah more written off."""
    rows = [
        replace(one, principal=one.principal + 1) if one.kind == "written-off" else one
        for one in loan.closures
    ]
    return replace(loan, closures=tuple(rows))


def more_waived(loan, made):
    """The loan settled with more than was owed on the day before, by a rupiah or by much."""

    def more(one):
        owed = left_before(loan, one.on, one.on, "service-first", settled=False)
        by = made.choice((1, 400_000))
        if made.random() < 0.5:
            return replace(one, service=owed.service + by)
        return replace(one, principal=owed.principal + by)

    rows = [more(one) if one.kind == "settled" else one for one in loan.closures]
    return replace(loan, closures=tuple(rows))


def more_asked(loan, _made):
    """The loan with service past any rate in its last new schedule."""
    rows = list(loan.segments)
    if rows:
        rows[-1] = replace(rows[-1], service=10**12)
    return replace(loan, segments=tuple(rows))


def too_late(loan, made):
    """The loan with new instalments after its end, of what was owed then."""
    stands = [one for one in loan.closures if one.reversed_on is None]
    if not stands:
        return loan
    start = stands[0].on + timedelta(days=made.randrange(20))
    owed = left_before(loan, start, start, "service-first")
    row = Segment(start, owed.principal, 0, 3, start + timedelta(days=30))
    return replace(loan, segments=(*loan.segments, row))


def refused(loan, on: date) -> bool:
    try:
        state(loan, on)
    except Refusal:
        return True
    return False


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(40))
def test_large_random_books_close_as_the_rules_say(seed):
    kinds = (making.KINDS, ("bare",), ("posted",))[seed % 3]
    hold(seed, 400, kinds, changed=seed % 2 == 0, dates=4)


@settings(max_examples=4)
@given(SEEDS)
def test_kept_totals_close_as_the_payments_that_made_them(seed):
    """Totals of the day stand for the payments, for some loans or for all of them."""
    loans = making.books(seed, 40, kinds=("bare",), changed=False)
    on = making.AS_OF[seed % len(making.AS_OF)]
    for every in (1, 2):
        chosen = loans[::every]
        totals = {loan.loan_id: paid(loan, on) for loan in chosen if loan.disbursed <= on}
        with tempfile.TemporaryDirectory() as folder:
            place = files.write(Path(folder), loans, seed=seed, totals=totals, on=on)
            if every == 1:
                (place / "repayments.csv").unlink()
            agree(place, loans, on, "service-first")


def paid(loan, on: date) -> Paid:
    from pendamping.funds.loans.rules.allocation import allocate_all

    counting = [one for one in loan.payments if one.counts_on(on)]
    done = allocate_all(loan.known().schedule, counting)
    return done[-1].after if done else Paid()


def test_kept_totals_of_another_day_are_not_used(tmp_path):
    loans = making.books(5, 20, kinds=("bare",), changed=False)
    totals = {loan.loan_id: Paid(1, 1, 1) for loan in loans}
    files.write(tmp_path, loans, totals=totals, on=date(2005, 5, 11))
    agree(tmp_path, loans, date(2005, 5, 12), "service-first")


@pytest.mark.prove
@pytest.mark.parametrize(("seed", "kind"), [(3, "csv"), (1, "parquet")])
def test_spark_closes_as_the_rules_say(tmp_path, seed, kind):
    if said := queries.missing("spark"):
        pytest.skip(said)
    for order in ORDERS:
        loans = making.books(seed, 60, changed=seed == 3, order=order)
        place = files.write(tmp_path / order, loans, seed=seed, kind=kind)
        agree(place, loans, date(2005, 5, 12), order, "spark")
