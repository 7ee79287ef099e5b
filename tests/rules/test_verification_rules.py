"""Tiers, the clock, the figures and the forecast: counted by hand, and whatever the numbers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.verification.rules.chain import Band, Chain, next_tier, tiers_for
from pendamping.verification.rules.clock import counted_days, due_on, still_days
from pendamping.verification.rules.forecast import forecast
from pendamping.verification.rules.spread import percentile, spread

MAY = date(2004, 5, 3)
DAYS = st.integers(0, 60).map(lambda days: MAY + timedelta(days=days))
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 20)).map(
        lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
    ),
    max_size=5,
)


def test_a_week_with_a_pause_of_two_days_counts_five_by_hand():
    """Received on Monday 3 May, decided on Monday 10; the clock stood on Tuesday 4 and Wednesday 5."""
    pause = (date(2004, 5, 4), date(2004, 5, 6))
    assert counted_days(MAY, date(2004, 5, 10), [pause]) == 5
    assert due_on(MAY, 7, [pause], MAY) == date(2004, 5, 12)


@given(DAYS, SPANS)
def test_days_are_never_negative_and_never_more_than_the_calendar_has(until, spans):
    counted = counted_days(MAY, until, spans)
    assert 0 <= counted <= (until - MAY).days
    assert counted + still_days(MAY, until, spans) == (until - MAY).days


@given(DAYS, SPANS)
def test_the_clock_never_runs_backwards(until, spans):
    later = until + timedelta(days=1)
    assert counted_days(MAY, later, spans) - counted_days(MAY, until, spans) in (0, 1)


@given(st.integers(1, 30), SPANS)
def test_the_limit_is_the_last_day_that_counts_within_it(limit, spans):
    last = due_on(MAY, limit, spans, MAY)
    assert counted_days(MAY, last, spans) == limit
    assert counted_days(MAY, last + timedelta(days=1), spans) == limit + 1


@given(st.dictionaries(st.integers(0, 90), st.integers(1, 50), min_size=1), st.integers(1, 100))
def test_a_percentile_is_what_a_sorted_list_says(days, percent):
    listed = sorted(day for day, many in days.items() for _ in range(many))
    rank = -(-percent * len(listed) // 100)  # nearest rank, rounded up
    assert percentile(days, percent) == listed[rank - 1]
    assert spread(days).count == len(listed)


AMOUNTS = st.none() | st.integers(0, 200)
BANDS = st.lists(
    st.builds(
        Band,
        tier=st.sampled_from(["unit", "board", "team", "extra"]),
        effect=st.sampled_from(["add", "spare"]),
        after=st.sampled_from(["", "unit", "nowhere"]),
        from_amount=st.integers(0, 150),
        below_amount=st.none() | st.integers(1, 200),
    ),
    max_size=4,
)


@given(AMOUNTS, BANDS)
def test_every_dossier_has_a_tier_and_none_twice(amount, bands):
    chain = Chain("c", ("proposal",), ("unit", "board", "team"), tuple(bands))
    found = tiers_for(chain, "proposal", amount)
    assert found
    assert len(set(found)) == len(found)
    assert amount is not None or found == ["unit", "board", "team"]


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")))
def test_the_next_tier_is_the_first_that_has_not_let_it_pass(tiers, passed):
    found = next_tier(tiers, passed)
    before = tiers[: tiers.index(found)] if found else tiers
    assert set(before) <= passed
    assert found not in passed or not found


def test_a_forecast_adds_the_medians_of_the_tiers_to_go_by_hand():
    """Four days left of the unit's usual six, then the board's limit of seven: eleven days."""
    usual = {"unit": {6: 10}}
    found = forecast(MAY, ["unit", "board"], 2, usual, {"unit": 7, "board": 7})
    assert (found.likely, found.sure, found.least) == (date(2004, 5, 14), "guess", 0)


def test_a_dossier_that_is_late_is_not_through_today():
    found = forecast(MAY, ["unit"], 90, {"unit": {6: 30}}, {})
    assert (found.likely, found.sure) == (date(2004, 5, 4), "good")
