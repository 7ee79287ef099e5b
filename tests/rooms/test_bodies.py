"""Units, secretariat, supervisors, committees, user groups: named, decided, seated; duties kept apart."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.desk import board as desk
from pendamping.desk import matters
from pendamping.desk.labels import words
from pendamping.elections import actions as elections
from pendamping.elections import facts
from pendamping.elections import queries as read
from pendamping.institutions import actions, appointments, queries
from pendamping.institutions.models import Appointee, Appointment, BodyPaper, Seat
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import queries as meetings
from pendamping.trail.writing import migrating
from tests.cast import WARD
from tests.electing import TERM, board, hamlet, seated
from tests.gatherings import decide, meet
from tests.staging import staged

pytestmark = pytest.mark.django_db
DAY, ENDS = date(2004, 3, 10), date(2005, 3, 9)


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(DAY):
        yield


@staged(at=DAY)
def village(cast):
    """A hamlet with its board of nine; eleven people of it sit nowhere."""
    people = hamlet(cast)
    delegates = [people[rt][place] for place in range(3) for rt in range(4)]
    seated(cast, people, dict(zip(delegates, (9, 7, 4, 3, 3, 3, 2, 2, 2, 1), strict=False)))
    sitting = set(board(cast))
    cast.board = board(cast)
    cast.free = [one for rt in people for one in rt if one not in sitting]
    return cast


def draft(cast, kind="upk", **changes):
    told = {"since": DAY, "ends": ENDS, **changes}
    return actions.draft_appointment(by=cast.chair, ward=WARD, kind=kind, **told)


def name(cast, found, person, office=""):
    return actions.name_person(
        by=cast.chair, ward=WARD, appointment_id=found.id, person=person, office=office
    )


def decided(cast, found):
    """The board's meeting decides on the names as they are now; its id."""
    met = meet(cast, cast.board, kind="board", on=DAY, eligible=len(cast.board))
    return decide(cast, met, appointments.subject(found)).id


def seat(cast, kind, *people, **changes):
    found = draft(cast, kind, **changes)
    for person, office in people:
        name(cast, found, person, office)
    return actions.appoint(
        by=cast.chair, ward=WARD, appointment_id=found.id, meeting_id=decided(cast, found)
    )


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_a_unit_is_named_decided_and_seated_and_its_history_stays(village):
    cast = village
    manager, cashier, keeper, later = cast.free[:4]
    first = seat(cast, "upk", (manager, "manager"), (cashier, "cashier"), (keeper, "bookkeeper"))
    sitting = queries.seats(first, DAY)
    assert {(one.person_id, one.office) for one in sitting} == {
        (manager, "manager"), (cashier, "cashier"), (keeper, "bookkeeper"),
    }  # fmt: skip
    actions.release_seat(
        by=cast.chair, ward=WARD, seat_id=next(s.id for s in sitting if s.person_id == cashier),
        on=DAY, why="Pindah kerja",
    )  # fmt: skip
    again = seat(cast, "upk", (later, "cashier"), whole=False)
    assert again.id == first.id
    assert {one.person_id for one in queries.seats(first, DAY)} == {manager, later, keeper}
    gone = next(one for one in queries.all_seats(first) if one.person_id == cashier)
    assert (gone.until, gone.left_why) == (DAY, "Pindah kerja")
    assert queries.check(WARD) == []


def test_a_meeting_decides_on_exactly_the_names_that_stood_there(village):
    cast = village
    found = draft(cast)
    for person in cast.free[:2]:
        name(cast, found, person)
    offered = [one.subject for one in matters.waiting(WARD, DAY)]
    assert appointments.subject(found) in offered
    meeting = decided(cast, found)
    name(cast, found, cast.free[2])
    with pytest.raises(Refusal) as refused:
        actions.appoint(by=cast.chair, ward=WARD, appointment_id=found.id, meeting_id=meeting)
    assert clauses(refused) == ["meetings.decided.subject"]
    actions.unname_person(by=cast.chair, ward=WARD, appointment_id=found.id, person=cast.free[2])
    actions.appoint(by=cast.chair, ward=WARD, appointment_id=found.id, meeting_id=meeting)
    with migrating(), pytest.raises(DatabaseError), transaction.atomic():
        Appointee.objects.filter(appointment=found).update(office="manager")
    with migrating(), pytest.raises(DatabaseError), transaction.atomic():
        Appointment.objects.filter(pk=found.id).update(meeting="x")
    with migrating(), pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.filter(decided_by=f"appointment:{found.id}").update(office="cashier")


