"""Which entries are one person: asked by every room that meets the same person under two ids.

A paper keeps the id under which it was signed. Who asks across papers asks for the person.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import Q

from pendamping.households.models import Membership, Person
from pendamping.households.rules import same
from pendamping.kernel import memory


def selves(people: Iterable[str]) -> dict[str, frozenset[str]]:
    """By asked id: every id of the same person, the asked one among them."""
    asked = list(people)
    return same.selves(asked, _links(asked))


def every_id(people: Iterable[str]) -> set[str]:
    """All ids of these persons together: is somebody among them, under whichever id?"""
    return {entry for entries in selves(people).values() for entry in entries}


def survivors(people: Iterable[str]) -> dict[str, str]:
    """By asked id: the entry that stands for the person now."""
    asked = list(people)
    links = _links(asked)
    return {person: same.survivor(person, links) for person in asked}


def _links(people: Iterable[str]) -> Mapping[str, str]:
    """Joined entries around these: from the one taken out to the one it went into."""
    asked = frozenset(people)
    return memory.once(("households.same", asked), lambda: MappingProxyType(_links_around(asked)))


def _links_around(people: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    known, fresh = set(people), set(people)
    while fresh:
        rows = Person.objects.filter(
            Q(pk__in=fresh) | Q(same_as__in=fresh), same_as__isnull=False
        ).values_list("id", "same_as_id")
        found |= dict(rows)
        fresh = {entry for pair in found.items() for entry in pair} - known
        known |= fresh
    return found


@dataclass(frozen=True, slots=True)
class Joined:
    """An entry that went into another one on a day; both with their household."""

    on: date
    removed: str
    removed_name: str
    removed_home: str
    kept: str
    kept_name: str
    kept_home: str


def joined_at(ward: str, household_id: str) -> list[Joined]:
    """The entries that were joined out of this household or into it, the oldest first."""
    found = Person.objects.filter(ward=ward, same_as__isnull=False).filter(
        Q(household=household_id) | Q(same_as__household=household_id)
    )
    return _as_joined(found)


def joined(ward: str, person_id: str) -> Joined | None:
    """What became of one entry that was taken out as the same as another."""
    found = Person.objects.filter(ward=ward, pk=person_id, same_as__isnull=False)
    return next(iter(_as_joined(found)), None)


def _as_joined(found: "Iterable[Person]") -> list[Joined]:
    people = list(found.select_related("same_as"))  # type: ignore[attr-defined]
    stays = Membership.objects.filter(person__in=people).order_by("until")
    days = dict(stays.values_list("person_id", "until"))
    made = [
        Joined(
            days[one.id], one.id, one.name, one.household_id,
            one.same_as_id, one.same_as.name, one.same_as.household_id,
        )
        for one in people
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one.on, one.removed))
