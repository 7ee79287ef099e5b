"""Where a task of the desk leads: to a page that can be read, and on to the next step."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from pendamping.access import queries as access
from pendamping.desk import queries
from pendamping.kernel import clock
from pendamping.targeting import actions as targeting
from tests import gatherings, lending
from tests.architecture.test_addresses import addresses
from tests.rooms.test_targeting import TODAY, citizens, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def kinds(cast, who):
    user = getattr(cast, who)
    found = queries.desk(cast.ward, TODAY, lambda wanted: access.may(user, wanted, cast.ward))
    return [task.kind for task in found.tasks]


def test_a_ratified_list_leads_to_the_first_group(cast):
    people = gatherings.village(cast)
    found = post(cast, people)
    meeting = citizens(cast, people, found)
    assert "form_group" not in kinds(cast, "facilitator")
    targeting.ratify_list(by=cast.chair, ward=cast.ward, list_id=found.id, meeting_id=meeting.id)
    assert "form_group" in kinds(cast, "facilitator")
    assert "form_group" not in kinds(cast, "treasurer")
    lending.form_group(cast)
    assert "form_group" not in kinds(cast, "facilitator")


def test_every_button_of_a_task_leads_to_a_page_that_can_be_read(client, cast):
    source = Path(queries.__file__).read_text(encoding="utf-8")
    pages = sorted(set(re.findall(r'"([a-z]+:[a-z_]+)"', source)))
    assert len(pages) > 10
    parts = {"loan": "x", "meeting": "x", "poor_list": "x", "upload": "x", "group": "x"}
    routes = {name: route for name, route, _view in addresses()}
    for name in pages:
        kept = {key: part for key, part in parts.items() if f":{key}>" in routes[name]}
        address = reverse(name, kwargs={"ward": cast.ward, **kept})
        for who in ("facilitator", "treasurer", "ward_admin", "chair"):
            client.force_login(getattr(cast, who))
            assert client.get(address).status_code != 405, name
