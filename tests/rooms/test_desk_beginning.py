"""A ward that was opened without its first day is given it, once, and its stages have planned dates then."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.cycle import queries as cycle
from pendamping.desk import actions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail
from tests.rooms.test_desk import NEW_WARD, TODAY

pytestmark = pytest.mark.django_db
FIRST = date(2004, 7, 5)


@pytest.fixture(autouse=True)
def in_august():
    with clock.at(TODAY):
        yield


@pytest.fixture
def ward(cast):
    return actions.open_ward(by=cast.administrator, code=NEW_WARD)


def begin(by, ward, on=FIRST):
    return actions.begin_programme(by=by, ward=ward, programme_start=on)


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_an_administrator_is_led_to_it_and_the_planned_dates_appear(client, cast, ward):
    client.force_login(cast.administrator)
    here = reverse("desk:begin", kwargs={"ward": ward})
    stages = reverse("cycle:home", kwargs={"ward": ward})
    for page in ("/?q=", reverse("desk:today", kwargs={"ward": ward}), stages):
        assert f'href="{here}"' in client.get(page).content.decode()
    assert cycle.cycle(ward, TODAY).plan == {}
    done = client.post(here, {"programme_start": FIRST.isoformat()})
    assert done.url == here
    assert "Program di sini dimulai pada 5 Juli 2004" in client.get(here).content.decode()
    assert territory.ward(ward).programme_start == FIRST
    assert min(span.starts for span in cycle.cycle(ward, TODAY).plan.values()) == FIRST
    assert here not in client.get(stages).content.decode()
    told = trail.last("desk.begin_programme", ward)
    assert told.record == f"ward:{ward}"


def test_a_day_typed_wrongly_is_mended_until_something_is_recorded_and_by_nobody_else(cast, ward):
    for by, clause in ((cast.ward_admin, "access.permission"), (cast.lead, "access.permission")):
        with pytest.raises(Refusal) as refused:
            begin(by, ward)
        assert clauses(refused) == [clause]
    begin(cast.administrator, ward, date(2005, 7, 5))
    begin(cast.administrator, ward)
    assert min(span.starts for span in cycle.cycle(ward, TODAY).plan.values()) == FIRST
    for day, clause in (
        (date(2014, 7, 5), "desk.begin.far"),
        (date(2004, 7, 6), "desk.begin.known"),
    ):
        with pytest.raises(Refusal) as refused:
            begin(cast.administrator, ward, day)
        assert clauses(refused) == [clause]
        meetings.call_meeting(
            by=cast.system, ward=ward, kind="citizens", held_on=date(2004, 7, 9), place="Balai"
        )


def test_it_does_not_lie_after_what_is_recorded_already(cast, ward):
    meetings.call_meeting(
        by=cast.system, ward=ward, kind="citizens", held_on=date(2004, 7, 1), place="Balai"
    )
    with pytest.raises(Refusal) as refused:
        begin(cast.administrator, ward)
    assert clauses(refused) == ["desk.begin.late"]
    begin(cast.administrator, ward, date(2004, 7, 1))
