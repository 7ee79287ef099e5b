"""The order of a desk: nothing lost, nothing doubled, what hurts most first."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.desk.labels import TASKS
from pendamping.desk.rules import KINDS, WEEK, Task, in_order, state

TODAY = date(2004, 8, 12)
RANK = {"late": 0, "today": 1, "": 2}

tasks = st.lists(
    st.builds(
        Task,
        kind=st.sampled_from(KINDS),
        due=st.integers(-400, 30).map(lambda days: TODAY + timedelta(days=days)),
        page=st.sampled_from(["loans:loan", "loans:repay"]),
        parts=st.fixed_dictionaries({"loan": st.text("ab", max_size=2)}),
        weight=st.integers(0, 10**9),
    ),
    max_size=20,
)


@given(tasks)
def test_nothing_of_the_week_is_lost_or_doubled(found):
    shown = in_order(found, TODAY)
    near = [task for task in found if (task.due - TODAY).days <= WEEK]
    assert sorted(map(repr, shown)) == sorted(map(repr, near))


@given(tasks)
def test_late_comes_before_today_and_today_before_the_week(found):
    ranks = [RANK[state(task.due, TODAY)] for task in in_order(found, TODAY)]
    assert ranks == sorted(ranks)


@given(tasks)
def test_within_a_day_the_more_harmful_and_then_the_larger_comes_first(found):
    shown = in_order(found, TODAY)
    for one, after in pairwise(shown):
        if state(one.due, TODAY) == state(after.due, TODAY):
            keys = [(KINDS.index(task.kind), -task.weight, task.due) for task in (one, after)]
            if state(one.due, TODAY) == "":  # of what is still to come the day counts first
                keys = [(day, *rest) for *rest, day in keys]
            assert keys[0] <= keys[1]


@given(tasks, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_asking(found, random):
    mixed = list(found)
    random.shuffle(mixed)
    assert list(map(repr, in_order(mixed, TODAY))) == list(map(repr, in_order(found, TODAY)))


def test_a_kind_without_a_place_in_the_order_is_a_mistake():
    with pytest.raises(ValueError, match="not in tuple"):
        in_order([Task("kites", TODAY, "home")], TODAY)


def test_every_kind_has_its_sentence():
    assert set(TASKS) == set(KINDS)
