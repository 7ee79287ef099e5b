"""Pages of groups: first refused, then right; members, officers, steps; the printed pledge."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.households import queries as residents
from pendamping.institutions import queries
from pendamping.institutions.standing import weak_points
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from tests import lending
from tests.gatherings import HELD, TODAY, agree, decide, meet, village
from tests.rooms.test_institutions import form
from tests.staging import staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return village(cast)


def address(cast, name, **more):
    return reverse(f"institutions:{name}", kwargs={"ward": cast.ward, **more})


def typed(members, signers=None, **changes):
    roles = ["chair", "secretary", "treasurer"]
    return {
        "name": "KSM Melati",
        "kind": "economic",
        "formed_on": str(HELD),
        "signed_on": str(HELD),
        "member": members,
        "signer": members if signers is None else signers,
        **{f"role-{person}": role for person, role in zip(members, roles, strict=False)},
        **changes,
    }


def test_a_group_is_first_refused_with_all_reasons_and_then_formed(cast, client, people):
    meeting = agree(cast, people.everybody)
    client.force_login(cast.cadre)
    chosen = client.get(address(cast, "choose")).content.decode()
    assert meeting.id in chosen
    assert "Rapat KSM, Balai" in chosen
    path = address(cast, "form", meeting=meeting.id)
    wrong = [*people.poor_people[:3], people.rich_people[0]]
    refused = client.post(path, typed(wrong, signers=wrong[:2]))
    shown = refused.content.decode()
    assert refused.status_code == 409
    for clause in ("min_members", "members_on_poor_list", "pledge_required"):
        assert f"groups.p2kp2.{clause}" in shown
    assert shown.count(" checked") == 4 + 2
    assert queries.groups(cast.ward) == []
    assert client.post(path, typed(people.poor_people[:5])).status_code == 302
    assert [group.name for group in queries.groups(cast.ward)] == ["KSM Melati"]


def test_the_meeting_that_decided_leads_to_the_form_of_its_own_group(cast, client, people):
    meeting = agree(cast, people.everybody)
    client.force_login(cast.facilitator)
    here = reverse("meetings:meeting", kwargs={"ward": cast.ward, "meeting": meeting.id})
    assert address(cast, "form", meeting=meeting.id) in client.get(here).content.decode()


def test_only_meetings_that_can_form_a_group_are_offered_and_those_used_say_so(
    cast, client, people
):
    used = agree(cast, people.everybody)
    form(cast, people.poor_people[:5], meeting=used)
    free, other = meet(cast, people.everybody), meet(cast, people.everybody, kind="citizens")
    client.force_login(cast.facilitator)
    shown = client.get(address(cast, "choose")).content.decode()
    assert shown.index(free.id) < shown.index(used.id)  # those without a group come first
    assert other.id not in shown
    assert "sudah dipakai" in shown and "29 Januari 2004" in shown
    assert (
        f"{reverse('meetings:call', kwargs={'ward': cast.ward})}?of_group=new&amp;kind=group"
        in shown
    )


def test_the_pledge_is_printed_for_those_ticked_before_the_group_is_formed(cast, client, people):
    meeting = meet(cast, people.everybody)
    client.force_login(cast.cadre)
    path = address(cast, "pledge_to_sign", meeting=meeting.id)
    assert path in client.get(address(cast, "form", meeting=meeting.id)).content.decode()
    unsigned = typed(people.poor_people[:5], signers=[], signed_on="")
    response = client.post(path, unsigned)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    names = residents.persons(cast.ward, people.poor_people)
    for person in people.poor_people[:5]:
        assert names[person].name in text
    assert names[people.poor_people[5]].name not in text
    assert "KSM Melati" in text and "29 Januari 2004" in text
    assert queries.groups(cast.ward) == []
    assert client.post(path, {**unsigned, "member": []}).status_code == 409


def test_the_form_shows_age_and_sex_and_counts_the_women(cast, client, people):
    meeting = meet(cast, people.everybody)
    client.force_login(cast.cadre)
    shown = client.get(address(cast, "form", meeting=meeting.id)).content.decode()
    assert "perempuan, 38 tahun" in shown
    assert 'name="signed_on"' in shown and f'value="{HELD}"' in shown
    answer = client.post(
        address(cast, "check", meeting=meeting.id), typed(people.poor_people[:4])
    ).content.decode()
    names = residents.persons(cast.ward, people.poor_people[:4]).values()
    women = sum(each.sex == "P" for each in names)
    assert f"4 anggota, di antaranya {women} perempuan" in answer


def test_a_group_leads_to_its_own_loans(cast, client, people):
    group, other = form(cast, people.poor_people[:5]), "KSM Kenanga"
    client.force_login(cast.treasurer)
    loans = reverse("loans:list", kwargs={"ward": cast.ward})
    page = client.get(address(cast, "group", group=group.id)).content.decode()
    assert f"{loans}?group={group.id}" in page
    assert client.get(loans, {"group": group.id}).status_code == 200
    assert other not in page


def test_the_live_check_says_the_same_without_writing(cast, client, people):
    meeting = agree(cast, people.everybody)
    client.force_login(cast.cadre)
    path = address(cast, "check", meeting=meeting.id)
    assert "min_members" in client.post(path, typed(people.poor_people[:4])).content.decode()
    right = client.post(path, typed(people.poor_people[:5])).content.decode()
    assert "groups.p2kp2" not in right
    assert 'class="notice success"' in right
    assert queries.groups(cast.ward) == []


def test_the_page_of_a_group_takes_steps_officers_and_members(cast, client, people):
    group = form(cast, people.poor_people[:5])
    client.force_login(cast.facilitator)
    here = {"group": group.id}
    client.post(
        address(cast, "step", **here),
        {"what": "training:loan", "on": str(TODAY), "evidence": "foto"},
    )
    client.post(address(cast, "step", **here), {"what": "books", "on": str(TODAY)})
    assert {(s.kind, s.module) for s in queries.steps(group.id)} == {
        ("training", "loan"),
        ("books", ""),
    }
    successor = people.poor_people[4]
    assert client.get(address(cast, "meet", **here)).status_code == 200
    called = client.post(address(cast, "meet", **here), {"held_on": str(TODAY), "place": "Balai"})
    roll = client.get(called.url + "roll/").content.decode()
    assert all(person in roll for person in people.poor_people[:5])
    assert people.rich_people[0] not in roll
    client.post(called.url + "roll/", {"do": "add", "person": people.poor_people[:5]})
    met = meetings.meetings(cast.ward)[0]
    choose = client.get(reverse("institutions:choose", kwargs={"ward": cast.ward}))
    assert met.id not in choose.content.decode()
    assert (
        "Belum diputuskan di sana?" in client.get(address(cast, "group", **here)).content.decode()
    )
    wanted = {"role": "chair", "person": successor, "meeting_id": met.id}
    to_decide = client.get(address(cast, "officer", **here), wanted)
    offered = client.get(to_decide.url).content.decode()
    subject = f"institutions.change_officer:{group.id}:chair:{successor}"
    assert subject in offered
    decide(cast, met, subject)
    client.post(
        address(cast, "officer", **here),
        {"role": "chair", "person": successor, "on": str(TODAY), "meeting_id": met.id},
    )
    assert queries.members(group.id, TODAY)[0].person_id == successor
    found = client.get(address(cast, "join", **here), {"q": "rekaan qaf"}).content.decode()
    assert people.poor_people[5] in found
    joined = {"person": people.poor_people[5], "on": str(TODAY), "signed_on": str(TODAY)}
    client.post(address(cast, "join", **here), joined)
    client.post(
        address(cast, "leave", **here),
        {"person": people.poor_people[3], "on": str(TODAY), "why": "pindah"},
    )
    assert len(queries.members(group.id, TODAY)) == 5
    assert "pindah" in client.get(address(cast, "group", **here)).content.decode()


def test_from_the_meetings_one_chooses_which_group_meets(cast, client, people):
    group = form(cast, people.poor_people[:5])
    client.force_login(cast.facilitator)
    which = reverse("institutions:meet_which", kwargs={"ward": cast.ward})
    typed = {"held_on": str(TODAY + timedelta(days=3)), "place": "Rumah Ibu & Anak"}
    page = client.get(which, typed).content.decode()
    assert group.name in page
    assert client.get(which, {**typed, "group": "x"}).status_code == 422
    there = client.get(which, {**typed, "group": group.id})
    assert there.url.startswith(address(cast, "meet", group=group.id))
    assert "Rumah Ibu &amp; Anak" in client.get(there.url).content.decode()


def test_what_cannot_be_entered_stays_on_the_page_with_its_reason(cast, client, people):
    group = form(cast, people.poor_people[:5])
    client.force_login(cast.facilitator)
    early = {"what": "training:loan", "on": str(HELD - timedelta(days=9)), "evidence": "foto lama"}
    refused = client.post(address(cast, "step", group=group.id), early)
    assert refused.status_code == 409
    assert "foto lama" in refused.content.decode()
    assert client.post(address(cast, "step", group=group.id), {"what": "x"}).status_code == 422
    stranger = {"person": people.rich_people[0], "on": str(TODAY)}
    refused = client.post(address(cast, "join", group=group.id), stranger)
    assert "groups.p2kp2.members_on_poor_list" in refused.content.decode()


def test_a_group_that_became_too_small_says_so(cast, client, people):
    group = form(cast, people.poor_people[:5])
    assert weak_points(group, TODAY) == []
    client.force_login(cast.facilitator)
    gone = {"person": people.poor_people[0], "on": str(TODAY)}
    unsaid = client.post(address(cast, "leave", group=group.id), gone)  # nobody said why
    assert unsaid.status_code == 422
    gone["why"] = "pindah"
    client.post(address(cast, "leave", group=group.id), gone)
    assert {reason.clause for reason in weak_points(group, TODAY)} == {
        "groups.p2kp2.min_members",
        "institutions.group.chair",
    }


def test_the_pledge_is_printed_with_every_member(cast, client, people):
    group = form(cast, people.poor_people[:5])
    client.force_login(cast.treasurer)
    response = client.get(address(cast, "pledge_pdf", group=group.id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    for person in residents.persons(cast.ward, people.poor_people[:5]).values():
        assert person.name in text


def test_names_are_only_for_those_who_may_read_the_census(cast, client, people):
    group = form(cast, people.poor_people[:5])
    name = residents.person(cast.ward, people.poor_people[0]).name
    for who, sees in (("facilitator", True), ("verifier", True), ("lead", False)):
        client.force_login(getattr(cast, who))
        shown = client.get(address(cast, "group", group=group.id)).content.decode()
        assert (name in shown) == sees, who


@pytest.mark.parametrize(
    ("name", "forbidden"),
    [
        ("choose", ["ward_admin", "treasurer", "officer", "lead", "stranger"]),
        ("step", ["chair", "treasurer", "lead", "stranger"]),
        ("officer", ["cadre", "treasurer", "stranger"]),
        ("join", ["chair", "treasurer", "stranger"]),
        ("leave", ["chair", "treasurer", "stranger"]),
        ("pledge_pdf", ["officer", "lead", "stranger"]),
        ("list", ["stranger"]),
    ],
)
def test_pages_are_closed_to_those_who_may_not(cast, client, people, name, forbidden):
    more = {}
    if name not in {"choose", "list"}:
        more = {"group": form(cast, people.poor_people[:5]).id}
    for who in forbidden:
        client.force_login(getattr(cast, who))
        assert client.get(address(cast, name, **more)).status_code == 403, who


@pytest.mark.parametrize("name", ["group", "step", "join", "pledge_pdf"])
def test_a_group_that_is_not_there_is_not_found(cast, client, name):
    client.force_login(cast.facilitator)
    assert client.get(address(cast, name, group="nothing")).status_code == 404


def test_every_label_of_a_group_s_page_belongs_to_one_field_alone(cast, client):
    group = lending.form_group(cast)
    client.force_login(cast.facilitator)
    shown = client.get(address(cast, "group", group=group.id)).content.decode()
    found = re.findall(r' id="([^"]+)"', shown)
    assert "step_on" in found
    assert len(found) == len(set(found))
