"""Which duties people hold, and what stands against one more: read by every action that gives one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions.models import Body, Office, Seat
from pendamping.institutions.rules import apart, appointing
from pendamping.kernel.refusal import Reason


def rules_of(ward: str, on: date) -> dict[str, appointing.BodyRule]:
    """The bodies that the guideline knows on a day, by key."""
    text = guidelines.in_force(ward, on)
    return appointing.read_bodies(text.section("bodies"), text.code)


def appointed_kinds(ward: str, on: date) -> dict[str, appointing.BodyRule]:
    """Those of them that are appointed by a meeting."""
    said = guidelines.section("bodies", ward, on)
    known = rules_of(ward, on)
    return {key: known[key] for key in appointing.appointed(known, said)}


def pairs(ward: str, on: date) -> tuple[apart.Pair, ...]:
    """The duties that the guideline keeps apart on a day."""
    text = guidelines.in_force(ward, on)
    return apart.read_pairs(text.section("separation"), text.code)


def against(
    ward: str,
    asked: Iterable[tuple[str, str, Collection[str]]],
    since: date,
    ends: date | None = None,
    but: Body | None = None,
) -> list[Reason]:
    """What stands against these people: each id, name and the duties that they shall have.

    ``but``: the body that is filled; what they hold in it is no reason. Groups' offices count as well.
    """
    wanted = list(asked)
    held = holdings(ward, [person for person, _name, _duties in wanted], since, but)
    known = pairs(ward, since)
    return [
        reason
        for person, name, duties in wanted
        for reason in apart.apart_problems(
            name, duties, held[person], known, since, ends, {"field": "person", "person": person}
        )
    ]


def holdings(
    ward: str, persons: Collection[str], since: date, but: Body | None = None
) -> dict[str, list[apart.Holding]]:
    """What each of these people holds on a day or later, under any of their entries."""
    entries = households.selves(persons)
    owner = {entry: person for person, same in entries.items() for entry in same}
    found: dict[str, list[apart.Holding]] = {person: [] for person in persons}
    seats = Seat.objects.filter(body__ward=ward, person_id__in=owner, ends__gte=since)
    known = rules_of(ward, since)
    for seat in seats.exclude(body=but).select_related("body").order_by("since", "id"):
        last = seat.ends if seat.until is None else seat.until - timedelta(days=1)
        where = body_name(seat.body, known)
        for duty in (seat.body.kind, *([seat.office] if seat.office else ())):
            found[owner[seat.person_id]].append(apart.Holding(duty, where, seat.since, last))
    offices = Office.objects.filter(group__ward=ward, person_id__in=owner, group__status="active")
    for office in offices.filter(Q(until__isnull=True) | Q(until__gt=since)).select_related(
        "group"
    ):
        last = None if office.until is None else office.until - timedelta(days=1)
        where = {"id": office.group.name, "en": office.group.name}
        held = apart.Holding(apart.GROUP_OFFICER, where, office.since, last)
        found[owner[office.person_id]].append(held)
    return found


def body_name(body: Body, known: Mapping[str, appointing.BodyRule]) -> Mapping[str, str]:
    """A body's own name, else the guideline's, in both languages."""
    if body.name:
        return {"id": body.name, "en": body.name}
    rule: Any = known.get(body.kind)
    return rule.said() if rule else {"id": body.kind, "en": body.kind}
