"""The scorecard: what may be shown, how a mean moves, what is refused."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pendamping.monitoring.rules.scorecard import (
    action_problems,
    change,
    discussion_problems,
    follow_problems,
    opening_problems,
    rated,
    sheet_problems,
)

DAY = date(2005, 4, 9)
HEADS = st.lists(st.integers(0, 30), min_size=5, max_size=5)


def clauses(found):
    return [one.clause.rpartition(".")[2] for one in found]


def test_a_mean_by_hand():
    """21 women: 1 gives 2, 5 give 3, 7 give 4, 8 give 5: 85 points, 4.05 on the average; 15 of 21 say good."""
    found = rated([0, 1, 5, 7, 8], 5)
    assert (found.answered, found.average, found.good.fraction) == (21, Fraction(85, 21), "15/21")
    before = rated([0, 1, 7, 5, 5], 5)
    assert change(found, before) == Fraction(85, 21) - Fraction(68, 18)
    assert change(found, rated([0, 0, 0, 0, 4], 5)) is None


@given(HEADS, st.integers(2, 10))
def test_nothing_is_shown_of_a_few_and_a_mean_lies_on_the_scale(counts, least):
    found = rated(counts, least)
    if sum(counts) < least:
        assert (found.answered, found.average) == (0, None)
        assert found.good.whole == 0
    else:
        assert 1 <= found.average <= 5
        assert found.good.part <= found.good.whole == sum(counts)


@given(HEADS, st.integers(0, 60))
def test_a_sheet_has_no_more_hands_than_people(counts, present):
    found = clauses(sheet_problems(present, {"voice": counts}, ["voice"]))
    assert ("hands" in found) == (sum(counts) > present > 0)
    assert ("present" in found) == (present == 0)
    assert ("empty" in found) == (sum(counts) == 0)


def test_every_reason_is_said_at_once():
    found = sheet_problems(0, {"nothing": [1, 0, 0, 0, 0], "voice": [-1, 0, 0, 0, 0]}, ["voice"])
    assert clauses(found) == ["present", "line", "line"]
    assert clauses(opening_problems([3], [])) == ["running", "statements"]
    assert clauses(discussion_problems(DAY, [], DAY, 0, 0)) == ["unrated", "came"]
    assert clauses(discussion_problems(date(2005, 4, 8), [DAY], DAY, 4, 4)) == ["day"]
    assert clauses(action_problems(" ", "", date(2005, 4, 8), DAY, False)) == [
        "undiscussed", "what", "who", "until"]  # fmt: skip
    assert clauses(follow_problems("soon", " ", ["partly", "done"])) == ["word", "came_of", "done"]
    assert follow_problems("done", "Terpasang", ["partly"]) == []