def test_nobody_sits_on_two_sides_wherever_the_second_duty_is_given(village):
    cast = village
    upk = draft(cast)
    with pytest.raises(Refusal) as refused:
        name(cast, upk, cast.board[0], "manager")
    assert clauses(refused) == ["separation.p2kp2.board_not_unit"]
    assert "BKM" in refused.value.reasons[0].say(str)
    seat(
        cast, "supervisors", (cast.free[0], "chair"), (cast.board[0], "")
    )  # the board may supervise
    with pytest.raises(Refusal) as refused:
        name(cast, upk, cast.free[0])
    assert clauses(refused) == ["separation.p2kp2.supervisor_not_unit"]
    for person in cast.free[1:3]:
        name(cast, upk, person)
    secretariat = seat(cast, "secretariat", (cast.free[2], "secretary"))
    with pytest.raises(Refusal) as refused:  # between naming and seating a second duty came
        actions.appoint(
            by=cast.chair, ward=WARD, appointment_id=upk.id, meeting_id=decided(cast, upk)
        )
    assert clauses(refused) == ["separation.p2kp2.secretariat_not_unit"]
    [only] = queries.seats(secretariat, DAY)
    actions.release_seat(by=cast.chair, ward=WARD, seat_id=only.id, on=DAY, why="Ke UPK")
    actions.appoint(by=cast.chair, ward=WARD, appointment_id=upk.id, meeting_id=decided(cast, upk))


def test_an_elected_officer_of_a_unit_lays_it_down_before_the_board(village):
    """The next in line of the board sits in a unit by then: the seat is not given to both."""
    cast = village
    [heir] = facts.next_in_line(read.elections(WARD)[0])
    unit = seat(cast, "upl", (heir, "manager"))
    gone = read.board(WARD, DAY)[0]
    told = {"by": cast.facilitator, "ward": WARD, "seat_id": gone.seat, "on": DAY, "why": "Pindah"}
    with pytest.raises(Refusal) as refused:
        elections.replace_member(**told)
    assert clauses(refused) == ["separation.p2kp2.board_not_unit"]
    [only] = queries.seats(unit, DAY)
    actions.release_seat(by=cast.chair, ward=WARD, seat_id=only.id, on=DAY, why="Menjadi BKM")
    elections.replace_member(**told)
    assert heir in board(cast, on=DAY)


def test_who_was_dismissed_was_dismissed_by_a_meeting(village):
    cast = village
    unit = seat(cast, "ups", (cast.free[0], "manager"))
    [only] = queries.seats(unit, DAY)
    told = {"by": cast.chair, "ward": WARD, "seat_id": only.id, "on": DAY, "why": "Lalai"}
    other = meet(cast, cast.board, kind="board", on=DAY, eligible=len(cast.board))
    with pytest.raises(Refusal) as refused:
        actions.release_seat(**told, meeting_id=decide(cast, other, "meetings.other").id)
    assert clauses(refused) == ["meetings.decided.subject"]
    met = meet(cast, cast.board, kind="board", on=DAY, eligible=len(cast.board))
    meeting = decide(cast, met, f"institutions.release_seat:{only.id}").id
    assert actions.release_seat(**told, meeting_id=meeting).until == DAY
    gone = read.board(WARD, DAY)[0]
    with pytest.raises(Refusal) as refused:  # a seat of the board is left on its own page
        actions.release_seat(**{**told, "seat_id": gone.seat})
    assert clauses(refused) == ["institutions.seat.unknown"]


