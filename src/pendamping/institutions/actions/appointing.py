"""Bodies that are appointed: written down, decided by a meeting, seated; who leaves one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries as households
from pendamping.institutions import appointments, bodies, duties
from pendamping.institutions.models import Appointee, Appointment, Body, Seat
from pendamping.institutions.rules import appointing as rules
from pendamping.institutions.rules.bodies import leaving_seat_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "bodies"


@action
def draft_appointment(
    *,
    by: User,
    ward: str,
    kind: str,
    since: date,
    ends: date,
    name: str = "",
    whole: bool = True,
    people: Sequence[tuple[str, str]] = (),
) -> Appointment:
    """Begin to write down who shall sit in a body. ``whole``: in place of everybody in it; else beside them.

    ``name``: of a user group (KPP), of which a ward has several; every other body has none. ``people``: who
    is named already, each with an office or "".
    """
    territory.take_turn(ward, DESK)
    allow(by, "institutions.draft_appointment", ward)
    rule = duties.appointed_kinds(ward, clock.today()).get(kind)
    called = fitting(" ".join(name.split()), 80) if rule and rule.users else ""
    body = _body(ward, kind, called)
    there = body is not None and bool(bodies.seats(body, since))
    refuse_if(rules.draft_problems(rule, called, since, ends, whole, there))
    if Appointment.objects.filter(ward=ward, kind=kind, name=called, status="draft").exists():
        raise refuse(
            "institutions.appoint.open",
            "An appointment to this body is being prepared already: go on with it, or drop it.",
            where={"field": "kind"},
        )
    made = Appointment.objects.create(
        ward=ward, kind=kind, name=called, whole=whole, since=since, ends=ends,
        drafted_on=clock.today(), entered_at=clock.now(),
    )  # fmt: skip
    if rule and people:
        named = [Appointee(appointment=made, person_id=one, office=what) for one, what in people]
        refuse_if(_of_people(made, rule, named, since))
        Appointee.objects.bulk_create(named)
    record(
        by=by, ward=ward, record=f"appointment:{made.id}", on=made.drafted_on, kind=kind,
        name=called, whole=whole, people=[one for one, _office in people],
    )  # fmt: skip
    return made


@action
def name_person(
    *, by: User, ward: str, appointment_id: str, person: str, office: str = ""
) -> Appointee:
    """Name a resident, with the office they shall hold; refused at once where duties stand apart."""
    territory.take_turn(ward, DESK)
    allow(by, "institutions.name_person", ward)
    found = _draft(ward, appointment_id)
    same = households.selves([person])[person]
    if found.people.filter(person_id__in=same).exists():
        raise refuse(
            "institutions.seat.once", "This person is named already.", where={"field": "person"}
        )
    rule = _rule(ward, found.kind)
    one = _named(ward, [(person, office)], found.since)[0]
    others = [each.office for each in found.people.all() if each.office]
    taken = [*others, *_offices_kept(found)]
    body = _body(ward, found.kind, found.name)
    refuse_if([
        *rules.person_problems(one, rule, taken),
        *_sits_already(found, body, same),
        *duties.against(
            ward, [(person, one.name, _duties(found.kind, office))], found.since, found.ends, body
        ),
    ])  # fmt: skip
    made = Appointee.objects.create(appointment=found, person_id=person, office=office)
    record(
        by=by, ward=ward, record=f"appointment:{found.id}", on=clock.today(), person=person,
        office=office,
    )  # fmt: skip
    return made


@action
def unname_person(*, by: User, ward: str, appointment_id: str, person: str) -> Appointment:
    """Take somebody out of an appointment that is not carried out yet."""
    territory.take_turn(ward, DESK)
    allow(by, "institutions.unname_person", ward)
    found = _draft(ward, appointment_id)
    gone, _rows = found.people.filter(person=person).delete()
    if not gone:
        raise refuse("institutions.appoint.person", "This person is not named here.")
    record(by=by, ward=ward, record=f"appointment:{found.id}", on=clock.today(), person=person)
    return found


@action
def drop_appointment(*, by: User, ward: str, appointment_id: str) -> Appointment:
    """Give an appointment up before it is carried out; it stays readable."""
    territory.take_turn(ward, DESK)
    allow(by, "institutions.drop_appointment", ward)
    found = _draft(ward, appointment_id)
    found.status = "dropped"
    found.save(update_fields=["status"])
    record(by=by, ward=ward, record=f"appointment:{found.id}", on=clock.today(), kind=found.kind)
    return found


@action
def appoint(*, by: User, ward: str, appointment_id: str, meeting_id: str) -> Body:
    """The people named take their seats, as the meeting decided it with exactly these names.

    The term begins on the day that was written down, or on the day of the meeting where it is later.
    """
    territory.take_turn(ward, DESK)
    allow(by, "institutions.appoint", ward)
    found = _draft(ward, appointment_id)
    rule = _rule(ward, found.kind)
    meeting = meetings.meeting(ward, meeting_id) if meeting_id else None
    since = max(found.since, meeting.held_on) if meeting else found.since
    people = list(found.people.order_by("id"))
    refuse_if([
        *meetings.decided(
            ward, meeting_id, appointments.subject(found), matter=rule.matter, since=found.drafted_on
        ),
        *_problems(found, rule, people, since),
    ])  # fmt: skip
    body = _seat_all(found, people, since, meeting_id)
    found.status, found.meeting, found.body = "done", meeting_id, body
    found.save(update_fields=["status", "meeting", "body"])
    record(
        by=by, ward=ward, record=f"body:{body.id}", on=since, kind=found.kind, seats=len(people),
        ends=found.ends, appointment=found.id, meeting=meeting_id,
    )  # fmt: skip
    return body


@action
def release_seat(
    *, by: User, ward: str, seat_id: str, on: date, why: str, meeting_id: str = ""
) -> Seat:
    """Somebody leaves an appointed body. ``on``: the first day without them.

    ``meeting_id``: the meeting that dismissed them (``institutions.release_seat:<seat>``); without one they
    leave by themselves. Seats of the board are another matter: its next in line follows.
    """
    territory.take_turn(ward, DESK)
    allow(by, "institutions.release_seat", ward)
    seat = Seat.objects.select_for_update().filter(pk=seat_id, body__ward=ward).first()
    rule = duties.appointed_kinds(ward, clock.today()).get(seat.body.kind) if seat else None
    if seat is None or seat.until is not None or rule is None:
        raise refuse(
            "institutions.seat.unknown", "There is no such seat now.", where={"seat": seat_id}
        )
    dismissed = meetings.decided(
        ward, meeting_id, f"institutions.release_seat:{seat.id}", matter=rule.matter,
        since=seat.since, until=on,
    ) if meeting_id else []  # fmt: skip
    refuse_if([
        *leaving_seat_problems(on, seat.since, seat.ends, clock.today(), why), *dismissed,
    ])  # fmt: skip
    seat.until, seat.left_why = on, fitting(why, 200)
    seat.save(update_fields=["until", "left_why"])
    record(
        by=by, ward=ward, record=f"body:{seat.body_id}", on=on, seat=seat.id, why=seat.left_why,
        meeting=meeting_id,
    )  # fmt: skip
    return seat


def still_against(found: Appointment) -> list[Reason]:
    """What stands against an appointment as it is now; for its page, before the meeting."""
    people = list(found.people.order_by("id"))
    return _problems(found, _rule(found.ward, found.kind), people, found.since)


def _problems(
    found: Appointment, rule: rules.BodyRule, people: Sequence[Appointee], since: date
) -> list[Reason]:
    """Size, persons and duties apart, all at once."""
    body = _body(found.ward, found.kind, found.name)
    stay = bodies.seats(body, since) if body and not found.whole else []
    reasons = [*rules.size_problems(rule, len(people) + len(stay))]
    if body and found.whole:
        reasons += bodies.later_problems(body, since)
    elif body:
        reasons += bodies.again_problems(body, [one.person_id for one in people], since)
    if since > found.ends:
        text = N_("The term ends on {ends}, before it begins.")
        reasons.append(Reason("institutions.seat.term", text, {"ends": found.ends}))
    return [*reasons, *_of_people(found, rule, people, since)]


def _of_people(
    found: Appointment, rule: rules.BodyRule, people: Sequence[Appointee], since: date
) -> list[Reason]:
    """What stands against each of these people, beside each other and those who stay."""
    body = _body(found.ward, found.kind, found.name)
    named = _named(found.ward, [(one.person_id, one.office) for one in people], since)
    entries = households.selves([one.person for one in named])
    kept, seen = _offices_kept(found), set[str]()
    reasons: list[Reason] = []
    for one in named:
        reasons += rules.person_problems(one, rule, kept)
        reasons += _sits_already(found, body, entries[one.person])
        if seen & set(entries[one.person]):
            text = N_("{name} is named twice.")
            reasons.append(Reason("institutions.seat.once", text, {"name": one.name}))
        kept, seen = [*kept, *([one.office] if one.office else [])], seen | set(entries[one.person])
    asked = [(one.person, one.name, _duties(found.kind, one.office)) for one in named]
    return [*reasons, *duties.against(found.ward, asked, since, found.ends, body)]


def _seat_all(
    found: Appointment, people: Sequence[Appointee], since: date, meeting_id: str
) -> Body:
    body = _body(found.ward, found.kind, found.name) or Body.objects.create(
        ward=found.ward, kind=found.kind, name=found.name, formed_on=since, entered_at=clock.now()
    )
    for seat in bodies.seats(body, since) if found.whole else ():
        seat.until, seat.left_why = since, "term"
        seat.save(update_fields=["until", "left_why"])
    known = households.persons(found.ward, [one.person_id for one in people])
    Seat.objects.bulk_create([
        Seat(
            body=body, person_id=one.person_id, name=known[one.person_id].name,
            sex=known[one.person_id].sex, office=one.office or None, since=since, ends=found.ends,
            decided_by=f"appointment:{found.id}", meeting=meeting_id,
        )
        for one in people
    ])  # fmt: skip
    return body


def _named(ward: str, people: Sequence[tuple[str, str]], on: date) -> list[rules.Named]:
    ids = [person for person, _office in people]
    known = households.persons(ward, ids)
    living = households.households_at(ward, ids, min(on, clock.today()))
    return [
        rules.Named(
            person=person,
            name=known[person].name if person in known else person,
            office=office,
            resident=person in known and known[person].status == "resident" and person in living,
            age=known[person].age(on) if person in known else None,
        )
        for person, office in people
    ]


def _duties(kind: str, office: str) -> list[str]:
    return [kind, *([office] if office else [])]


def _offices_kept(found: Appointment) -> list[str]:
    """Offices that stay with those who sit in the body, where it is not filled anew."""
    body = _body(found.ward, found.kind, found.name)
    if body is None or found.whole:
        return []
    return [seat.office for seat in bodies.seats(body, found.since) if seat.office]


def _sits_already(found: Appointment, body: Body | None, same: Any) -> list[Reason]:
    if body is None or found.whole:
        return []
    return [
        Reason(
            "institutions.seat.once", "{name} has a seat already.", {"name": seat.name},
            {"field": "person", "person": seat.person_id},
        )
        for seat in bodies.seats(body, found.since)
        if seat.person_id in same
    ]  # fmt: skip


def _body(ward: str, kind: str, name: str) -> Body | None:
    return Body.objects.filter(ward=ward, kind=kind, name=name).first()


def _rule(ward: str, kind: str) -> rules.BodyRule:
    rule = duties.appointed_kinds(ward, clock.today()).get(kind)
    if rule is None:
        raise refuse("institutions.body.kind", "Choose a body that is appointed.")
    return rule


def _draft(ward: str, appointment_id: str) -> Appointment:
    found = Appointment.objects.select_for_update().filter(pk=appointment_id, ward=ward).first()
    if found is None or found.status != "draft":
        raise refuse(
            "institutions.appoint.unknown", "There is no such appointment in preparation.",
            where={"appointment": appointment_id},
        )  # fmt: skip
    return found
