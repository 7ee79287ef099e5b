"""Which meetings the pages of ratification offer, and which one they let be called."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pendamping.kernel import clock
from tests.cast import WARD
from tests.gatherings import decide, meet, village
from tests.rooms.test_targeting import MET, POSTED, TODAY, post
from tests.staging import staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return village(cast, ratified=False)


def address(name, **more):
    return reverse(f"targeting:{name}", kwargs={"ward": WARD, **more})


def test_a_meeting_that_can_ratify_no_more_is_not_offered_and_a_new_one_can_be_called(
    cast, client, people
):
    found = post(cast, people)
    gone = decide(
        cast,
        meet(cast, people.everybody, kind="citizens", on=MET, eligible=10),
        "meetings.other",
    )
    early = meet(cast, people.everybody, kind="citizens", on=POSTED, eligible=10)
    client.force_login(cast.facilitator)
    new = f"{reverse('meetings:call', kwargs={'ward': WARD})}?kind=citizens&amp;subject=targeting."
    pages = {
        f"ratify_list:{found.id}": address("ratify", poor_list=found.id),
        f"ratify_criteria:{found.criteria_id}": address("ratify_criteria"),
    }
    for page in pages.values():
        shown = client.get(page).content.decode()
        assert gone.id not in shown  # its minutes are signed and say nothing of this
        assert new in shown
    assert early.id not in client.get(pages[f"ratify_list:{found.id}"]).content.decode()
    able = meet(cast, people.everybody, kind="citizens", on=MET, eligible=10)
    for subject, page in pages.items():
        shown = client.get(page).content.decode()
        assert f"/meetings/{able.id}/decide/?subject=targeting.ratify" in shown
        assert f'value="{able.id}"' in shown
        assert new in shown
        decided = meet(cast, people.everybody, kind="citizens", on=MET, eligible=10)
        decide(cast, decided, f"targeting.{subject}")
        shown = client.get(page).content.decode()
        assert f'value="{decided.id}"' in shown  # signed, and it has decided this
        assert f"/meetings/{decided.id}/decide/" not in shown


def test_before_the_days_for_objections_are_over_a_meeting_is_called_for_the_day_after(
    cast, client, people
):
    with clock.at(POSTED):
        found = post(cast, people)
        client.force_login(cast.facilitator)
        shown = client.get(address("ratify", poor_list=found.id)).content.decode()
    assert f"held_on={found.objections_until + timedelta(days=1)}" in shown