def test_a_ward_has_one_unit_and_several_user_groups_each_with_a_name(village):
    cast = village
    with pytest.raises(Refusal) as refused:
        draft(cast, "kpp")
    assert clauses(refused) == ["bodies.p2kp2.kpp"]
    for number, called in enumerate(("KPP Gang Satu", "KPP  Gang Dua")):
        person = cast.free[number]
        seat(cast, "kpp", (person, "chair"), name=called)
    found = [one for one in queries.bodies(WARD) if one.kind == "kpp"]
    assert [one.name for one in found] == ["KPP Gang Satu", "KPP Gang Dua"]
    draft(cast, "upk")
    with pytest.raises(Refusal) as refused:
        draft(cast, "upk")
    assert clauses(refused) == ["institutions.appoint.open"]
    with pytest.raises(Refusal) as refused:
        draft(cast, "bkm")
    assert clauses(refused) == ["institutions.body.kind"]


def test_decrees_terms_and_appointments_in_preparation_stand_on_the_desk(village):
    cast = village
    unit = seat(cast, "upl", (cast.free[0], "manager"))
    actions.record_paper(
        by=cast.secretary, ward=WARD, body_id=unit.id, paper="decree", number="7", issued_on=DAY,
        issued_by="Lurah", expires_on=date(2004, 12, 31),
    )  # fmt: skip

    def tasks(on, who=lambda permission: True):
        return {task.kind: task for task in desk.tasks(WARD, on, who)}

    assert "body_paper" not in tasks(date(2004, 10, 1))
    soon = tasks(date(2004, 10, 2))["body_paper"]
    assert (soon.due, soon.parts) == (date(2004, 12, 31), {"body": unit.id})
    assert "UPL" in words(soon)["what"]
    assert "body_term" not in tasks(date(2004, 12, 8))
    ending = tasks(date(2004, 12, 9))["body_term"]
    assert (ending.due, ending.query) == (ENDS, "kind=upl")
    found = draft(cast, "upl", since=ENDS, ends=date(2006, 3, 9))
    later = tasks(date(2004, 12, 9))
    assert "body_term" not in later and later["appointment"].parts == {"appointment": found.id}
    assert tasks(date(2004, 12, 9), lambda permission: False) == {}


def test_two_whole_bodies_never_sit_at_once(village):
    later = date(2004, 6, 1)
    seat(village, "upk", *_unit(village.free[:3]), since=later)
    with pytest.raises(Refusal) as refused:
        seat(village, "upk", *_unit(village.free[3:6]), since=DAY)
    assert clauses(refused) == ["institutions.seat.later"]
    assert Seat.objects.filter(body__kind="upk").count() == 3


def test_a_second_whole_body_or_the_same_person_does_not_begin_on_the_same_day(village):
    cast = village
    manager, cashier, keeper, other = cast.free[:4]
    first = seat(cast, "upk", *_unit([manager, cashier, keeper]))
    with pytest.raises(Refusal) as refused:
        seat(cast, "upk", *_unit([manager, other, keeper]))
    assert clauses(refused) == ["institutions.seat.later"]
    waits = Appointment.objects.get(status="draft")
    actions.drop_appointment(by=cast.chair, ward=WARD, appointment_id=waits.id)
    gone = next(one for one in queries.seats(first, DAY) if one.person_id == cashier)
    actions.release_seat(by=cast.chair, ward=WARD, seat_id=gone.id, on=DAY, why="Pindah kerja")
    with pytest.raises(Refusal) as refused:
        seat(cast, "upk", (cashier, "cashier"), whole=False)
    assert clauses(refused) == ["institutions.seat.once"]
    assert Seat.objects.filter(body=first).count() == 3


def _unit(people):
    return list(zip(people, ("manager", "cashier", "bookkeeper"), strict=True))


def test_where_the_term_of_all_is_over_nobody_decides_as_the_board(village):
    late = date(2010, 1, 10)
    with clock.at(late), pytest.raises(Refusal) as refused:
        meet(village, village.free[:5], kind="board", on=late, eligible=9)
    assert clauses(refused) == ["meetings.term"]
    before = date(2003, 12, 20)  # nobody had sat in it yet
    with clock.at(before):
        assert meet(village, village.free[:5], kind="board", on=before, eligible=9).attended == 5


