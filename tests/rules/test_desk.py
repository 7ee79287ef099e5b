"""What comes first on a desk."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.desk.rules import WEIGHT, Task, in_order, state

TODAY = date(2005, 5, 12)
tasks = st.builds(
    Task,
    kind=st.sampled_from(sorted(WEIGHT)),
    day=st.integers(-30, 7).map(lambda days: TODAY + timedelta(days=days)),
    who=st.sampled_from(["KSM Mawar", "KSM Melati"]),
    page=st.just("loans:repay"),
)
ORDER = {"late": 0, "today": 1, "": 2}


@given(st.lists(tasks))
def test_late_comes_before_today_and_today_before_later(found):
    ordered = in_order(found, TODAY)
    assert sorted(map(hash, ordered)) == sorted(map(hash, found))
    when = [ORDER[state(task, TODAY)] for task in ordered]
    assert when == sorted(when)


def test_among_what_is_late_the_instalment_comes_before_the_minutes():
    day = TODAY - timedelta(days=1)
    minutes = Task("minutes", day - timedelta(days=20), "Aula", "meetings:meeting")
    behind = Task("behind", day, "KSM Mawar", "loans:repay")
    assert in_order([minutes, behind], TODAY) == [behind, minutes]
