"""The clock of a tier: the last day within a limit, whatever stood still on the way."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.verification.rules.clock import counted_days, due_on

RECEIVED = date(2004, 5, 3)
spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 15)).map(
        lambda one: (
            RECEIVED + timedelta(days=one[0]),
            RECEIVED + timedelta(days=one[0] + one[1]),
        )
    ),
    max_size=4,
)


@given(st.integers(1, 21), spans)
def test_the_last_day_within_the_limit_is_the_last(limit, still):
    last = due_on(RECEIVED, limit, still, RECEIVED)
    assert counted_days(RECEIVED, last, still) == limit
    assert counted_days(RECEIVED, last + timedelta(days=1), still) == limit + 1
