"""Complaints: the code that is typed, the clock, what may be shown in public."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.complaints.rules import (
    Turn,
    after_workdays,
    code_from,
    read_code,
    read_rule,
    shown_parts,
    standing,
    workdays_between,
    written,
)
from pendamping.complaints.rules.codes import ALPHABET

LEVELS = {
    "ward": {"order": 1, "days": 7},
    "subdistrict": {"order": 2, "days": 10},
    "city": {"order": 3, "days": 14},
}
RULE = read_rule({}, LEVELS, "p2kp2")
FIRST = date(2004, 1, 1)
days = st.dates(FIRST, date(2006, 12, 31))


@given(st.binary(min_size=8, max_size=8), st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_sign_in_a_code_is_always_found(drawn, place, sign):
    code = code_from(drawn)
    assert read_code(written(code).lower()) == code
    wrong = code[:place] + sign + code[place + 1 :]
    assert read_code(wrong) == (code if wrong == code else None)


@given(st.binary(min_size=8, max_size=8), st.integers(0, 7))
def test_two_swapped_neighbours_in_a_code_are_always_found(drawn, place):
    code = code_from(drawn)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert read_code(swapped) == (code if swapped == code else None)


def test_the_clock_by_hand():
    """Monday 3 May 2004; 7 working days: Wednesday 12. From Thursday 13: 10, until Thursday 27. From Friday 28:
    14, until Thursday 17 June; nobody is above the city here."""
    turn = [Turn(date(2004, 5, 3), "ward")]
    told = {
        day: standing(turn, RULE, day)
        for day in (date(2004, 5, 12), date(2004, 5, 13), date(2004, 5, 28), date(2004, 6, 18))
    }
    assert [(one.level, one.due, one.late, one.climbs) for one in told.values()] == [
        ("ward", date(2004, 5, 12), False, 0),
        ("subdistrict", date(2004, 5, 27), False, 1),
        ("city", date(2004, 6, 17), False, 2),
        ("city", date(2004, 6, 17), True, 2),
    ]


def test_an_answer_stops_the_clock_and_opening_again_starts_it_where_it_lay():
    turns = [
        Turn(date(2004, 5, 3), "ward", ended=date(2004, 5, 14)),
        Turn(date(2004, 6, 1), "subdistrict"),
    ]
    answered = standing(turns[:1], RULE, date(2005, 1, 1))
    assert (answered.level, answered.runs, answered.overdue) == ("subdistrict", False, True)
    again = standing(turns, RULE, date(2004, 6, 15))
    assert (again.level, again.due, again.overdue, again.climbs) == (
        "subdistrict", date(2004, 6, 15), False, 1,
    )  # fmt: skip


@given(days, st.integers(0, 60), st.sampled_from((5, 6)))
def test_working_days_are_counted_the_same_both_ways(start, count, per_week):
    end = after_workdays(start, count, per_week)
    assert workdays_between(start, end, per_week) == count
    assert count == 0 or end.weekday() < per_week


@given(days, st.integers(0, 400))
def test_stays_follow_each_other_without_a_gap_and_later_never_lies_lower(start, after):
    on = start + timedelta(days=after)
    turn = [Turn(start, "ward")]
    found, earlier = (
        standing(turn, RULE, on),
        standing(turn, RULE, start + timedelta(days=after // 2)),
    )
    order = [one.key for one in RULE.levels]
    assert order.index(earlier.level) <= order.index(found.level)
    assert found.stays[0].since == start
    for before, later in zip(found.stays, found.stays[1:], strict=False):
        assert later.since == before.ended + timedelta(days=1) == before.due + timedelta(days=1)
    assert found.since <= on
    assert found.late or on <= found.due


@given(st.dictionaries(st.text(max_size=2), st.integers(0, 30), max_size=7), st.integers(2, 9))
def test_what_is_hidden_in_public_cannot_be_worked_out(counts, least):
    """Whoever adds up what is shown, and takes it from the total, learns of no small figure."""
    shown = shown_parts(counts, least)
    hidden = [counts[key] for key, value in shown.items() if value is None]
    total = sum(counts.values())
    assert all(value in (None, counts[key]) for key, value in shown.items())
    assert not [value for value in shown.values() if value is not None and 0 < value < least]
    if total >= least and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= least
