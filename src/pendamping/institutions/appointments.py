"""Reading appointments: what is being prepared, what waits for a meeting, who may not sit where."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.households import queries as households
from pendamping.institutions import bodies, duties, labels
from pendamping.institutions.models import Appointment, Seat
from pendamping.institutions.rules import apart, appointing
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules import Matter


def drafts(ward: str) -> list[Appointment]:
    """Appointments in preparation, the oldest first."""
    return list(Appointment.objects.filter(ward=ward, status="draft").order_by("drafted_on", "id"))


def appointment(ward: str, appointment_id: str) -> Appointment | None:
    """One appointment of the ward, whatever became of it."""
    return Appointment.objects.filter(pk=appointment_id, ward=ward).first()


def subject(found: Appointment) -> str:
    """What the meeting decides that carries this appointment out, with exactly the names it has now."""
    people = found.people.values_list("person_id", "office")
    return appointing.marked(found.id, people, found.since, found.ends)


def named(found: Appointment) -> list[dict[str, Any]]:
    """Who is named, offices first: ``person``, ``name``, ``home``, ``office`` (key), ``office_name``."""
    rows = list(found.people.order_by("id"))
    known = households.persons(found.ward, [one.person_id for one in rows])
    offices = labels.offices(found.ward, found.drafted_on)
    made = [
        {
            "person": one.person_id,
            "name": known[one.person_id].name,
            "home": f"RT {known[one.person_id].rt} RW {known[one.person_id].rw}",
            "office": one.office,
            "office_name": offices.get(one.office, "") if one.office else _("member"),
        }
        for one in rows
    ]
    return sorted(made, key=lambda one: (not one["office"], one["name"]))


def decision_text(found: Appointment) -> str:
    """The decision in words: the body, who sits in it as what, until when."""
    people = ", ".join(f"{one['name']} ({one['office_name']})" for one in named(found))
    told = {
        "body": found.name or labels.body(found.ward, found.kind, found.drafted_on),
        "people": people,
        "ends": date_format(found.ends, "j F Y"),
    }
    if found.whole:
        return _("%(body)s is appointed until %(ends)s: %(people)s.") % told
    return _("%(people)s also sit in %(body)s, until %(ends)s.") % told


def to_decide(ward: str, on: date) -> Iterator[Matter]:
    """The appointments that wait for a meeting: those that name somebody."""
    known = duties.appointed_kinds(ward, on)
    for one in drafts(ward):
        if one.kind in known and one.people.exists():
            yield Matter(
                subject(one), decision_text(one),
                tuple(meetings.deciding_kinds(ward, on, known[one.kind].matter)), one.drafted_on,
                reverse("institutions:appointment", kwargs={"ward": ward, "appointment": one.id}),
                "institutions.appoint",
            )  # fmt: skip


def never_beside(ward: str, kind: str, on: date) -> list[str]:
    """In words: the duties that nobody holds who sits in this body, as the guideline keeps them apart."""
    pairs = duties.pairs(ward, on)
    names = labels.duties(ward, on)
    return [names.get(duty, duty) for duty in apart.never_with(kind, pairs) if duty in names]


def ending(ward: str, on: date) -> Iterator[tuple[Any, date]]:
    """Appointed bodies whose term ends within the days of the guideline, and that day."""
    last = on + timedelta(days=bodies.remind_days(ward, on))
    known = duties.appointed_kinds(ward, on)
    seats: dict[str, list[Seat]] = {}
    for seat in bodies.held_seats(ward, on):
        if seat.body.kind in known:
            seats.setdefault(seat.body_id, []).append(seat)
    prepared = {(one.kind, one.name) for one in drafts(ward)}
    for sitting in seats.values():
        body, ends = sitting[0].body, max(seat.ends for seat in sitting)
        follows = body.seats.filter(since__gt=on, until__isnull=True).exists()
        if ends <= last and not follows and (body.kind, body.name) not in prepared:
            yield body, ends
