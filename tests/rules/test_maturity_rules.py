"""Maturity of the board: a level is reached with everything below it."""

from hypothesis import given
from hypothesis import strategies as st

from pendamping.monitoring.rules.maturity import (
    WORDS,
    Criterion,
    Standing,
    missing,
    reached,
    tick_problems,
)

ORDER = ["early", "empowered", "independent"]
FOUND = st.lists(st.tuples(st.sampled_from(ORDER), st.sampled_from(WORDS)), max_size=12)


def standings(rows):
    return [
        Standing(Criterion(f"c{i}", level, "ticked", 1), word)
        for i, (level, word) in enumerate(rows)
    ]


@given(FOUND)
def test_a_level_is_reached_only_with_all_criteria_of_it_and_below(rows):
    found = standings(rows)
    level = reached(ORDER, found)
    below = ORDER[: ORDER.index(level) + 1] if level else []
    assert all(one.word == "met" for one in found if one.criterion.level in below)
    lacking = missing(ORDER, found)
    following = ORDER[len(below) : len(below) + 1]
    assert all(one.criterion.level in following and one.word != "met" for one in lacking)
    if following and any(level in following for level, _word in rows):
        assert lacking  # what is not reached lacks something


def test_only_what_the_record_cannot_show_is_ticked_and_with_what_shows_it():
    ticked, read = (
        Criterion("audit", "early", "ticked", 1),
        Criterion("rr", "early", "rr_percent", 90),
    )
    assert tick_problems(ticked, "Laporan audit 12/2004") == []
    assert [one.clause for one in tick_problems(read, " ")] == [
        "monitoring.maturity.read", "monitoring.maturity.evidence"]  # fmt: skip
    assert [one.clause for one in tick_problems(None, "x")] == ["monitoring.maturity.read"]
