"""Forms of meetings, needs and the week's plan that are sent twice: the first sending is the answer to both."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pendamping.facilitation import actions as facilitation
from pendamping.facilitation.models import Plan
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal
from pendamping.meetings.actions import call_meeting
from pendamping.meetings.models import Decision, Meeting
from pendamping.planning.models import Need
from tests.gatherings import HELD, TODAY, meet, village
from tests.lending import form_group
from tests.planned import ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


def send_twice(client, name, cast, typed, other, **record):
    """The form as its page gives it out, sent twice, then once more with something else in it."""
    address = reverse(name, kwargs={"ward": cast.ward, **record})
    page = client.get(address).content.decode()
    (key,) = re.findall(r'name="request_id" value="([0-9A-Z]{26})"', page)
    form = {**typed, "request_id": key}
    first, second = client.post(address, form), client.post(address, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert client.post(address, {**form, **other}).status_code == 409
    fresh = client.get(address).content.decode()
    assert f'value="{key}"' not in fresh
    return key


def test_a_meeting_is_called_once_however_often_the_form_is_sent(cast, client):
    client.force_login(cast.facilitator)
    typed = {"kind": "citizens", "held_on": "2004-02-12", "place": "Balai", "level": "kelurahan"}
    before = Meeting.objects.count()
    key = send_twice(client, "meetings:call", cast, typed, {"place": "Masjid"})
    assert (Meeting.objects.count(), Meeting.objects.get(pk=key).place) == (before + 1, "Balai")
    # another agenda is another meeting: it is said, not dropped
    key = send_twice(client, "meetings:call", cast, typed, {"agenda": "Jalan\nSumur"})
    told = {"ward": cast.ward, "kind": "citizens", "held_on": date(2004, 2, 12), "place": "Balai"}
    assert call_meeting(by=cast.facilitator, **told, request_id=key).id == key
    with pytest.raises(Refusal) as refused:  # nor is it given to who may not call one
        call_meeting(by=cast.stranger, **told, request_id=key)
    assert refused.value.reasons[0].clause == "access.permission"


def test_a_groups_meeting_is_called_once(cast, client):
    group = form_group(cast)
    before = Meeting.objects.count()
    client.force_login(cast.facilitator)
    typed = {"held_on": "2004-02-12", "place": "Balai", "agenda": ""}
    send_twice(client, "institutions:meet", cast, typed, {"place": "Masjid"}, group=group.id)
    assert Meeting.objects.count() == before + 1


def test_a_decision_is_recorded_once_also_after_the_minutes_are_signed(cast, client):
    people = village(cast)
    meeting = meet(cast, people.poor_people, kind="citizens", eligible=10)
    client.force_login(cast.facilitator)
    typed = {"subject": "meetings.other", "text": "Iuran Rp1.000", "outcome": "accepted"}
    typed |= {"way": "vote", "yes": "4", "no": "1", "abstain": ""}
    here = {"meeting": meeting.id}
    key = send_twice(client, "meetings:decide", cast, typed, {"text": "Iuran Rp2.000"}, **here)
    assert (Decision.objects.get().id, Decision.objects.get().number) == (key, 1)
    minutes = {"text": "Berita acara", "signed_on": HELD.isoformat(), "signers": "Siti"}
    where = {"ward": cast.ward, **here}
    assert client.post(reverse("meetings:minutes", kwargs=where), minutes).status_code == 302
    late = client.post(reverse("meetings:decide", kwargs=where), {**typed, "request_id": key})
    assert (late.status_code, Decision.objects.count()) == (302, 1)


def test_a_need_is_noted_once(cast, client):
    village(cast)
    client.force_login(cast.cadre)
    typed = {"component": "physical", "title": " Sumur  bor", "place": "", "cost": "20.000.000"}
    typed |= {"asked_by": "women", "asked_on": HELD.isoformat(), "note": ""}
    key = send_twice(client, "planning:add", cast, typed, {"title": "Selokan"})
    assert [(one.id, one.title) for one in Need.objects.all()] == [(key, "Sumur bor")]
    again = {**typed, "request_id": key, "note": "Untuk RT 02"}
    assert (
        client.post(reverse("planning:add", kwargs={"ward": cast.ward}), again).status_code == 409
    )


def test_a_day_is_planned_once_and_a_week_of_several_all_at_once(cast, client):
    client.force_login(cast.facilitator)
    typed = {"on": "2004-02-12", "stage": "groups", "activity": "Rembug RT 02"}
    key = send_twice(client, "facilitation:week", cast, typed, {"activity": "Rembug RT 03"})
    assert [(one.id, one.activity) for one in Plan.objects.all()] == [(key, "Rembug RT 02")]
    wanted = [(date(2004, 2, day), "groups", "Kunjungan") for day in (13, 14)]
    assert len(facilitation.plan_week(by=cast.facilitator, ward=cast.ward, wanted=wanted)) == 2


def test_what_is_no_id_and_an_id_that_made_something_else_write_nothing(cast):
    village(cast)
    with pytest.raises(Refusal, match="cannot be sent so"):
        ask(cast, "Sumur", "", 20, request_id="1; DROP")
    key = new_id()
    assert ask(cast, "Sumur", "", 20, request_id=key).id == key
    with pytest.raises(Refusal, match="was sent before"):
        ask(cast, "Lampu", "", 20, request_id=key)
    assert Need.objects.count() == 1
