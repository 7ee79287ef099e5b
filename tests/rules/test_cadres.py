"""Cadres: active or dormant by their last sign; what is missing before they go on alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.cadres.rules import One, readiness, standing
from pendamping.kernel.period import add_months

JOINED = date(2004, 1, 10)
DAYS = st.dates(date(2003, 6, 1), date(2006, 1, 1))


def test_three_months_without_a_sign_make_a_cadre_dormant_to_the_day():
    """Joined 10 January, trained 2 March: active through 1 June, dormant from 2 June on."""
    signs = [date(2004, 3, 2)]
    words = [
        standing(JOINED, None, signs, day, 3).word for day in (date(2004, 6, 1), date(2004, 6, 2))
    ]
    assert words == ["active", "dormant"]


@given(
    signs=st.lists(DAYS, max_size=8),
    on=DAYS.filter(lambda day: day >= JOINED),
    months=st.integers(1, 12),
)
def test_one_more_sign_never_makes_a_cadre_dormant_and_the_future_counts_for_nothing(
    signs, on, months
):
    before = standing(JOINED, None, signs, on, months)
    after = standing(JOINED, None, [*signs, on], on, months)
    later = standing(JOINED, None, [*signs, on + timedelta(days=1)], on, months)
    assert after.word == "active"
    assert later == before
    assert before.word == ("dormant" if on >= add_months(before.last, months) else "active")
    assert JOINED <= before.last <= on


PEOPLE = st.builds(
    One,
    word=st.sampled_from(["active", "dormant", "left"]),
    poor=st.booleans(),
    woman=st.booleans(),
    tasks=st.frozensets(st.sampled_from("abc")),
)


@given(people=st.lists(PEOPLE, max_size=12), least=st.integers(1, 9))
def test_a_task_is_open_exactly_while_no_active_cadre_holds_it(people, least):
    found = readiness(people, "abc", least)
    assert found.active + found.dormant + found.left == len(people)
    assert found.poor <= found.there and found.women <= found.there
    assert found.missing == max(0, least - found.active)
    for task in "abc":
        held = any(one.word == "active" and task in one.tasks for one in people)
        assert (task in found.open_tasks) is not held
