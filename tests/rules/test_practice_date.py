"""Where a practice ward's date may go: forward in steps, back only over days without an entry."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.desk.rules import LONGEST_MOVE_DAYS, moving_problems

MAY = date(2004, 5, 12)
AUGUST = date(2004, 8, 12)
DAYS = st.dates(date(2000, 1, 1), date(2010, 1, 1))


def clauses(today, to, last_entry):
    return [reason.clause for reason in moving_problems(today, to, last_entry)]


def test_it_goes_on_to_the_first_instalment():
    assert clauses(MAY, AUGUST, MAY) == []


def test_a_step_that_went_too_far_can_be_taken_back_while_nothing_was_entered():
    assert clauses(AUGUST, MAY, MAY) == []
    assert clauses(AUGUST, MAY, date(2004, 5, 13)) == ["desk.practice.back"]


def test_the_refusal_names_the_day_of_the_last_entry():
    [reason] = moving_problems(AUGUST, MAY, date(2004, 7, 1))
    assert "2004-07-01" in reason.say()
    assert reason.where == {"field": "to"}


def test_a_year_that_was_typed_wrongly_is_refused():
    assert clauses(MAY, date(2040, 5, 12), MAY) == ["desk.practice.far"]
    assert clauses(MAY, date(2005, 5, 12), MAY) == []


def test_standing_still_is_no_move():
    assert clauses(MAY, MAY, MAY) == ["desk.practice.same"]


@given(today=DAYS, to=DAYS, last=st.none() | DAYS)
def test_no_move_leaves_an_entry_in_the_future_that_was_not_there_before(today, to, last):
    if not moving_problems(today, to, last) and last is not None and last <= today:
        assert last <= to


@given(today=DAYS, days=st.integers(1, LONGEST_MOVE_DAYS), last=st.none() | DAYS)
def test_forward_within_a_year_is_always_open(today, days, last):
    assert moving_problems(today, today + timedelta(days=days), last) == []
