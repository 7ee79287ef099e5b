"""What was written without a signal is taken in once, with both its dates, or shown to a person."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from pendamping.facilitation import actions as facilitation
from pendamping.facilitation import queries as logbook
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.meetings import queries as rolls
from pendamping.offline import actions, queries
from pendamping.practice.actions import open_practice_ward
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating

pytestmark = pytest.mark.django_db

MONDAY, THURSDAY = date(2004, 6, 7), date(2004, 6, 10)
WRITTEN = clock.wall() - timedelta(days=3)
TOLD = {
    "on": "2004-06-07", "stage": "groups", "roles": ["technical"], "minutes": 90,
    "decided_by": "joint", "women": 7, "men": 3, "result": "Buku kas KSM diperiksa",
}  # fmt: skip


def number(which):
    return f"0000-aaaa-bbbb-cccc-{which:08d}"


def bring(cast, which=1, told=None, *, by=None, kind="log", **more):
    return actions.take_in(
        by=by or cast.facilitator, ward=cast.ward, request_id=number(which), kind=kind,
        told=told or TOLD, **{"device": "phone-1", "written_at": WRITTEN, **more},
    )  # fmt: skip


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def names(meeting):
    return [one.name for one in rolls.roll(meeting.id)]


@pytest.fixture
def meeting(cast):
    with clock.at(MONDAY):
        return meetings.call_meeting(
            by=cast.facilitator, ward=cast.ward, kind=next(iter(rolls.kinds(cast.ward, MONDAY))),
            held_on=MONDAY, place="Balai warga",
        )  # fmt: skip


def roll_of(meeting, *people):
    return {"meeting": meeting.id, "present": [{"name": one} for one in people]}


def test_an_entry_is_taken_in_once_with_the_day_it_happened_was_written_and_was_taken_in(cast):
    with clock.at(THURSDAY):
        first = bring(cast)
        again = bring(cast)
    assert first.pk == again.pk
    [entry] = logbook.entries(cast.ward, MONDAY, MONDAY)
    assert (entry.on, entry.entered_on) == (MONDAY, THURSDAY)
    [kept] = queries.brought(cast.ward, f"log:{entry.id}")
    assert (kept.written_at, kept.entered_at.astimezone(clock.JAKARTA).date()) == (
        WRITTEN,
        clock.wall().date(),
    )
    verbs = [event.verb for event in trail.of_record(f"log:{entry.id}")]
    assert sorted(verbs) == ["facilitation.log_day", "offline.take_in"]


def test_nobody_brings_what_somebody_else_wrote(cast):
    with clock.at(THURSDAY):
        bring(cast)
        with pytest.raises(Refusal) as refused:
            bring(cast, by=cast.cadre)
    assert clauses(refused) == ["access.permission"]


def test_a_day_that_was_logged_another_way_meanwhile_is_for_a_person_to_decide(cast):
    with clock.at(THURSDAY):
        bring(cast, 1)
        bring(cast, 2)  # of the same phone: it knew of the first
        facilitation.log_day(
            by=cast.facilitator, ward=cast.ward, on=MONDAY, stage="groups", roles=["technical"],
            minutes=30, decided_by="none", women=1, men=0, result="Diketik di kantor",
        )  # fmt: skip
        with pytest.raises(Refusal) as refused:
            bring(cast, 3)
        assert clauses(refused) == ["offline.conflict.day"]
        assert "Diketik di kantor" in refused.value.reasons[0].say()
        seen = [one.id for one in logbook.entries(cast.ward, MONDAY, MONDAY)]
        bring(cast, 4, seen=seen)  # the phone knew of it
        assert bring(cast, 3, insist=True).insisted
    assert len(logbook.entries(cast.ward, MONDAY, MONDAY)) == 5


def test_a_refusal_of_the_logbook_leaves_nothing_and_can_be_mended_under_the_same_number(cast):
    with clock.at(THURSDAY):
        with pytest.raises(Refusal) as refused:
            bring(cast, 1, {**TOLD, "roles": [], "on": "2004-06-11"})
        assert "facilitation.log.future" in clauses(refused)
        assert queries.delivery(number(1)) is None
        assert bring(cast, 1).record.startswith("log:")


def test_a_phone_whose_clock_stands_in_the_future_is_told_so(cast):
    with clock.at(THURSDAY), pytest.raises(Refusal) as refused:
        bring(cast, written_at=clock.wall() + timedelta(days=3))
    assert clauses(refused) == ["offline.clock"]


def test_a_roll_is_taken_in_once_and_goes_on_from_there(cast, meeting):
    with clock.at(THURSDAY):
        mark = queries.mark_of(meeting, [])
        for _time in range(2):
            bring(cast, 1, roll_of(meeting, "Contoh Ani", "Contoh Budi"), kind="roll", seen=mark)
        mark = queries.mark_of(rolls.meeting(cast.ward, meeting.id), rolls.roll(meeting.id))
        bring(cast, 2, roll_of(meeting, "contoh  ani", "Contoh Cici"), kind="roll", seen=mark)
    assert names(meeting) == ["Contoh Ani", "Contoh Budi", "Contoh Cici"]
    assert rolls.meeting(cast.ward, meeting.id).roll_taken_on == THURSDAY


def test_a_roll_that_somebody_else_changed_is_shown_before_it_is_added_to(cast, meeting):
    mark = queries.mark_of(meeting, [])
    mine = roll_of(meeting, "Contoh Ani", "Contoh Cici")
    with clock.at(THURSDAY):
        meetings.take_roll(
            by=cast.cadre, ward=cast.ward, meeting_id=meeting.id,
            present=[{"name": "Contoh Ani"}, {"name": "Contoh Budi"}],
        )  # fmt: skip
        with pytest.raises(Refusal) as refused:
            bring(cast, 1, mine, kind="roll", seen=mark)
        said = " ".join(reason.say() for reason in refused.value.reasons)
        assert clauses(refused) == [f"offline.conflict.{one}" for one in ("roll", "both", "others")]
        assert "counted once: Contoh Ani" in said
        assert "that is there: Contoh Budi" in said
        assert names(meeting) == ["Contoh Ani", "Contoh Budi"]
        bring(cast, 1, mine, kind="roll", seen=mark, insist=True)
    assert names(meeting) == ["Contoh Ani", "Contoh Budi", "Contoh Cici"]


def test_a_roll_of_a_meeting_that_was_cancelled_meanwhile_is_not_taken(cast, meeting):
    with clock.at(MONDAY):
        meetings.cancel_meeting(
            by=cast.facilitator, ward=cast.ward, meeting_id=meeting.id, why="Hujan"
        )
        with pytest.raises(Refusal):
            bring(
                cast, 1, roll_of(meeting, "Contoh Ani"), kind="roll",
                seen=queries.mark_of(meeting, []), insist=True,
            )  # fmt: skip
    assert names(meeting) == []


def test_what_a_phone_brought_is_never_changed(cast):
    with clock.at(THURSDAY):
        made = bring(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), migrating(), connection.cursor() as at:
        at.execute("UPDATE offline_delivery SET device = 'x' WHERE id = %s", [made.pk])


def send(client, cast, **changes):
    address = reverse("offline:take_in", kwargs={"ward": cast.ward})
    told = {
        "id": number(1), "user": str(cast.facilitator.pk), "device": "phone-1", "kind": "log",
        "written_at": WRITTEN.isoformat(), "told": TOLD, "seen": [], "insist": False, **changes,
    }  # fmt: skip
    return client.post(address, json.dumps(told), content_type="application/json")


def test_the_page_asks_and_is_answered_in_json(client, cast):
    client.force_login(cast.facilitator)
    with clock.at(THURSDAY):
        kit = client.get(reverse("offline:kit")).json()
        [ward] = [one for one in kit["wards"] if one["code"] == cast.ward]
        assert (kit["user"], len(ward["log"]["roles"])) == (str(cast.facilitator.pk), 4)
        answer = send(client, cast)
        assert (answer.status_code, answer.json()["state"]) == (200, "taken")
        assert client.get(answer.json()["url"]).status_code == 200
        other = send(client, cast, id=number(2), user="somebody")
        assert (other.status_code, other.json()["state"]) == (409, "refused")
        assert send(client, cast, id="short").status_code == 400
        assert send(client, cast, id=number(3), told="x").status_code == 400
    assert len(logbook.entries(cast.ward, MONDAY, MONDAY)) == 1


@pytest.mark.parametrize("told", [{"on": "x"}, {**TOLD, "women": "7"}, {**TOLD, "roles": "all"}])
def test_what_cannot_be_read_is_refused_and_leaves_nothing(cast, told):
    with clock.at(THURSDAY), pytest.raises(Refusal):
        bring(cast, 1, told)
    assert logbook.entries(cast.ward, MONDAY, MONDAY) == []


def test_the_page_that_a_phone_keeps_is_the_same_for_everybody(client, cast):
    alone = client.get(reverse("offline:home")).content
    client.force_login(cast.facilitator)
    page = client.get(reverse("offline:home"))
    assert page.content == alone
    assert len(page.content) < 20_000
    worker = client.get(reverse("offline:worker"))
    assert worker["Content-Type"].startswith("text/javascript")
    assert b"pendamping-" in worker.content


def test_a_ward_whose_clock_stands_says_its_day_among_the_others(cast):
    with clock.at(THURSDAY):
        code = open_practice_ward(by=cast.ward_admin, ward=cast.ward)
        real, practice = queries.kit(cast.facilitator, str)
    assert (real["code"], practice["code"]) == (cast.ward, code)
    assert (real["name"], practice["name"]) == ("Empang", "Empang (latihan), 10 Juni 2004")


def test_brackets_without_end_are_not_readable(cast, client):
    client.force_login(cast.facilitator)
    address = reverse("offline:take_in", kwargs={"ward": cast.ward})
    answer = client.post(address, "[" * 100_000, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (400, "refused")
