"""Seats of a body and the papers on which it stands."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries as households
from pendamping.institutions import bodies, duties
from pendamping.institutions.models import Body, BodyPaper, Seat
from pendamping.institutions.rules import bodies as rules
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def seat_members(
    *,
    by: User,
    ward: str,
    kind: str,
    persons: Sequence[str],
    since: date,
    ends: date,
    decided_by: str,
    meeting_id: str,
) -> list[Seat]:
    """A whole body takes its seats for a term; whoever sat before leaves on the day before.

    ``decided_by``: the record of a higher room that chose them, as text.
    """
    body = _lock(ward, kind, since)
    allow(by, "institutions.seat_members", ward)
    sitters = _sitters(ward, persons, since)
    refuse_if([
        *rules.seating_problems(sitters, (), since, ends),
        *bodies.later_problems(body, since),
        *duties.against(ward, [(one.person, one.name, [kind]) for one in sitters], since, ends, body),
    ])  # fmt: skip
    for seat in bodies.seats(body, since):
        seat.until, seat.left_why = since, "term"
        seat.save(update_fields=["until", "left_why"])
    made = [_seat(body, one, since, ends, decided_by, meeting_id) for one in sitters]
    record(
        by=by, ward=ward, record=f"body:{body.id}", on=since, kind=kind, seats=len(made),
        women=sum(one.sex == "P" for one in sitters), ends=ends, decided_by=decided_by,
    )  # fmt: skip
    return made


@action
def add_seat(
    *,
    by: User,
    ward: str,
    kind: str,
    person: str,
    after: str,
    since: date,
    decided_by: str,
    meeting_id: str = "",
) -> Seat:
    """Somebody takes over a seat that has fallen free, for the rest of its term. ``after``: that seat."""
    body = _lock(ward, kind, since)
    allow(by, "institutions.add_seat", ward)
    free = body.seats.filter(pk=after, until__isnull=False).first()
    if free is None or Seat.objects.filter(after=free).exists() or since < free.until:
        raise refuse(
            "institutions.seat.free",
            "This seat is not free on that day.",
            where={"seat": after},
        )
    sitters = _sitters(ward, [person], since)
    sitting = households.every_id(seat.person_id for seat in bodies.seats(body, since))
    refuse_if([
        *rules.seating_problems(sitters, sitting, since, free.ends),
        *bodies.again_problems(body, [person], since),
        *duties.against(
            ward, [(one.person, one.name, [kind]) for one in sitters], since, free.ends, body
        ),
    ])  # fmt: skip
    made = _seat(body, sitters[0], since, free.ends, decided_by, meeting_id, free)
    record(
        by=by, ward=ward, record=f"body:{body.id}", on=since, person=person, after=after,
        decided_by=decided_by,
    )  # fmt: skip
    return made


@action
def end_seat(*, by: User, ward: str, seat_id: str, on: date, why: str) -> Seat:
    """A member leaves before the end of the term, and why. ``on``: the first day without them."""
    allow(by, "institutions.end_seat", ward)
    seat = _seat_of(ward, seat_id)
    refuse_if(rules.leaving_seat_problems(on, seat.since, seat.ends, clock.today(), why))
    seat.until, seat.left_why = on, fitting(why, 200)
    seat.save(update_fields=["until", "left_why"])
    record(by=by, ward=ward, record=f"body:{seat.body_id}", on=on, seat=seat.id, why=seat.left_why)
    return seat


@action
def give_role(*, by: User, ward: str, seat_id: str, role: str, meeting_id: str) -> Seat:
    """The board's own meeting makes a member its coordinator; there is one at a time.

    ``meeting_id``: the meeting that decided ``institutions.give_role:<seat id>``.
    """
    allow(by, "institutions.give_role", ward)
    seat = _seat_of(ward, seat_id)
    if role not in rules.ROLES:
        raise refuse("institutions.seat.role", "There is no such role.", where={"field": "role"})
    refuse_if(
        meetings.decided(
            ward,
            meeting_id,
            f"institutions.give_role:{seat.id}",
            matter="coordinator",
            since=seat.since,
        )
    )
    if role == "coordinator":
        seat.body.seats.filter(role=role, until__isnull=True).update(role="member")
    seat.role = role
    seat.save(update_fields=["role"])
    record(
        by=by, ward=ward, record=f"body:{seat.body_id}", on=clock.today(), seat=seat.id, role=role,
        meeting=meeting_id,
    )  # fmt: skip
    return seat


@action
def record_paper(
    *,
    by: User,
    ward: str,
    body_id: str,
    paper: str,
    number: str,
    issued_on: date,
    issued_by: str,
    expires_on: date | None = None,
) -> BodyPaper:
    """A paper of a body: its charter, deed, decree or account (``paper``).

    ``body_id``: its id, or its kind (``"bkm"``) where a ward has one of that kind.
    """
    territory.take_turn(ward, "bodies")
    allow(by, "institutions.record_paper", ward)
    body = bodies.one_body(ward, body_id)
    if body is None:
        raise refuse("institutions.body.unknown", "The ward has no such body yet.")
    today = clock.today()
    refuse_if(rules.paper_problems(paper, number, issued_on, expires_on, today))
    said: dict[str, Any] = {
        "kind": paper, "number": fitting(number, 60), "issued_on": issued_on,
        "issued_by": fitting(issued_by, 120), "expires_on": expires_on,
    }  # fmt: skip
    if body.papers.filter(**said).exists():
        raise refuse("institutions.paper.once", "This paper is entered already.")
    made = BodyPaper.objects.create(body=body, entered_at=clock.now(), **said)
    record(
        by=by, ward=ward, record=f"body:{body.id}", on=issued_on, paper=paper, number=made.number,
        expires=expires_on,
    )  # fmt: skip
    return made


def _lock(ward: str, kind: str, since: date) -> Body:
    found = Body.objects.select_for_update().filter(ward=ward, kind=kind, name="").first()
    return found or Body.objects.create(
        ward=ward, kind=kind, formed_on=since, entered_at=clock.now()
    )


def _seat_of(ward: str, seat_id: str) -> Seat:
    found = Seat.objects.select_for_update().filter(pk=seat_id, body__ward=ward).first()
    if found is None or found.until is not None:
        raise refuse(
            "institutions.seat.unknown", "There is no such seat now.", where={"seat": seat_id}
        )
    return found


def _sitters(ward: str, persons: Collection[str], on: date) -> list[rules.Sitter]:
    known = households.persons(ward, persons)
    living = households.households_at(ward, persons, min(on, clock.today()))
    return [
        rules.Sitter(
            person=one,
            name=known[one].name if one in known else one,
            sex=known[one].sex if one in known else "",
            resident=one in known and known[one].status == "resident" and one in living,
        )
        for one in persons
    ]


def _seat(
    body: Body,
    one: rules.Sitter,
    since: date,
    ends: date,
    decided_by: str,
    meeting: str,
    after: Seat | None = None,
) -> Seat:
    return Seat.objects.create(
        body=body,
        person_id=one.person,
        name=one.name,
        sex=one.sex,
        since=since,
        ends=ends,
        decided_by=decided_by,
        meeting=meeting,
        after=after,
    )
