"""Reading bodies: who sits in them on a day, which seats are empty, which papers run out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pendamping.guidelines import queries as guidelines
from pendamping.institutions.models import Appointee, Appointment, Body, BodyPaper, Seat
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason

BOARD = "bkm"
REMIND_DAYS = 90  # where a text is silent


def body(ward: str, kind: str = BOARD) -> Body | None:
    """A body of the ward, by its key in the guideline (default: the board)."""
    return Body.objects.filter(ward=ward, kind=kind).first()


def bodies(ward: str) -> list[Body]:
    """Every body of the ward that was ever formed, the oldest first."""
    return list(Body.objects.filter(ward=ward).order_by("formed_on", "id"))


def one_body(ward: str, key: str) -> Body | None:
    """A body by its id, or by its kind where a ward has one of that kind."""
    found = Body.objects.filter(ward=ward)
    return found.filter(pk=key).first() or found.filter(kind=key, name="").first()


def seats(of: Body, on: date) -> list[Seat]:
    """Who sits in the body on a day: the coordinator first, then offices, then by name."""
    found = of.seats.filter(sitting(on))
    return sorted(
        found,
        key=lambda seat: (seat.role != "coordinator", not seat.office, seat.name, seat.id),
    )


def sitting(on: date) -> Q:
    """Seats that are held on a day."""
    return Q(since__lte=on, ends__gte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def held_seats(ward: str, on: date) -> list[Seat]:
    """Every seat of the ward's bodies on a day, with its body."""
    found = Seat.objects.filter(sitting(on), body__ward=ward).select_related("body")
    return list(found.order_by("body__formed_on", "body_id", "name", "id"))


def has_sat(of: Body, on: date) -> bool:
    """Whether anybody has taken a seat in a body by a day, whatever became of them since."""
    return of.seats.filter(since__lte=on).exists()


def coming(of: Body, on: date) -> list[Seat]:
    """Who takes a seat after a day, by day and name: a board that is elected and not yet in office."""
    return list(of.seats.filter(since__gt=on, until__isnull=True).order_by("since", "name", "id"))


def later_problems(of: Body, since: date) -> list[Reason]:
    """Whether a whole body may take its seats on a day: not where others began on it or begin later."""
    began = of.seats.filter(since=since).exists()
    text = N_(
        "From {day} on others are appointed to this body already; a term that begins before cannot be "
        "entered beside theirs."
    )
    same = N_(
        "On {day} a term in this body began already; another whole body begins on a later day, and "
        "single seats are changed one by one."
    )
    days = [(same, since)] if began else [(text, seat.since) for seat in coming(of, since)[:1]]
    return [
        Reason("institutions.seat.later", said, {"day": day.isoformat()}, {"body": of.id})
        for said, day in days
    ]


def again_problems(of: Body, persons: Collection[str], since: date) -> list[Reason]:
    """Nobody takes a seat twice on one day, also where the first was left again."""
    text = N_("{name} took a seat in this body on {day} already; a new one begins on a later day.")
    return [
        Reason("institutions.seat.once", text, {"name": seat.name, "day": since.isoformat()})
        for seat in of.seats.filter(since=since, person_id__in=persons).order_by("id")
    ]


def together_since(ward: str, one: Collection[str], two: Collection[str], on: date) -> list[date]:
    """Since when two people (by all their ids) sit side by side in a body on a day; empty: they do not."""
    found = []
    for of in Body.objects.filter(ward=ward):
        there = {seat.person_id: seat.since for seat in seats(of, on)}
        first = [since for person, since in there.items() if person in one]
        second = [since for person, since in there.items() if person in two]
        if first and second:
            found.append(max(first[0], second[0]))
    return found


def all_seats(of: Body) -> list[Seat]:
    """Every seat ever, the latest term first."""
    return list(of.seats.order_by("-since", "name", "id"))


def seat(ward: str, seat_id: str) -> Seat | None:
    """One seat of a body of the ward."""
    return Seat.objects.filter(pk=seat_id, body__ward=ward).select_related("body").first()


def empty_seats(of: Body, on: date) -> list[Seat]:
    """Seats of the running term that fell free and that nobody has taken over, the oldest first."""
    taken = of.seats.filter(after__isnull=False).values("after_id")
    found = of.seats.filter(until__isnull=False, until__lte=on, ends__gte=on).exclude(pk__in=taken)
    return list(found.exclude(left_why="term").order_by("until", "id"))


@dataclass(frozen=True, slots=True)
class Expiring:
    """A paper with its last day; ``late``: that day is over."""

    paper: BodyPaper
    late: bool


def papers(of: Body) -> list[BodyPaper]:
    """The papers of a body, the latest of each kind first."""
    return list(of.papers.order_by("kind", "-issued_on", "-id"))


def remind_days(ward: str, on: date) -> int:
    """How many days before its end a paper, or the board's term, is named (``board.remind_days``)."""
    return int(guidelines.section("board", ward, on).get("remind_days", REMIND_DAYS))


def expiring(of: Body, on: date) -> list[Expiring]:
    """The latest paper of each kind where it runs out within the guideline's days, or has."""
    return [one for one in expiring_papers(of.ward, on) if one.paper.body_id == of.id]


def expiring_papers(ward: str, on: date) -> list[Expiring]:
    """The same of every body of a ward, in one reading."""
    days = remind_days(ward, on)
    latest: dict[tuple[str, str], BodyPaper] = {}
    found = BodyPaper.objects.filter(body__ward=ward).select_related("body")
    for paper in found.order_by("body__formed_on", "kind", "-issued_on", "-id"):
        latest.setdefault((paper.body_id, paper.kind), paper)
    return [
        Expiring(paper, paper.expires_on < on)
        for paper in latest.values()
        if paper.expires_on is not None and paper.expires_on <= on + timedelta(days=days)
    ]


def dump_appointments(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``appointments``, ``appointees``; sorted by key."""
    of_ward = Appointment.objects.filter(ward=ward).order_by("id")
    people = Appointee.objects.filter(appointment__ward=ward).order_by("id")
    columns = (
        "id", "kind", "name", "whole", "since", "ends", "status", "drafted_on", "meeting", "body",
    )  # fmt: skip
    return {
        "appointments": iter(of_ward.values(*columns)),
        "appointees": iter(people.values("id", "appointment", "person", "office")),
    }


def dump_bodies(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``bodies``, ``seats``, ``body_papers`` and appointments; sorted by key."""
    of_ward = Body.objects.filter(ward=ward).order_by("id")
    sitting = Seat.objects.filter(body__ward=ward).order_by("id")
    stand_on = BodyPaper.objects.filter(body__ward=ward).order_by("id")
    return {
        "bodies": (
            {
                "id": one.id, "kind": one.kind, "name": one.name, "formed_on": one.formed_on,
                "entered_on": one.entered_at.astimezone(clock.JAKARTA).date(),
            }
            for one in of_ward
        ),
        "seats": (
            row
            for row in sitting.values(
                "id", "body", "person", "name", "sex", "role", "office", "since", "ends", "until",
                "decided_by", "meeting", "left_why", "after",
            )
        ),
        "body_papers": (
            row
            for row in stand_on.values(
                "id", "body", "kind", "number", "issued_on", "issued_by", "expires_on"
            )
        ),
        **dump_appointments(ward),
    }  # fmt: skip
