"""Outcomes of loans: the draw can be done again and leaves nobody behind out; few answers say nothing."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pendamping.monitoring.rules.outcomes import (
    STRATA,
    Borrower,
    Question,
    draw,
    drawing_problems,
    in_order,
    instead,
    interview_problems,
    quotas,
    tally,
)

DAY = date(2005, 4, 18)
SIZES = st.fixed_dictionaries({key: st.integers(0, 60) for key in STRATA})
PEOPLE = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(STRATA)), max_size=40
).map(
    lambda rows: [Borrower(f"p{i}", f"l{i}", f"g{group}", stratum) for i, (group, stratum) in enumerate(rows)]
)  # fmt: skip
ONE = Question("business", ("grown", "same"), False)
MANY = Question("paid_from", ("business", "savings"), True)


def clauses(found):
    return [one.clause.rpartition(".")[2] for one in found]


@given(SIZES, st.integers(1, 80), st.integers(0, 20))
def test_as_many_are_drawn_as_were_asked_for_and_those_behind_are_among_them(sizes, size, least):
    found = quotas(sizes, size, least)
    assert sum(found.values()) == min(size, sum(sizes.values()))
    assert all(0 <= found[key] <= sizes[key] for key in STRATA)
    assert found["behind"] >= min(sizes["behind"], least, size)


@given(PEOPLE, st.text(max_size=9), st.integers(1, 30))
def test_the_same_seed_draws_the_same_people_in_whatever_order_they_are_given(frame, seed, size):
    drawn = draw(frame, seed, size, 3)
    assert drawn == draw(frame[::-1], seed, size, 3)
    assert len({one.person for one in drawn}) == len(drawn) == min(size, len(frame))
    for key in STRATA:  # no group gives a second before each has given one
        groups = Counter(one.group for one in drawn if one.stratum == key)
        there = Counter(one.group for one in frame if one.stratum == key)
        most = max(groups.values(), default=0)
        assert all(groups[group] >= min(most - 1, there[group]) for group in there)


@given(PEOPLE, st.text(max_size=9), st.sampled_from(STRATA))
def test_whoever_stands_in_is_the_next_of_the_same_stratum_and_nobody_twice(frame, seed, stratum):
    taken = set()
    while (one := instead(frame, seed, stratum, taken)) is not None:
        left = [each for each in frame if each.stratum == stratum and each.person not in taken]
        assert one.person not in taken
        assert (one.stratum == stratum) == bool(left)
        taken.add(one.person)
    assert taken == {one.person for one in frame}
    assert {one.person for one in in_order(frame, seed, stratum)} <= taken


@given(st.lists(st.sampled_from(["grown", "same", ""]), max_size=20), st.integers(2, 9))
def test_answers_of_a_few_are_counted_and_not_told(given_, least):
    rows = [{"business": [one] if one else []} for one in given_]
    [found] = tally(rows, [ONE], least)
    answered = sum(bool(one) for one in given_)
    assert found.answered == answered
    assert (found.counts is None) == (answered < least)
    if found.counts is not None:
        assert sum(found.counts.values()) == answered


def test_every_reason_is_said_at_once():
    assert clauses(drawing_problems(0, 0, 2)) == ["waiting", "nobody", "size"]
    known = {"business": ONE, "paid_from": MANY}
    wrong = {"business": ["grown", "same"], "paid_from": ["lottery"], "age": ["40"]}
    before = date(2005, 4, 17)
    assert clauses(interview_problems(wrong, known, DAY, before, DAY)) == ["answer"] * 3 + ["day"]
    assert clauses(interview_problems({}, known, DAY, DAY, DAY)) == ["answers"]
    right = {"business": ["same"], "paid_from": ["business", "savings"]}
    assert interview_problems(right, known, DAY, DAY, DAY) == []
