"""The page of the minutes: what was left open, what came in between, what is typed while a decision is missing."""

import re

import pytest

from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.meetings import drafting
from tests.gatherings import HELD, TODAY, meet, village
from tests.rooms.test_meetings_pages import address, pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def test_what_a_meeting_was_called_for_is_decided_or_left_open_with_a_reason_before_it_closes(
    cast, client
):
    people = village(cast)
    meeting = meetings.call_meeting(
        by=cast.facilitator,
        ward=cast.ward,
        kind="group",
        held_on=HELD,
        place="Balai",
        asked=[{"subject": "x:1", "text": "Jalan RT 01 diperbaiki."}],
    )
    client.force_login(cast.facilitator)
    client.post(address(cast, "roll", meeting), {"do": "add", "person": people.everybody[:5]})
    minutes = address(cast, "minutes", meeting)
    page = client.get(minutes).content.decode()
    assert "keputusannya belum dicatat" in page and 'name="decide" value="x:1"' in page
    typed = {"text": "Rapat dibuka.", "signed_on": HELD.isoformat(), "signers": "Contoh Satu"}
    refused = client.post(minutes, typed)
    assert refused.status_code == 409
    assert "Jalan RT 01 diperbaiki." in refused.content.decode()
    assert (
        client.post(minutes, {**typed, "why_x:1": "Biayanya belum diketahui."}).status_code == 302
    )
    meeting.refresh_from_db()
    assert meeting.status == "closed"
    assert meeting.minutes.endswith(
        "Tidak diputuskan:\n- Jalan RT 01 diperbaiki. – Biayanya belum diketahui."
    )


def test_minutes_that_were_read_before_a_decision_came_are_not_kept_over_it(cast, client):
    """Two write at once: one reads the draft, the other records a decision, the first keeps the minutes."""
    people = village(cast)
    client.force_login(cast.facilitator)
    meeting = meet(cast, people.everybody[:7], kind="citizens", eligible=12)
    minutes = address(cast, "minutes", meeting)
    page = client.get(minutes).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    typed = {
        "text": "Rapat dibuka pukul delapan.",
        "signed_on": TODAY.isoformat(),
        "signers": "Contoh Satu",
    }
    decided = {"text": "Jalan RT 02 diperbaiki.", "outcome": "accepted", "way": "consensus"}
    client.post(address(cast, "decide", meeting), {**decided, "subject": "x:1"})
    refused = client.post(minutes, {**typed, "seen": seen})
    assert refused.status_code == 409
    shown = refused.content.decode()
    assert "Ada yang dicatat dalam rapat ini" in shown and "Jalan RT 02 diperbaiki." in shown
    assert "Rapat dibuka pukul delapan.</textarea>" in shown  # what was typed is still there
    anew = re.search(r'name="seen" value="(\w+)"', shown)[1]
    assert client.post(minutes, {**typed, "seen": anew}).status_code == 302


def test_a_reason_stays_with_its_matter_when_another_one_is_decided_meanwhile(cast, client):
    people = village(cast)
    asked = [{"subject": f"{one}:1", "text": f"Hal {one}."} for one in ("a", "b")]
    meeting = meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind="group", held_on=HELD, place="Balai", asked=asked
    )
    client.force_login(cast.facilitator)
    client.post(address(cast, "roll", meeting), {"do": "add", "person": people.everybody[:5]})
    decided = {"text": "Hal a diterima.", "outcome": "accepted", "way": "consensus"}
    client.post(address(cast, "decide", meeting), {**decided, "subject": "a:1"})
    typed = {"text": "Rapat.", "signed_on": HELD.isoformat(), "signers": "Contoh Satu"}
    why = {"why_a:1": "Ketua sakit.", "why_b:1": "Dana belum ada."}
    assert client.post(address(cast, "minutes", meeting), {**typed, **why}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes.endswith("Tidak diputuskan:\n- Hal b. – Dana belum ada.")


DECIDED = {"text": "Jalan RT 01 diperbaiki.", "outcome": "accepted", "way": "consensus"}


@pytest.fixture
def called(cast, client):
    """A meeting that was called for one matter, its roll taken; the facilitator is logged in."""
    people = village(cast)
    asked = [{"subject": "x:1", "text": DECIDED["text"]}]
    meeting = meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind="group", held_on=HELD, place="Balai", asked=asked
    )
    client.force_login(cast.facilitator)
    client.post(address(cast, "roll", meeting), {"do": "add", "person": people.everybody[:5]})
    return meeting


def text_in(page):
    return re.search(r'name="text".*?>(.*?)</textarea>', page, re.S)[1]


def test_what_is_typed_into_the_minutes_waits_while_a_missing_decision_is_recorded(
    cast, client, called
):
    minutes = address(cast, "minutes", called)
    typed = {"text": "Kata kami.", "signed_on": HELD.isoformat(), "signers": "Contoh Satu"}
    to = client.post(minutes, {**typed, "decide": "x:1"}).url
    assert to.startswith(address(cast, "decide", called) + "?subject=x%3A1&text=Jalan")
    client.post(address(cast, "decide", called), {**DECIDED, "subject": "x:1"})
    page = client.get(minutes).content.decode()
    assert (text_in(page).strip(), "Contoh Satu</textarea>" in page) == ("Kata kami.", True)
    assert DECIDED["text"] in page  # the draft as it is now stands beside it
    client.force_login(cast.chair)
    assert "Kata kami." not in client.get(minutes).content.decode()


def test_who_changed_nothing_in_the_draft_reads_it_anew_after_the_decision(cast, client, called):
    minutes = address(cast, "minutes", called)
    draft = text_in(client.get(minutes).content.decode())
    client.post(minutes, {"text": draft, "signers": "Contoh Satu", "decide": "x:1"})
    client.post(address(cast, "decide", called), {**DECIDED, "subject": "x:1"})
    page = client.get(minutes).content.decode()
    assert (DECIDED["text"] in text_in(page), "Contoh Satu</textarea>" in page) == (True, True)


def test_minutes_that_know_of_no_decision_are_not_kept_where_there_is_one(cast, client):
    people = village(cast)
    client.force_login(cast.facilitator)
    meeting = meet(cast, people.everybody[:7], kind="citizens", eligible=12)
    minutes = address(cast, "minutes", meeting)
    stale = drafting.draft(meeting)
    assert "Tidak ada keputusan yang diambil." in stale
    decided = {"text": "Jalan RT 02 diperbaiki.", "outcome": "accepted", "way": "consensus"}
    client.post(address(cast, "decide", meeting), {**decided, "subject": "x:1"})
    typed = {"text": stale, "signed_on": TODAY.isoformat(), "signers": "Contoh Satu"}
    seen = re.search(r'name="seen" value="(\w+)"', client.get(minutes).content.decode())[1]
    refused = client.post(minutes, {**typed, "seen": seen})
    assert refused.status_code == 409
    assert "Jalan RT 02 diperbaiki." in refused.content.decode()
    told = {**typed, "text": stale.replace("Tidak ada keputusan yang diambil.", "Jalan RT 02.")}
    assert client.post(minutes, {**told, "seen": seen}).status_code == 302


def test_what_is_printed_to_be_signed_is_what_was_typed(cast, client):
    people = village(cast)
    client.force_login(cast.facilitator)
    meeting = meet(cast, people.everybody[:7], kind="citizens", eligible=12)
    typed = {"text": "Ibu Contoh meminta jalan diperbaiki.", "print": "1"}
    paper = pdf_text(client.post(address(cast, "minutes", meeting), typed))
    assert "Ibu Contoh meminta jalan diperbaiki." in paper
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes) == ("held", "")
