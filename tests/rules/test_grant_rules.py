"""Rules of the grant: bands, split, tranches, windows, papers, quotes; money neither made nor lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.grants.rules import allocation, buying, handing, tranches, windows, works
from pendamping.funds.grants.rules.allocation import Band
from pendamping.funds.grants.rules.windows import Change
from pendamping.guidelines import library
from pendamping.guidelines.rules import combine

TERMS = tranches.Terms(90, True, True, "p2kp2")
DAY = date(2004, 6, 1)
WINDOWS = ("physical", "social", "economic")


def clauses(reasons):
    return [one.clause for one in reasons]


# --- bands and split ----------------------------------------------------------------------------------


def test_the_shipped_bands_hold_every_ward_once():
    first = next(text for text in library.texts("p2kp2") if text.header.kind == "general")
    bands = allocation.bands_of(combine((first,)).section("allocation"))
    assert allocation.band_problems(bands, "x") == []
    assert [allocation.band_for(bands, n).amount for n in (2999, 3000, 9999, 10_000)] == [
        100_000_000,
        250_000_000,
        250_000_000,
        500_000_000,
    ]


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([], "no table"),
        ([Band(0, 10, 1), Band(10, None, 2)], "Two bands hold a ward of 10"),
        ([Band(0, 10, 1), Band(12, None, 2)], "No band holds a ward of 11 to 11"),
        ([Band(5, None, 1)], "No band holds a ward of 0 to 4"),
        ([Band(0, 10, 1)], "more than 10"),
    ],
)
def test_overlaps_and_gaps_are_named(bands, said):
    reasons = allocation.band_problems(bands, "allocation.x.bands")
    assert said in " ".join(one.say() for one in reasons)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=6), st.integers(0, 4_000))
def test_a_table_that_passes_holds_every_ward_exactly_once(widths, population):
    starts = [sum(widths[:n]) for n in range(len(widths))]
    ends = [start - 1 for start in starts[1:]] + [None]
    bands = [Band(least, most, least + 1) for least, most in zip(starts, ends, strict=True)]
    assert allocation.band_problems(bands, "x") == []
    holding = [
        b for b in bands if b.least <= population and (b.most is None or population <= b.most)
    ]
    assert holding == [allocation.band_for(bands, population)]


def test_caps_of_a_guideline_are_kept_and_named():
    caps = {"physical": {"max_percent": 60}, "social": {"min_percent": 10}}
    reasons = allocation.split_problems({"physical": 95, "social": 5}, 100, caps, "x")
    assert clauses(reasons) == ["components.x.physical", "components.x.social"]
    assert allocation.split_problems({"physical": 60, "social": 40}, 100, caps, "x") == []


@given(
    st.dictionaries(st.sampled_from(WINDOWS), st.integers(0, 10**9), min_size=1),
    st.sampled_from([(20, 50, 30), (30, 50, 20), (60, 40), (100,), (33, 33, 34)]),
)
def test_tranches_come_to_the_split_window_by_window(split, percentages):
    shares = allocation.tranche_shares(split, percentages)
    assert {name: sum(one[name] for one in shares) for name in split} == split
    assert min(amount for one in shares for amount in one.values()) >= 0
    assert sum(sum(one.values()) for one in shares) == sum(split.values())


# --- windows ------------------------------------------------------------------------------------------

STEP = st.tuples(
    st.sampled_from(WINDOWS), st.sampled_from(sorted(windows.KINDS)), st.integers(1, 100),
    st.integers(0, 20),
)  # fmt: skip


def played(steps):
    """What stays of any sequence of asked movements where each is refused that is not there."""
    kept = []
    for window, kind, amount, day in steps:
        if kind in ("moved-in", "moved-out"):
            continue
        on, grant = DAY + timedelta(days=day), f"{window}-grant"
        gives = windows.KINDS[kind][1]
        of = window if gives == "bank" else grant
        if gives != "grant" and windows.least(kept, on, account=gives, of=of) < amount:
            continue
        held = grant if kind in ("paid", "spent", "returned") else ""
        kept.append(Change(window, kind, on, amount, held))
    return kept


@given(st.lists(STEP, max_size=40))
def test_no_sequence_makes_or_loses_money_or_leaves_a_window_below_zero(steps):
    kept = played(steps)
    for day in range(22):
        on = DAY + timedelta(days=day)
        for name in WINDOWS:
            stands = windows.standing(kept, name, on)
            assert stands.bank + stands.held + stands.spent == stands.received + stands.moved
            assert min(stands.bank, stands.held, stands.spent) >= 0


@given(st.lists(STEP, max_size=30), st.integers(1, 100), st.integers(0, 20))
def test_a_minuted_move_leaves_the_sum_of_all_windows_as_it_was(steps, amount, day):
    kept = played(steps)
    on = DAY + timedelta(days=day)
    before = sum(windows.standing(kept, name, on).bank for name in WINDOWS)
    moved = [
        *kept,
        Change("physical", "moved-out", on, amount),
        Change("social", "moved-in", on, amount),
    ]
    assert sum(windows.standing(moved, name, on).bank for name in WINDOWS) == before


@given(st.lists(STEP, max_size=20), st.randoms())
def test_the_order_of_entry_does_not_matter(steps, random):
    kept = played(steps)
    mixed = random.sample(kept, len(kept))
    end = DAY + timedelta(days=30)
    for name in WINDOWS:
        assert windows.standing(kept, name, end) == windows.standing(mixed, name, end)
        one = windows.least(kept, DAY, account="bank", of=name)
        assert one == windows.least(mixed, DAY, account="bank", of=name)


def test_what_was_taken_back_counts_until_that_day():
    back = DAY + timedelta(days=5)
    known = [
        Change("social", "received", DAY, 100),
        Change("social", "given", DAY, 40, until=back),
    ]
    assert windows.standing(known, "social", DAY).bank == 60
    assert windows.standing(known, "social", back).bank == 100


@given(st.sampled_from(WINDOWS), st.sampled_from(sorted(windows.KINDS)), st.integers(1, 10**12))
def test_every_movement_balances_within_its_window(window, kind, amount):
    legs = windows.legs(window, kind, amount)
    assert sum(value for _, value in legs) == 0
    assert {name.split("_")[0] for name, _ in legs} == {window}


# --- tranches and reports -----------------------------------------------------------------------------


def before(**changes):
    known = {
        "number": 1, "amount": 1000, "used": 900, "received": True, "report": "accepted",
        "due_on": date(2004, 8, 30),
    }  # fmt: skip
    return tranches.Before(**{**known, **changes})


@pytest.mark.parametrize(
    ("changes", "held_by"),
    [
        ({}, []),
        ({"used": 899}, ["tranches.p2kp2.min_use_pct"]),
        ({"report": "handed-in"}, ["accountability.p2kp2.closes_late_tranche"]),
        (
            {"report": "handed-in", "due_on": date(2004, 9, 20)},
            ["tranches.p2kp2.report_accepted"],
        ),
        ({"received": False}, ["grants.order"]),
    ],
)
def test_a_tranche_waits_for_the_one_before(changes, held_by):
    assert clauses(tranches.gate(before(**changes), TERMS, date(2004, 9, 20))) == held_by


def test_the_first_tranche_waits_for_nothing():
    assert tranches.gate(None, TERMS, DAY) == []


# --- works --------------------------------------------------------------------------------------------


def test_three_quotes_of_three_sellers_are_needed_above_the_limit():
    quotes = [{"seller": f"TB {n}", "price": 10} for n in range(3)]
    rule = buying.Rule(3, 5, ("material",), "x")

    def asked(amount, known):
        return clauses(buying.problems(amount, "TB 0", known, rule, cost="material", why=""))

    assert asked(6, quotes) == []
    assert asked(5, []) == []
    assert asked(6, quotes[:2]) == ["works.x.quotes"]
    same = [*quotes[:2], {"seller": " tb 1 ", "price": 9}]
    assert asked(6, same) == ["works.x.quotes"]


def test_a_budget_comes_to_the_value_of_its_contract():
    assert works.budget_problems([20, 10], 30) == []
    assert clauses(works.budget_problems([20, 10], 31)) == ["grants.budget"]
    assert clauses(works.budget_problems([], 0)) == ["grants.budget"]


def test_works_pass_on_in_order_with_date_and_minutes():
    done, rule = {"tppi": DAY}, handing.Hand({}, True, "x")
    assert handing.step_problems("bkm", done, {}, DAY, "BA-2", "Contoh", rule) == []
    early = DAY - timedelta(days=1)
    found = handing.ready_problems(handing.Works(99, 0, ()), rule)
    found += handing.step_problems("satker", done, {}, early, " ", "Contoh", rule)
    assert clauses(found) == [
        "grants.handover.unfinished", "grants.handover.order", "grants.date", "grants.minutes",
    ]  # fmt: skip
