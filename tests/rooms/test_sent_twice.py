"""Forms of meetings, needs and the week's plan that are sent twice: the first sending is the answer to both."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pendamping.cadres import actions as cadres
from pendamping.cadres.models import Deed
from pendamping.complaints import queries as complaints
from pendamping.facilitation import actions as facilitation
from pendamping.facilitation.models import LogEntry, Plan, Training
from pendamping.households.models import Person
from pendamping.institutions.models import GroupStep
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal
from pendamping.meetings.actions import call_meeting
from pendamping.meetings.models import Decision, Meeting
from pendamping.planning.models import Need
from pendamping.verification.models import Absence, Freeze
from tests.complaining import handed_in
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


def again_with(client, address, page, typed, other, prefix=""):
    """A form of a page sent, then by the browser's way back with something else in it; the page that says so."""
    shown = client.get(page).content.decode()
    found = re.findall(rf'name="({prefix}request_id)" value="([0-9A-Z]{{26}})"', shown)
    form = {**typed, **dict(found)}
    assert client.post(address, form).status_code == 302
    refused = client.post(
        address, {**form, **other}, headers={"referer": f"http://testserver{page}"}
    )
    assert refused.status_code == 409
    text = refused.content.decode()
    print(re.findall(r"(?s)<section class=.refusal.*?</section>", text))
    assert "sudah pernah dikirim dengan isi lain" in text
    (fresh,) = re.findall(r'<a href="([^"]+)"[^>]*>Buka formulir baru<', text)
    anew = client.get(fresh).content.decode()
    assert dict(found).items() <= dict(re.findall(r'name="([^"]+)" value="([^"]+)"', text)).items()
    assert found[0][1] not in anew and f'name="{found[0][0]}"' in anew
    return text


def test_a_twin_typed_into_the_form_of_the_first_one_is_refused_and_what_was_typed_stays(
    cast, client
):
    here = {"ward": cast.ward, "household": village(cast).poor[0][0]}
    client.force_login(cast.cadre)
    address = reverse("households:birth", kwargs=here)
    typed = {"name": "Kembar Satu", "sex": "L", "on": "2004-02-09", "relation": "child"}
    text = again_with(client, address, address, typed, {"name": "Kembar Dua", "sex": "P"})
    assert 'value="Kembar Dua"' in text
    assert not Person.objects.filter(name="Kembar Dua").exists()


def test_who_left_or_died_is_known_again_when_the_form_is_sent_again(cast, client):
    people = village(cast)
    (home, gone), (_home, dead) = people.poor[:2]
    client.force_login(cast.cadre)
    out = reverse("households:move_out", kwargs={"ward": cast.ward, "household": home})
    typed = {"people": [gone], "on": "2004-02-09", "to": "Ciomas", "request_id": new_id()}
    assert [client.post(out, typed).status_code for _ in range(2)] == [302, 302]
    assert client.post(out, {**typed, "to": "Bojong"}).status_code == 409
    death = reverse("households:death", kwargs={"ward": cast.ward, "person": dead})
    typed = {"on": "2004-02-09", "request_id": new_id()}
    assert [client.post(death, typed).status_code for _ in range(2)] == [302, 302]
    assert client.post(death, {**typed, "on": "2004-02-08"}).status_code == 409
    assert Person.objects.get(pk=dead).status == "died"


def test_a_second_activity_and_a_second_deed_are_refused_not_dropped(cast, client):
    people = village(cast)
    client.force_login(cast.facilitator)
    address = reverse("facilitation:log", kwargs={"ward": cast.ward})
    typed = {"on": "2004-02-10", "stage": "groups", "roles": ["technical"], "decided_by": "joint",
             "women": "7", "men": "0", "length": "60", "result": "Pertama"}  # fmt: skip
    text = again_with(client, address, address, typed, {"result": "Yang kedua", "length": "120"})
    assert "Yang kedua" in text
    assert [one.result for one in LogEntry.objects.all()] == ["Pertama"]
    cadre = cadres.join(by=cast.facilitator, ward=cast.ward, person=people.poor_people[0], joined_on=HELD,
                        stage="groups")  # fmt: skip
    here = {"ward": cast.ward, "cadre": cadre.id}
    page, address = (reverse(f"cadres:{name}", kwargs=here) for name in ("cadre", "note_deed"))
    typed = {"deed-on": HELD.isoformat(), "deed-what": "Rapat satu"}
    again_with(client, address, page, typed, {"deed-what": "Kunjungan dua"}, "deed-")
    assert [one.what for one in Deed.objects.all()] == ["Rapat satu"]


