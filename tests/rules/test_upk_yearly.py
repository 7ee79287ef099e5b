"""The account of a year: its span, its due day, what became of a share, what a profit would come to."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.upk.rules import yearly
from pendamping.funds.upk.rules.year import Part

DAYS = st.dates(date(1990, 1, 1), date(2190, 12, 31))
PARTS = [Part("capital", 50, "c"), Part("social", 30, "s"), Part("bonus", 20, "b")]


@given(st.integers(1990, 2190), DAYS)
def test_a_span_is_a_year_cut_by_today(year, today):
    found = yearly.span(year, today)
    if today.year < year:
        assert found is None
        return
    assert found.first == date(year, 1, 1) <= found.last <= today
    assert found.whole is (found.last == date(year, 12, 31))
    assert found.eve + timedelta(days=1) == found.first


@given(DAYS)
def test_its_months_follow_each_other_without_a_gap(today):
    span = yearly.span(today.year, today)
    assert span.months[0][0] == span.first
    assert span.months[-1][1] == span.last
    for (_first, last), (following, _end) in zip(span.months, span.months[1:], strict=False):
        assert following == last + timedelta(days=1)


@given(DAYS)
def test_quarters_rise_and_end_with_the_span(today):
    span = yearly.span(today.year, today)
    assert span.quarters == sorted(set(span.quarters))
    assert span.quarters[-1] == span.last
    assert len(span.quarters) <= 4


@given(DAYS)
def test_the_year_before_is_compared_over_as_many_months(today):
    span = yearly.span(today.year, today)
    first, last = span.before
    assert first == date(today.year - 1, 1, 1)
    assert (last.month, last.day) == (span.last.month, min(span.last.day, last.day))
    assert last <= span.eve


def test_a_whole_year_stands_beside_the_whole_one_before_it():
    span = yearly.span(2004, date(2005, 5, 12))
    assert span.before == (date(2003, 1, 1), date(2003, 12, 31))
    assert [day.month for day in span.quarters] == [3, 6, 9, 12]


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.booleans())
def test_no_more_is_proposed_than_the_profit_and_what_old_losses_leave(profit, prior, closed):
    found = yearly.proposal(profit, prior, PARTS, closed=closed)
    left = prior if closed else prior + profit
    assert found.whole == max(0, min(profit, left))
    assert sum(found.amounts.values()) == found.whole


def test_an_open_year_proposes_what_its_close_would():
    before = yearly.proposal(115_000, -15_000, PARTS, closed=False)
    after = yearly.proposal(115_000, -15_000 + 115_000, PARTS, closed=True)
    assert before == after
    assert before.amounts == {"capital": 50_000, "social": 30_000, "bonus": 20_000}


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_share_is_paid_when_all_of_it_went_out(held, paid):
    found = yearly.became(held, paid)
    assert (found == "none") is (held == 0)
    assert (found == "paid") is (held > 0 and paid >= held)
    assert (found == "part") is (0 < paid < held)
