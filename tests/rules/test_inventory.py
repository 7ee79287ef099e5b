"""Depreciation: the months add up to cost less residue, whatever the figures."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.upk.rules.inventory import depreciated


@given(st.integers(1, 10**12), st.data(), st.integers(1, 600))
def test_the_months_add_up_to_cost_less_residue(cost, data, life):
    residue = data.draw(st.integers(0, cost - 1))
    months = [depreciated(cost, residue, life, month) for month in range(life + 3)]
    parts = [after - before for before, after in pairwise(months)]
    assert sum(parts) == cost - residue
    assert all(part >= 0 for part in parts)
    assert parts[life:] == [0, 0]
    assert max(parts[:life]) - min(parts[:life]) <= 1