def test_a_step_of_a_group_and_a_training_are_written_once(cast, client):
    group = form_group(cast)
    here = {"ward": cast.ward, "group": group.id}
    client.force_login(cast.facilitator)
    page, address = (reverse(f"institutions:{name}", kwargs=here) for name in ("group", "step"))
    typed = {"what": "books", "on": "2004-02-10", "evidence": "Buku kas"}
    again_with(client, address, page, typed, {"evidence": "Buku lain"})
    assert [one.evidence for one in GroupStep.objects.filter(group=group)] == ["Buku kas"]
    typed = {"module": "loan", "on": "2004-02-12", "starts": "09:00", "ends": "12:00", "place": "Balai",
             "lessons": "4", "trainers": "Contoh Pelatih"}  # fmt: skip
    send_twice(client, "facilitation:training_new", cast, typed, {"place": "Masjid"})
    assert [one.place for one in Training.objects.all()] == ["Balai"]


def test_an_absence_and_a_freeze_are_noted_once(offices, client):
    client.force_login(offices.administrator)
    at = {"ward": offices.ward}
    page = reverse("verification:offices", kwargs=at)
    typed = {"since": "2004-02-12", "until": "2004-02-14", "why": "Sakit"}
    seen = client.get(page).content.decode()
    assert seen.count('name="request_id"') == 2
    (away, *_more) = re.findall(r'<option value="([^"]+)"', seen.rsplit('name="user"', 1)[1])
    for name, more, model in (("absence", {"user": away}, Absence), ("freeze", {}, Freeze)):
        form = {**typed, **more, "request_id": new_id()}
        address = reverse(f"verification:{name}", kwargs=at)
        assert [client.post(address, form).status_code for _ in range(2)] == [302, 302], name
        assert client.post(address, {**form, "why": "Lain"}).status_code == 409
        assert [one.why for one in model.objects.all()] == ["Sakit"]


def test_a_note_on_a_complaint_and_a_word_with_its_code_are_written_once(cast, client):
    made = handed_in(cast, received_on=TODAY)
    client.force_login(cast.chair)
    here = {"ward": cast.ward, "complaint": made.id}
    page, address = (
        reverse(f"complaints:{name}", kwargs=here) for name in ("complaint", "add_note")
    )
    form = {"text": "Sudah ditanyakan", "told": "", "request_id": new_id()}
    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert client.post(address, {**form, "text": "Yang lain"}).status_code == 409
    assert 'name="request_id"' in client.get(page).content.decode()
    client.logout()
    code = complaints.code(made)
    where, says = reverse("complaints:follow"), {"code": code, "do": "add_word", "text": "Tolong"}
    seen = client.post(where, {"code": code}).content.decode()
    (says["request_id"],) = set(re.findall(r'name="request_id" value="(\w+)"', seen))
    anew = [client.post(where, says).content.decode() for _ in range(2)]
    assert all(says["request_id"] not in page for page in anew)  # what is said next is another word
    assert [one.kind for one in made.steps.order_by("number")][-2:] == ["noted", "added"]


def test_what_is_no_id_and_an_id_that_made_something_else_write_nothing(cast):
    village(cast)
    with pytest.raises(Refusal, match="cannot be sent so"):
        ask(cast, "Sumur", "", 20, request_id="1; DROP")
    key = new_id()
    assert ask(cast, "Sumur", "", 20, request_id=key).id == key
    with pytest.raises(Refusal, match="was sent before"):
        ask(cast, "Lampu", "", 20, request_id=key)
    assert Need.objects.count() == 1
