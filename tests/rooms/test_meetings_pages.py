"""Pages of meetings: from the call to the signed minutes, over HTTP, and the papers."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.households import queries as residents
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.meetings import queries
from pendamping.trail import queries as trail
from tests.gatherings import HELD, TODAY, decide, meet, sign, village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def address(cast, name, meeting=None):
    kwargs = {"ward": cast.ward, **({"meeting": meeting.id} if meeting else {})}
    return reverse(f"meetings:{name}", kwargs=kwargs)


def pdf_text(response):
    assert response["Content-Type"] == "application/pdf"
    return "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def test_a_meeting_goes_from_the_call_to_signed_minutes(cast, client):
    people = village(cast)
    client.force_login(cast.facilitator)
    client.post(
        address(cast, "call"),
        {
            "kind": "citizens", "held_on": "2004-01-29", "place": "Balai RW", "level": "kelurahan",
            "rw": "", "rt": "", "agenda": "Pembukaan\nPengesahan", "follows": "",
        },
    )  # fmt: skip
    meeting = queries.meetings(cast.ward)[0]
    ticked = people.everybody[:7]
    client.post(address(cast, "roll", meeting), {"do": "add", "person": ticked})
    client.post(address(cast, "roll", meeting), {"do": "eligible", "eligible": "12"})
    client.post(
        address(cast, "roll", meeting),
        {"do": "visitor", "visitor-name": "Tamu", "visitor-sex": "L", "visitor-guest": "on"},
    )
    client.post(
        address(cast, "decide", meeting),
        {"text": "Disahkan", "outcome": "accepted", "way": "consensus", "subject": "x:1"},
    )
    drafted = client.get(address(cast, "minutes", meeting)).content.decode()
    assert "Pengesahan" in drafted
    assert "Disahkan" in drafted
    client.post(
        address(cast, "minutes", meeting),
        {"text": "Berita acara", "signed_on": "2004-01-30", "signers": "Satu\nDua\n"},
    )
    found = queries.meeting(cast.ward, meeting.id)
    assert (found.status, found.attended, found.guests) == ("closed", 8, 1)
    assert found.signers == ["Satu", "Dua"]
    assert queries.decided(cast.ward, meeting.id, "x:1", matter="poor_list") == []
    assert "Berita acara" in client.get(address(cast, "meeting", meeting)).content.decode()


def test_a_meeting_of_an_rw_is_called_where_people_live(cast, client):
    village(cast)
    client.force_login(cast.facilitator)
    typed = {"kind": "neighbourhood", "held_on": "2004-01-29", "place": "Balai", "level": "RW",
             "rw": "99", "rt": "", "agenda": "", "follows": ""}  # fmt: skip
    assert client.post(address(cast, "call"), typed).status_code == 422
    assert client.post(address(cast, "call"), {**typed, "rw": "01"}).status_code == 302
    assert [meeting.rw for meeting in queries.meetings(cast.ward)] == ["01"]


def test_the_roll_of_a_meeting_to_come_is_printed_but_not_taken(cast, client):
    people = village(cast)
    client.force_login(cast.facilitator)
    coming = TODAY + timedelta(days=5)
    answer = client.post(
        address(cast, "call"),
        {"kind": "citizens", "held_on": coming.isoformat(), "place": "Balai", "level": "kelurahan",
         "rw": "", "rt": "", "agenda": "", "follows": ""},
        follow=True,
    )  # fmt: skip
    page = answer.content.decode()
    meeting = queries.meetings(cast.ward)[0]
    assert "daftar hadirnya dapat diisi" not in page
    assert "15 Februari 2004" in page
    assert address(cast, "roll_pdf", meeting) in page
    assert f'href="{address(cast, "roll", meeting)}"' not in page
    for name in ("roll", "heads"):
        shown = client.get(address(cast, name, meeting), {"place": "01/01"}).content.decode()
        assert "belum berlangsung" in shown
        assert '<form method="post"' not in shown.split("<main")[1].split("</main")[0]
    early = client.post(
        address(cast, "roll", meeting), {"do": "add", "person": people.everybody[:1]}
    )
    assert early.status_code == 409
    assert "15 Februari 2004" in early.content.decode()


def test_rts_that_sent_nobody_are_named_by_rw_on_the_page_and_in_the_minutes(cast, client):
    people = village(cast)
    meeting = meet(cast, people.poor_people[1::2], kind="citizens", eligible=4)
    client.force_login(cast.facilitator)
    said = "Tidak ada yang datang dari: RW 01 (RT 01)"
    assert said in client.get(address(cast, "meeting", meeting)).content.decode()
    printed = " ".join(pdf_text(client.get(address(cast, "minutes_pdf", meeting))).split())
    assert said in printed
    assert "missing" not in printed


def test_the_door_finds_people_by_name_and_by_rt_and_marks_who_is_there(cast, client):
    people = village(cast)
    meeting = meet(cast, people.poor_people[:1])
    client.force_login(cast.cadre)
    by_name = client.get(address(cast, "search", meeting), {"q": "rekaan qaa"}).content.decode()
    assert by_name.count('<input type="checkbox"') == 1
    assert "checked disabled" in by_name
    by_rt = client.get(address(cast, "search", meeting), {"place": "01/02"}).content.decode()
    assert by_rt.count('<input type="checkbox"') == 5
    nobody = client.get(address(cast, "search", meeting), {"q": "zzz"}).content.decode()
    assert "<input" not in nobody


def test_somebody_is_taken_off_the_roll(cast, client):
    people = village(cast)
    meeting = meet(cast, people.poor_people[:2])
    client.force_login(cast.cadre)
    client.post(
        address(cast, "roll", meeting), {"do": "remove", "row": queries.roll(meeting.id)[0].id}
    )
    assert queries.persons_on_roll(meeting.id) == {people.poor_people[1]}


def test_a_page_from_before_takes_nobody_else_off_the_roll(cast, client):
    people = village(cast)
    meeting = meet(cast, people.poor_people[:4])
    first, second, third, last = queries.roll(meeting.id)
    client.force_login(cast.cadre)
    page = address(cast, "roll", meeting)
    assert client.post(page, {"do": "remove", "row": first.id}).status_code == 302
    again = client.post(page, {"do": "remove", "row": first.id})
    assert again.status_code == 409
    assert "sudah tidak ada di daftar hadir" in again.content.decode()
    assert client.post(page, {"do": "remove", "row": third.id}).status_code == 302
    came = [people.everybody[9], people.poor_people[1]]
    refused = client.post(f"{page}?place=01/02", {"do": "add", "person": came}).content.decode()
    assert f'value="{came[0]}" checked><' in refused
    client.post(page, {"do": "add", "person": came[:1]})
    assert [one.id for one in queries.roll(meeting.id)[:2]] == [second.id, last.id]
    assert queries.persons_on_roll(meeting.id) == {second.person_id, last.person_id, came[0]}


def test_a_head_count_stands_when_it_is_said_how_many_may_decide(cast, client):
    village(cast)
    count = {"total": 9, "women": 4, "poor": 3, "guests": 1}
    meeting = meet(cast, [], kind="citizens", head_count=count)
    client.force_login(cast.facilitator)
    client.post(address(cast, "roll", meeting), {"do": "eligible", "eligible": "12"})
    found = queries.meeting(cast.ward, meeting.id)
    assert (found.counted_by, found.attended, found.attended_women, found.attended_poor) == (
        "heads", 9, 4, 3,
    )  # fmt: skip
    assert (found.guests, found.eligible) == (1, 12)


def test_the_people_of_the_rt_that_meets_stand_at_its_door_at_once(cast, client):
    people = village(cast)
    [one] = residents.persons(cast.ward, people.everybody[:1]).values()
    client.force_login(cast.facilitator)
    asked = client.get(address(cast, "call"), {"kind": "neighbourhood"}).content.decode()
    assert '<option value="RT" selected>' in asked
    typed = {"kind": "neighbourhood", "held_on": str(HELD), "place": "Balai", "level": "RT",
             "rw": one.rw, "rt": one.rt, "agenda": "", "follows": ""}  # fmt: skip
    client.post(address(cast, "call"), typed)
    [meeting] = queries.meetings(cast.ward)
    shown = client.get(address(cast, "roll", meeting)).content.decode()
    assert one.name in shown
    assert 'name="eligible" value="0"' not in shown


def test_the_roll_asks_how_many_may_decide_where_the_quorum_waits_for_it(cast, client):
    people = village(cast)
    meeting = meet(cast, people.everybody[:6], kind="citizens")
    client.force_login(cast.facilitator)
    waiting = client.get(address(cast, "roll", meeting)).content.decode()
    assert waiting.index('name="eligible"') < waiting.index('role="search"')
    assert "missing" not in waiting
    client.post(address(cast, "roll", meeting), {"do": "eligible", "eligible": "12"})
    known = client.get(address(cast, "roll", meeting)).content.decode()
    assert known.index('name="eligible"') > known.index('role="search"')


def test_where_only_the_number_of_those_entitled_is_missing_the_page_asks_for_it(cast, client):
    people = village(cast)
    meeting = meet(cast, people.everybody[:6], kind="citizens")
    client.force_login(cast.facilitator)
    shown = client.get(address(cast, "meeting", meeting)).content.decode()
    assert "Isi dahulu jumlah yang berhak" in shown
    assert f'href="{address(cast, "roll", meeting)}#eligible"' in shown
    assert "tidak berhak memutuskan" not in shown
    assert f"follows={meeting.id}" not in shown
    assert meeting.id not in client.get(address(cast, "call")).content.decode()
    assert "diundangkan" not in shown.lower()
    client.post(address(cast, "roll", meeting), {"do": "eligible", "eligible": "100"})
    few = client.get(address(cast, "meeting", meeting)).content.decode()
    assert "Isi dahulu jumlah yang berhak" not in few
    assert f"follows={meeting.id}" in few


def test_the_quorum_says_in_indonesian_which_rt_is_missing(cast, client):
    people = village(cast)
    meeting = meet(cast, [people.everybody[0]], kind="citizens", eligible=12)
    client.force_login(cast.facilitator)
    shown = client.get(address(cast, "meeting", meeting)).content.decode()
    assert "Tidak ada yang datang dari: RW 01 (RT 02)" in shown


def test_a_wrong_head_count_keeps_what_was_typed_and_a_right_one_stands(cast, client):
    village(cast)
    meeting = meet(cast, [])
    client.force_login(cast.facilitator)
    typed = {"total": "40", "women": "50", "poor": "30", "guests": "", "eligible": "40"}
    wrong = client.post(address(cast, "heads", meeting), typed)
    assert wrong.status_code == 409
    assert 'value="50"' in wrong.content.decode()
    assert (
        "Perempuan tidak mungkin 50, karena yang hadir dan berhak memutuskan 40"
        in wrong.content.decode()
    )
    assert client.post(address(cast, "heads", meeting), {"total": "x"}).status_code == 422
    client.post(address(cast, "heads", meeting), {**typed, "women": "25"})
    assert queries.meeting(cast.ward, meeting.id).attended_women == 25


def test_a_meeting_without_quorum_says_which_rule_failed_and_offers_the_second(cast, client):
    people = village(cast)
    meeting = meet(cast, people.everybody[:1], kind="citizens", eligible=20)
    client.force_login(cast.facilitator)
    shown = client.get(address(cast, "meeting", meeting)).content.decode()
    assert "1/20" in shown
    assert f"follows={meeting.id}" in shown
    refused = client.post(
        address(cast, "decide", meeting),
        {"text": "Tetap disahkan", "outcome": "accepted", "way": "consensus"},
    )
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "/guidelines/section/meetings/#meetings.p2kp2.citizens" in page
    assert "quorum.present_percent" not in page
    assert "Tetap disahkan" in refused.content.decode()


def test_names_on_the_roll_are_only_for_those_who_may_read_the_census(cast, client):
    people = village(cast)
    meeting = meet(cast, people.poor_people)
    name = residents.person(cast.ward, people.poor_people[0]).name
    for who, sees in (
        ("facilitator", True),
        ("treasurer", True),
        ("lead", False),
        ("officer", False),
    ):
        client.force_login(getattr(cast, who))
        shown = client.get(address(cast, "meeting", meeting)).content.decode()
        assert (name in shown) == sees, who


def test_the_roll_is_printed_empty_before_and_with_names_after(cast, client):
    people = village(cast)
    client.force_login(cast.facilitator)
    client.post(
        address(cast, "call"),
        {"kind": "citizens", "held_on": str(TODAY + timedelta(days=3)), "place": "Balai",
         "level": "kelurahan", "agenda": "Pembukaan", "follows": ""},
    )  # fmt: skip
    called = queries.meetings(cast.ward)[0]
    assert "Pembukaan" in pdf_text(client.get(address(cast, "roll_pdf", called)))
    meeting = meet(cast, people.poor_people)
    assert "Warga Rekaan Qaa" in pdf_text(client.get(address(cast, "roll_pdf", meeting)))
    draft = pdf_text(client.get(address(cast, "minutes_pdf", meeting)))
    signed = decide(cast, meeting, "x")
    final = pdf_text(client.get(address(cast, "minutes_pdf", signed)))
    assert "Contoh Satu" in final
    assert "Contoh Satu" not in draft
    number, digits = trail.short_seal(cast.ward)
    assert f"{number}:{digits}" in final.replace(" ", "")


def test_the_list_filters_by_kind_and_pages(cast, client, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    people = village(cast)
    for number in range(3):
        meet(cast, people.poor_people, on=HELD + timedelta(days=number))
    sign(cast, meet(cast, people.poor_people, kind="board", eligible=9, on=date(2004, 1, 2)))
    client.force_login(cast.lead)
    first = client.get(address(cast, "list")).content.decode()
    assert first.count('class="row-link"') == 2
    assert "before=" in first
    rows, mark = queries.page_of(cast.ward)
    again, none = queries.page_of(cast.ward, before=mark)
    assert [each.held_on for each in rows + again] == sorted(
        (each.held_on for each in rows + again), reverse=True
    )
    assert (len(rows), len(again), none) == (2, 2, "")
    only, _ = queries.page_of(cast.ward, kind="board")
    assert [each.kind for each in only] == ["board"]


@pytest.mark.parametrize("name", ["meeting", "roll", "heads", "decide", "minutes", "minutes_pdf"])
def test_a_meeting_that_is_not_there_is_not_found(cast, client, name):
    client.force_login(cast.facilitator)
    path = reverse(f"meetings:{name}", kwargs={"ward": cast.ward, "meeting": "nothing"})
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "forbidden"),
    [
        ("call", ["treasurer", "officer", "verifier", "lead", "stranger"]),
        ("roll", ["treasurer", "officer", "verifier", "lead", "stranger"]),
        ("decide", ["cadre", "treasurer", "lead", "stranger"]),
        ("minutes", ["cadre", "treasurer", "lead", "stranger"]),
        ("list", ["stranger"]),
    ],
)
def test_pages_are_closed_to_those_who_may_not(cast, client, name, forbidden):
    meeting = None if name in {"call", "list"} else meet(cast, village(cast).poor_people)
    for who in forbidden:
        client.force_login(getattr(cast, who))
        assert client.get(address(cast, name, meeting)).status_code == 403, who


def test_the_minutes_say_who_was_present_number_the_decisions_and_name_the_signers(cast, client):
    people = village(cast)
    meeting = decide(cast, meet(cast, people.poor_people), "x")
    client.force_login(cast.facilitator)
    printed = " ".join(pdf_text(client.get(address(cast, "minutes_pdf", meeting))).split())
    women = meeting.attended_women
    assert "Yang hadir Hadir Perempuan Laki-laki Di antaranya miskin Tamu" in printed
    assert f"6 {women} {6 - women} 6 0" in printed
    assert "Keputusan 1. Disepakati (diterima, secara mufakat)" in printed
    assert printed.index("Ditandatangani oleh") < printed.index("Contoh Satu")


def test_a_decision_waits_for_the_roll_and_what_the_meeting_was_called_for_stands_chosen(
    cast, client
):
    people = village(cast)
    matter = {"subject": "x:1", "text": "Jalan RT 01 diperbaiki"}
    meeting = meetings.call_meeting(
        by=cast.facilitator,
        ward=cast.ward,
        kind="group",
        held_on=HELD,
        place="Balai",
        asked=[matter],
    )
    client.force_login(cast.facilitator)
    early = client.get(address(cast, "decide", meeting)).content.decode()
    assert "Daftar hadir dulu, baru keputusan" in early
    assert 'name="outcome"' not in early
    client.post(address(cast, "roll", meeting), {"do": "add", "person": people.everybody[:5]})
    page = client.get(address(cast, "decide", meeting)).content.decode()
    assert '<option value="x:1" selected>' in page
    minutes = address(cast, "minutes", meeting)
    assert "keputusannya belum dicatat" in client.get(minutes).content.decode()
    decided = {"subject": "x:1", "text": matter["text"], "outcome": "accepted", "way": "consensus"}
    client.post(address(cast, "decide", meeting), decided)
    assert queries.decisions(meeting.id)
    assert "keputusannya belum dicatat" not in client.get(minutes).content.decode()
