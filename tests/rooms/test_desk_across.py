"""What waits over several wards of one reader: the same as on each ward's own desk, and never out of date."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from pendamping.access import actions as roles
from pendamping.access import queries as access
from pendamping.desk import across, queries
from pendamping.facilitation import actions as facilitation
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.territory import queries as territory
from tests.cast import OTHER, WARD
from tests.staging import staged

pytestmark = pytest.mark.django_db

TODAY = date(2004, 8, 13)  # the day after the first instalment of the case
LATE, SOON = TODAY - timedelta(days=2), TODAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def in_august():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def two_wards(cast):
    """The facilitator works in two wards; in each a meeting waits."""
    who = {"by": cast.system, "username": "facilitator"}
    roles.give_role(ward=OTHER, role="facilitator", **who)
    for ward in (WARD, OTHER):
        facilitation.assign_facilitator(
            ward=ward, team="Tim Contoh", position="economy", since=TODAY - timedelta(days=5), **who
        )
    meet(cast, WARD, SOON)
    meet(cast, OTHER, LATE)
    return cast


def meet(cast, ward, on):
    return meetings.call_meeting(
        by=cast.system, ward=ward, kind="board", held_on=on, place="Balai RT"
    )


def seen(cast, who="facilitator"):
    """Every ward's tasks as the list over several wards has them."""
    user = fresh(cast, who)
    found = across.waiting(user, across.own_wards(user, territory.wards([""])))
    return {one.ward.code: one.tasks for one in found}


def fresh(cast, who):
    """The user as the next request reads them."""
    return type(getattr(cast, who)).objects.get(pk=getattr(cast, who).pk)


def on_its_own_desk(cast, ward, who="facilitator"):
    user, on = fresh(cast, who), clock.today()
    own = across.own(ward, on, user)
    return tuple(queries.desk(ward, on, lambda one: access.may(user, one, ward), own).tasks)


def test_each_ward_has_what_its_own_desk_has(two_wards):
    found = seen(two_wards)
    assert list(found) == [OTHER, WARD]
    for ward in found:
        assert found[ward] == on_its_own_desk(two_wards, ward)
    assert ("roll", LATE) in [(one.kind, one.due) for one in found[OTHER]]
    assert ("meeting", SOON) in [(one.kind, one.due) for one in found[WARD]]


def test_what_was_said_is_kept_until_something_happens_in_that_ward_alone(two_wards, monkeypatch):
    asked = []
    asking = across._asked

    def noted(by, ward):
        asked.append(ward)
        return asking(by, ward)

    monkeypatch.setattr(across, "_asked", noted)
    first = seen(two_wards)
    assert asked == [OTHER, WARD]
    assert seen(two_wards) == first
    assert asked == [OTHER, WARD]
    meet(two_wards, WARD, TODAY)
    assert len(seen(two_wards)[WARD]) == len(first[WARD]) + 1
    assert asked == [OTHER, WARD, WARD]


def another_meeting(cast):
    meet(cast, OTHER, TODAY)


def a_meeting_cancelled(cast):
    (late,) = [one for one in seen(cast)[OTHER] if one.kind == "roll"]
    meetings.cancel_meeting(
        by=cast.system, ward=OTHER, meeting_id=late.parts["meeting"], why="hujan deras"
    )


def a_day_logged_elsewhere(cast):
    """Working days that are not logged in any ward are asked for in each."""
    facilitation.log_day(
        by=fresh(cast, "facilitator"), ward=WARD, on=TODAY - timedelta(days=1), stage="groups",
        roles=["facilitative"], minutes=120, women=3, men=1, decided_by="joint",
    )  # fmt: skip


def a_role_more(cast):
    roles.give_role(by=cast.system, ward=OTHER, username="facilitator", role="ward_admin")


def a_slip_for_somebody(cast):
    roles.invite(
        by=cast.system, ward=OTHER, username="kader-baru", name="Contoh Baru", role="cadre"
    )


@pytest.mark.parametrize(
    "deed",
    [
        another_meeting,
        a_meeting_cancelled,
        a_day_logged_elsewhere,
        a_role_more,
        a_slip_for_somebody,
    ],
)
def test_after_any_deed_the_list_says_what_the_desks_say(two_wards, deed):
    seen(two_wards)
    deed(two_wards)
    for ward, tasks in seen(two_wards).items():
        assert tasks == on_its_own_desk(two_wards, ward)


def test_another_day_and_another_language_are_asked_anew(two_wards):
    seen(two_wards)
    with clock.at(SOON), override("en"):
        found = seen(two_wards)
        assert "roll" in [one.kind for one in found[WARD]]
        assert found[WARD] == on_its_own_desk(two_wards, WARD)


def test_a_known_list_costs_few_questions_however_many_tasks_there_are(two_wards):
    seen(two_wards)
    with CaptureQueriesContext(connection) as first:
        seen(two_wards)
    for days in range(5):
        meet(two_wards, WARD, TODAY - timedelta(days=days))
    seen(two_wards)
    with CaptureQueriesContext(connection) as then:
        seen(two_wards)
    assert len(then) == len(first) < 12


def test_the_first_page_names_the_wards_the_most_urgent_first(client, two_wards):
    client.force_login(two_wards.facilitator)
    page = client.get(reverse("home")).content.decode()
    assert "Yang harus dikerjakan di kelurahan Anda" in page
    other, here = territory.ward(OTHER).name, territory.ward(WARD).name
    assert page.index(f"{other}: ") < page.index(f"{here}: ")


def test_whoever_has_one_ward_or_only_reads_from_above_has_no_such_list(client, two_wards):
    assert seen(two_wards, "treasurer") == {}
    assert seen(two_wards, "lead") == {}
    client.force_login(two_wards.lead)
    assert "Yang harus dikerjakan" not in client.get(reverse("home")).content.decode()


def test_more_wards_than_one_list_can_hold_have_none(two_wards, monkeypatch):
    monkeypatch.setattr(across, "MOST_WARDS", 1)
    assert seen(two_wards) == {}


def test_a_role_that_ends_takes_the_ward_off_the_list(two_wards):
    assert set(seen(two_wards)) == {OTHER, WARD}
    given = fresh(two_wards, "facilitator").assignments.get(area=OTHER)
    roles.end_role(by=two_wards.system, ward=OTHER, assignment_id=given.id)
    assert seen(two_wards) == {}
