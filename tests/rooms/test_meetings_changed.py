"""A meeting that people were invited to is moved or cancelled, with a reason; they are told on paper."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from pendamping.desk import queries as desk
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions, queries
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating
from tests.gatherings import TODAY, meet, village

pytestmark = pytest.mark.django_db
SOON, LATER = TODAY + timedelta(days=2), TODAY + timedelta(days=4)


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@pytest.fixture
def called(cast):
    return actions.call_meeting(
        by=cast.cadre, ward=cast.ward, kind="citizens", held_on=SOON, place="Balai RW 01",
        agenda=["Daftar miskin"],
    )  # fmt: skip


def move(cast, meeting, **changes):
    told = {"by": cast.cadre, "ward": cast.ward, "meeting_id": meeting.id, "held_on": LATER,
            "place": "Aula kelurahan", "why": "hujan lebat"}  # fmt: skip
    return actions.move_meeting(**{**told, **changes})


def cancel(cast, meeting, why="pembicara sakit", by=None):
    told = {"ward": cast.ward, "meeting_id": meeting.id, "why": why}
    return actions.cancel_meeting(by=by or cast.cadre, **told)


def clauses(call, *given, **more):
    with pytest.raises(Refusal) as refusal:
        call(*given, **more)
    return [reason.clause for reason in refusal.value.reasons]


def at(name, cast, meeting):
    return reverse(f"meetings:{name}", kwargs={"ward": cast.ward, "meeting": meeting.id})


def words(pdf):
    return " ".join(PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())


def test_it_is_moved_with_its_reason_in_the_trail(cast, called):
    moved = move(cast, called)
    assert (moved.held_on, moved.place, moved.status) == (LATER, "Aula kelurahan", "called")
    event = trail.last("meetings.move_meeting", cast.ward)
    assert trail.data(event) == {
        "was_on": SOON.isoformat(), "was_at": "Balai RW 01", "held_on": LATER.isoformat(),
        "place": "Aula kelurahan", "why": "hujan lebat",
    }  # fmt: skip
    (task,) = [t for t in desk.desk(cast.ward, TODAY, lambda _: True).tasks if t.kind == "meeting"]
    assert task.due == LATER


def test_a_cancelled_meeting_stays_in_the_list_and_nothing_more_happens_in_it(cast, called):
    cancel(cast, called)
    assert queries.meetings(cast.ward, status=["called"]) == []
    ((row,), _more) = queries.page_of(cast.ward)
    assert row.cancelled
    tasks = desk.desk(cast.ward, TODAY, lambda _: True).tasks
    assert "meeting" not in {task.kind for task in tasks}
    for call in (cancel, move):
        assert clauses(call, cast, called) == ["meetings.change.cancelled"]
    with clock.at(SOON):
        heads = {"total": 9, "women": 5, "poor": 5}
        told = {"by": cast.cadre, "ward": cast.ward, "meeting_id": called.id, "head_count": heads}
        assert clauses(actions.take_roll, **told) == ["meetings.change.cancelled"]


def test_what_cannot_be_is_refused_with_its_reason(cast, called):
    assert clauses(move, cast, called, why=" ") == ["meetings.change.why"]
    assert clauses(cancel, cast, called, why="") == ["meetings.change.why"]
    for call in (cancel, move):
        assert clauses(call, cast, called, why="x" * 301) == ["meetings.change.why"]
    same = {"held_on": SOON, "place": "Balai RW 01"}
    assert clauses(move, cast, called, **same) == ["meetings.change.same"]
    assert clauses(move, cast, called, held_on=TODAY - timedelta(days=1)) == [
        "meetings.change.past"
    ]
    assert clauses(move, cast, called, place=" ") == ["meetings.change.place"]
    assert clauses(move, cast, called, held_on=date(2009, 1, 1)) == [
        "participation.p2kp2.call_ahead_days"
    ]
    held = meet(cast, village(cast).poor_people)
    for call in (cancel, move):
        assert clauses(call, cast, held) == ["meetings.change.held"]
    assert queries.meeting(cast.ward, called.id).changes.count() == 0


def test_a_meeting_moved_past_a_new_guideline_is_judged_by_the_one_of_its_new_day(cast):
    with clock.at(date(2006, 6, 28)):
        called = actions.call_meeting(by=cast.cadre, ward=cast.ward, kind="citizens",
                                      held_on=date(2006, 6, 30), place="Balai")  # fmt: skip
        assert called.guideline_version == "1.0"
        move(cast, called, held_on=date(2006, 7, 3))
        moved = queries.meeting(cast.ward, called.id)
        assert moved.guideline_version == "1.0+1.1"
        move(cast, called, held_on=date(2006, 6, 29))
        assert queries.meeting(cast.ward, called.id).guideline_version == "1.0"


def test_a_second_meeting_is_not_moved_before_its_time(cast):
    people = village(cast)
    first = meet(cast, people.poor_people[:1], kind="citizens", eligible=100)
    earliest = first.held_on + timedelta(days=7)
    assert not first.quorum_met
    with clock.at(first.held_on):
        second = actions.call_meeting(by=cast.cadre, ward=cast.ward, kind="citizens", place="Balai",
                                      held_on=earliest, follows=first.id)  # fmt: skip
        soon = {"held_on": earliest - timedelta(days=1)}
        assert clauses(move, cast, second, **soon) == [
            "meetings.p2kp2.citizens.quorum.second_after_days"
        ]


@pytest.mark.parametrize("who", ["treasurer", "officer", "verifier", "lead", "stranger"])
def test_who_may_do_neither(cast, called, who):
    assert clauses(move, cast, called, by=getattr(cast, who)) == ["access.permission"]
    assert clauses(cancel, cast, called, by=getattr(cast, who)) == ["access.permission"]


def test_the_pages_tell_what_changed_and_the_paper_is_printed_anew(cast, client, called):
    client.force_login(cast.cadre)
    page = client.get(at("meeting", cast, called)).content.decode()
    assert at("move", cast, called) in page
    assert words(client.get(at("invitation_pdf", cast, called))).startswith("Undangan ")
    empty = client.post(at("move", cast, called), {"held_on": LATER, "place": "Aula kelurahan"})
    assert empty.status_code == 422
    told = {"held_on": LATER, "place": "Aula kelurahan", "why": "hujan <lebat>"}
    page = client.post(at("move", cast, called), told, follow=True).content.decode()
    assert "hujan &lt;lebat&gt;" in page
    assert "12 Februari 2004" in page  # the old day beside the new one
    assert "14 Februari 2004" in page
    paper = words(client.get(at("invitation_pdf", cast, called)))
    for said in ("Balai RW 01", "hujan <lebat>", "Sabtu, 14 Februari 2004", "Daftar miskin"):
        assert said in paper
    page = client.post(at("cancel", cast, called), {"why": "banjir"}, follow=True).content.decode()
    assert at("move", cast, called) not in page
    assert "banjir" in words(client.get(at("invitation_pdf", cast, called)))
    shown = client.get(reverse("meetings:list", kwargs={"ward": cast.ward})).content.decode()
    assert "dibatalkan" in shown


def test_the_database_keeps_what_people_were_told(cast, called):
    move(cast, called)
    for sql in (
        "UPDATE meetings_meetingchange SET why = 'x'",
        "DELETE FROM meetings_meetingchange",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            migrating(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_meeting_of_a_group_asks_for_which_group(cast, client):
    client.force_login(cast.cadre)
    call = reverse("meetings:call", kwargs={"ward": cast.ward})
    typed = {"kind": "group", "held_on": SOON, "place": "Rumah Ibu", "level": "group"}
    asked = client.post(call, typed)
    assert asked.status_code == 422
    assert queries.meetings(cast.ward) == []
    there = client.post(call, {**typed, "of_group": "there"})
    which = reverse("institutions:meet_which", kwargs={"ward": cast.ward})
    assert there.url.startswith(which)
    assert client.get(there.url).status_code == 200
    made = client.post(call, {**typed, "of_group": "new"})
    assert made.status_code == 302
    assert queries.meetings(cast.ward)[0].group == ""