def test_who_may_not_is_refused_everything(village):
    cast = village
    found = draft(cast)
    for who in (cast.treasurer, cast.officer, cast.verifier, cast.lead, cast.stranger):
        for act, told in (
            (actions.draft_appointment, {"kind": "upl", "since": DAY, "ends": ENDS}),
            (actions.name_person, {"appointment_id": found.id, "person": cast.free[0]}),
            (actions.unname_person, {"appointment_id": found.id, "person": cast.free[0]}),
            (actions.drop_appointment, {"appointment_id": found.id}),
            (actions.appoint, {"appointment_id": found.id, "meeting_id": ""}),
            (actions.release_seat, {"seat_id": "x", "on": DAY, "why": "x"}),
        ):
            with pytest.raises(Refusal) as refused:
                act(by=who, ward=WARD, **told)
            assert clauses(refused) == ["access.permission"], act.verb


def leaves_once(cast, client):
    here = {"ward": WARD}
    left = Seat.objects.get(body__kind="upk", person=cast.free[1])
    client.force_login(cast.chair)
    goes = {"on": "2004-03-10", "why": "pindah kota", "meeting_id": "", "request_id": new_id()}
    where = reverse("institutions:release", kwargs={**here, "seat": left.id})
    assert [client.post(where, goes).status_code for _ in range(2)] == [302, 302]
    assert client.post(where, {**goes, "why": "lain"}).status_code == 409
    assert client.get(where).status_code == 404  # nobody sits there any more


def test_the_pages_lead_from_an_empty_list_to_a_seated_unit(village, client):
    cast = village
    client.force_login(cast.chair)
    here = {"ward": WARD}
    start = client.get(reverse("institutions:bodies", kwargs=here)).content.decode()
    assert "belum dibentuk" in start and reverse("institutions:draft", kwargs=here) in start
    form = client.get(reverse("institutions:draft", kwargs=here)).content.decode()
    assert "Jabatan yang tidak boleh dirangkap" in form and "pengurus KSM" in form
    typed = {"kind": "upk", "whole": "whole", "since": "2004-03-10", "ends": "2005-03-09"}
    typed["request_id"] = new_id()
    sent = [client.post(reverse("institutions:draft", kwargs=here), typed) for _ in range(2)]
    page = sent[0]["Location"]
    assert page == sent[1]["Location"]
    [found] = appointments.drafts(WARD)
    for person, office in (
        (cast.board[0], "manager"),
        (cast.free[0], "manager"),
        (cast.free[1], ""),
    ):
        asked = f"{page}name/?q=Warga"
        answer = client.post(asked, {"person": person, "office": office})
        assert answer.status_code == (409 if person == cast.board[0] else 302)
    shown = client.get(page).content.decode()
    assert "Manajer" in shown and "BKM" in shown
    client.post(f"{page}take-out/", {"out": cast.free[1]})
    assert "paling sedikit beranggota 2" in client.get(page).content.decode()
    client.post(f"{page}name/?q=Warga", {"person": cast.free[1], "office": "cashier"})
    meeting = decided(cast, found)
    assert meetings.meeting(WARD, meeting)
    done = client.post(f"{page}seats/", {"meeting_id": meeting})
    assert done.status_code == 302
    unit = client.get(done["Location"]).content.decode()
    assert "Kasir" in unit and "Pemegang buku" in unit  # held, and open
    paper = {"paper": "decree", "number": "7", "issued_on": "2004-03-10", "issued_by": "Lurah",
             "expires_on": "2004-04-01", "request_id": new_id()}  # fmt: skip
    client.force_login(cast.facilitator)
    where = f"{done['Location']}paper/"
    assert 'name="request_id"' in client.get(where).content.decode()
    assert [client.post(where, paper).status_code for _ in range(2)] == [302, 302]
    assert client.post(where, {**paper, "number": "8"}).status_code == 409
    assert [one.number for one in BodyPaper.objects.all()] == ["7"]
    assert "akan habis" in client.get(done["Location"]).content.decode()
    assert client.get(reverse("institutions:bodies_pdf", kwargs=here)).content.startswith(b"%PDF")
    leaves_once(cast, client)
    assert TERM <= DAY
