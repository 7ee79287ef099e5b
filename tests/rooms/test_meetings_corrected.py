"""One person under two entries at a meeting: asked about at the door, struck beside the roll afterwards."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.desk import oversight
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.meetings import queries
from pendamping.persons.actions import join_persons
from pendamping.trail import queries as trail
from tests.gatherings import COUNTED, HELD, TODAY, decide, meet, village
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db
WHY = "ketua RT: orangnya satu, pindah rumah"


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def twice(cast):
    """Siti, entered by two cadres in two RTs: the ids of her two entries."""
    found = []
    for rt in ("01", "02"):
        siti = NewPerson(name="Siti Khayalan", sex="P", relation="head", born=date(1970, 3, 4))
        home = households.add_household(
            by=cast.facilitator, ward=cast.ward, on=COUNTED, rw="01", rt=rt, members=[siti],
            new_place=True,
        )  # fmt: skip
        found.append(residents.members_on(cast.ward, home.id, HELD)[0][0])
    return found


def strike(cast, met, *, by=None, struck=None, stands=1, why=WHY):
    return meetings.correct_roll(
        by=by or cast.facilitator, ward=cast.ward, meeting_id=met.id,
        struck=struck or met.attended, stands=stands, why=why,
    )  # fmt: skip


def last(cast, verb):
    """What the trail keeps of the last action of a kind."""
    return list(trail.told(cast.ward, [verb]))[-1][2]


def clauses(refused):
    return sorted(reason.clause for reason in refused.value.reasons)


def join(cast, kept, removed):
    return join_persons(by=cast.cadre, ward=cast.ward, kept_id=kept, removed_id=removed, why=WHY)


def test_a_signed_roll_is_corrected_beside_it_and_then_the_two_entries_are_joined(cast, client):
    one, two = twice(cast)
    people = village(cast).poor_people
    met = decide(cast, meet(cast, [one, *people, two]), "meetings.other")
    with pytest.raises(Refusal) as refused:
        join(cast, one, two)
    assert clauses(refused) == ["persons.join.roll"]
    client.force_login(cast.ward_admin)
    here = {"ward": cast.ward, "meeting": met.id}
    correcting = reverse("meetings:correct", kwargs=here) + "?stands=1&struck=8"
    at = reverse("persons:join", kwargs={"ward": cast.ward, "first": one, "second": two})
    assert correcting.replace("&", "&amp;") in client.get(at).content.decode()
    assert client.get(correcting).content.decode().count("Siti Khayalan") == 2
    done = client.post(correcting, {"stands": 1, "struck": 8, "why": WHY}, follow=True)
    page = done.content.decode()
    assert WHY in page
    assert "Kuorum tetap tercapai" in page
    now = queries.meeting(cast.ward, met.id)
    assert (now.status, now.attended, now.attended_women) == ("closed", 7, met.attended_women - 1)
    assert [e.number for e in queries.roll_as_written(met.id) if e.struck] == [8]
    told = last(cast, "meetings.correct_roll")
    assert (told["struck"], told["why"], told["quorum"]) == (8, WHY, True)
    assert join(cast, one, two) == one
    assert queries.participation(cast.ward).attendances == 7
    assert oversight.breaks(cast.ward) == []


def test_where_the_quorum_hung_on_it_what_was_decided_does_not_stand(cast, client):
    one, two = twice(cast)
    met = decide(cast, meet(cast, [one, *village(cast).poor_people[:4], two], eligible=8), "x:1")
    assert met.quorum_met
    now = strike(cast, met)
    assert not now.quorum_met
    reasons = queries.decided(cast.ward, met.id, "x:1", matter="x")
    assert any(reason.clause.endswith("quorum.present_percent") for reason in reasons)
    client.force_login(cast.facilitator)
    page = client.get(reverse("meetings:meeting", kwargs={"ward": cast.ward, "meeting": met.id}))
    assert "keputusan rapat ini tidak berlaku lagi" in page.content.decode()


def test_a_vote_that_hung_on_it_does_not_stand(cast):
    one, two = twice(cast)
    votes = {"for": 3, "against": 2, "abstain": 0}
    met = meet(cast, [one, *village(cast).poor_people[:3], two], kind="citizens", eligible=5)
    met = decide(cast, met, "x:1", votes=votes)
    strike(cast, met)
    reasons = queries.decided(cast.ward, met.id, "x:1", matter="x")
    assert "meetings.decided.doubt" in [reason.clause for reason in reasons]


def test_numbers_that_are_typed_are_shown_with_their_names_before_a_row_is_struck(cast, client):
    one, two = twice(cast)
    met = decide(cast, meet(cast, [one, *village(cast).poor_people, two]), "x:1")
    client.force_login(cast.ward_admin)
    at = reverse("meetings:correct", kwargs={"ward": cast.ward, "meeting": met.id})
    asked = client.post(at, {"stands": 1, "struck": 8, "why": WHY}).content.decode()
    assert "Ya, satu orang" in asked
    assert asked.count("Siti Khayalan") == 2
    assert queries.meeting(cast.ward, met.id).attended == 8
    client.post(f"{at}?stands=1&struck=8", {"stands": 1, "struck": 8, "why": WHY})
    assert queries.meeting(cast.ward, met.id).attended == 7


def test_before_anything_is_decided_the_row_is_taken_off(cast):
    one, two = twice(cast)
    met = meet(cast, [one, *village(cast).poor_people, two])
    now = strike(cast, met)
    assert (now.attended, now.quorum_met, len(queries.roll_as_written(met.id))) == (7, True, 7)
    assert last(cast, "meetings.correct_roll")["why"] == WHY


def test_it_says_everything_that_is_wrong_at_once(cast):
    one, two = twice(cast)
    met = decide(cast, meet(cast, [one, *village(cast).poor_people, two]), "x:1")
    with pytest.raises(Refusal) as refused:
        strike(cast, met, struck=99, stands=98, why=" ")
    assert clauses(refused) == [
        "meetings.correct.row",
        "meetings.correct.row",
        "meetings.correct.why",
    ]
    strike(cast, met)
    with pytest.raises(Refusal) as refused:
        strike(cast, met, struck=8)
    assert clauses(refused) == ["meetings.correct.row"]


@pytest.mark.parametrize("who", ["cadre", "treasurer", "stranger"])
def test_who_may_not_correct_a_roll(cast, who):
    one, two = twice(cast)
    met = meet(cast, [one, two])
    with pytest.raises(Refusal) as refused:
        strike(cast, met, by=getattr(cast, who))
    assert clauses(refused)[0].startswith("access.")


def test_the_database_changes_the_figures_of_a_final_roll_only_as_a_correction_says(cast):
    one, two = twice(cast)
    met = decide(cast, meet(cast, [one, *village(cast).poor_people, two]), "x:1")
    strike(cast, met)
    here = f"WHERE id = '{met.id}'"
    for sql in (
        f"UPDATE meetings_meeting SET attended = attended - 1 {here}",
        f"UPDATE meetings_meeting SET quorum_met = NOT quorum_met {here}",
        f"UPDATE meetings_rollcorrection SET why = 'lain' WHERE meeting_id = '{met.id}'",
        f"DELETE FROM meetings_rollcorrection WHERE meeting_id = '{met.id}'",
        "INSERT INTO meetings_rollcorrection SELECT 'x', 3, stands, why, was_attended, was_met, attended, "
        "attended_women, attended_poor, guests, rts_present, quorum_verdict, quorum_met, "
        "entered_on, entered_at, meeting_id FROM meetings_rollcorrection",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack(by=cast.system, sql=[sql])


def test_the_door_names_the_other_and_asks_before_a_likely_double_comes_on_the_roll(cast, client):
    one, two = twice(cast)
    met = meet(cast, [one])
    client.force_login(cast.cadre)
    door = reverse("meetings:roll", kwargs={"ward": cast.ward, "meeting": met.id}) + "?q=Siti"
    page = client.get(door).content.decode()
    assert "mungkin orang yang sama dengan Siti Khayalan (RT 01 RW 01)" in page
    refused = client.post(door, {"do": "add", "person": two})
    assert refused.status_code == 409
    assert f'name="sure" value="{two}"' in refused.content.decode()
    assert len(queries.roll(met.id)) == 1
    assert client.post(door, {"do": "add", "person": two, "sure": two}).status_code == 302
    assert len(queries.roll(met.id)) == 2
    assert last(cast, "meetings.take_roll")["two_persons"] == [two]


def test_two_likely_doubles_ticked_together_are_asked_about_once(cast, client):
    one, two = twice(cast)
    met = meet(cast, village(cast).poor_people[:1])
    client.force_login(cast.cadre)
    door = reverse("meetings:roll", kwargs={"ward": cast.ward, "meeting": met.id}) + "?q=Siti"
    page = client.post(door, {"do": "add", "person": [one, two]}).content.decode()
    assert page.count("yang juga ada di daftar hadir") == 1
    assert client.post(door, {"do": "add", "person": [one, two], "sure": two}).status_code == 302
