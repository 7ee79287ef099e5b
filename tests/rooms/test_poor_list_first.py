"""Groups are formed from the ratified poor list, and who borrows was named in it once."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.funds.loans import facts
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from tests import lending
from tests.gatherings import TODAY, agree, meet, name_in_list, sign, village
from tests.lending import APPLIED
from tests.rooms.test_institutions import clauses, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_the_day():
    with clock.at(TODAY):
        yield


@pytest.mark.usefixtures("on_the_day")
def test_no_group_is_formed_before_residents_have_ratified_the_poor_list(cast, client):
    people = village(cast, ratified=False)
    meeting = agree(cast, people.everybody)
    with pytest.raises(Refusal) as refusal:
        form(cast, people.poor_people[:5], meeting=meeting)
    assert clauses(refusal) == {"groups.p2kp2.poor_list_ratified"}
    client.force_login(cast.facilitator)
    here = {"ward": cast.ward, "meeting": meeting.id}
    way = reverse("targeting:home", kwargs={"ward": cast.ward})
    page = client.get(reverse("institutions:form", kwargs=here)).content.decode()
    assert page.count(f'href="{way}"') > client.get(way).content.decode().count(f'href="{way}"')
    name_in_list(cast, people.poor[0][0])
    with pytest.raises(Refusal) as refusal:  # the mark of the census is no name on the list
        form(cast, people.poor_people[:5], meeting=meeting)
    assert clauses(refusal) == {"groups.p2kp2.members_on_poor_list"}
    assert len(refusal.value.reasons) == 4
    name_in_list(cast, *(home for home, _ in people.poor))
    assert form(cast, people.poor_people[:5], meeting=meeting).ward == cast.ward


@pytest.mark.usefixtures("on_the_day")
def test_roll_and_form_tell_the_poor_list_from_the_census(cast, client):
    people = village(cast, poor=2, rich=1, ratified=False)
    meeting = meet(cast, people.everybody)
    client.force_login(cast.facilitator)
    here = {"ward": cast.ward, "meeting": meeting.id}
    pages = [
        reverse("institutions:form", kwargs=here),
        reverse("meetings:search", kwargs=here) + "?q=rekaan",
    ]
    for page in pages:
        assert client.get(page).content.decode().count(" · miskin") == 2
    name_in_list(cast, people.poor[0][0])
    for page in pages:
        shown = client.get(page).content.decode()
        assert shown.count(" · ada di daftar keluarga miskin") == 1
        assert shown.count(" · miskin menurut sensus, tidak ada di daftar keluarga miskin") == 1


@pytest.mark.usefixtures("on_the_day")
def test_the_meeting_of_a_group_counts_as_done_once_its_minutes_are_signed(cast, client):
    people = village(cast)
    meeting = meet(cast, people.everybody)
    client.force_login(cast.facilitator)
    page = reverse("institutions:form", kwargs={"ward": cast.ward, "meeting": meeting.id})
    asks, signs = "Catat keputusannya dalam rapat ini", "berita acaranya masih perlu ditandatangani"
    told = {"by": cast.facilitator, "ward": cast.ward, "meeting_id": meeting.id}
    shown = client.get(page).content.decode()
    assert (asks in shown, signs in shown, 'class="done"' in shown) == (True, False, False)
    meetings.record_decision(**told, subject="institutions.form_group", text="Disepakati")
    shown = client.get(page).content.decode()
    assert (asks in shown, signs in shown, 'class="done"' in shown) == (False, True, False)
    sign(cast, meeting)
    shown = client.get(page).content.decode()
    assert (asks in shown, signs in shown, 'class="done"' in shown) == (False, False, True)


def test_who_borrows_was_named_once_in_a_ratified_poor_list(cast):
    group = lending.form_group(cast)
    people = institutions.member_ids(group.id, APPLIED)
    homes = residents.households_at(cast.ward, people, APPLIED).values()
    stranger = village(cast, poor=1, rich=0, ratified=False).poor_people[
        0
    ]  # the census says so only
    told = {"ward": cast.ward, "households": sorted(homes), "on": date(2004, 4, 1)}
    households.unmark_poor(by=cast.facilitator, **told)  # has left poverty since
    asked = [{"person": person, "amount": 1} for person in [*people, stranger]]
    found = facts.application(cast.ward, group.id, APPLIED, asked, 10)
    assert found.list_ratified
    assert [one.person_id for one in found.members if not one.listed] == [stranger]
    early = facts.application(cast.ward, group.id, date(2003, 11, 30), asked, 10)
    assert not early.list_ratified
