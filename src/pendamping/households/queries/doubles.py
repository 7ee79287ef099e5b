"""Residents who may be one person: compared once, kept, and brought up to date by what is new.

Comparing a whole ward takes seconds, so its pairs are kept in the cache with the last person and the
last correction that they know. Later persons are compared alone, with those who share something with
them; only where many are new (a census came in) the whole ward is compared again, by the worker as a
rule. What was settled, and who left, is looked up each time.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet

from pendamping.households.models import Distinct, LifeEvent, Person
from pendamping.households.queries.matching import IDENTITY, as_identity, identities
from pendamping.households.queries.people import Resident, as_residents, has_at_most
from pendamping.households.rules.duplicates import Crowd, Identity, likely_duplicates
from pendamping.households.rules.findings import Likely

MOST = 200
WHOLE = 60_000
"""A ward of more persons is compared when its file is checked; here only who came later."""
FEW = 25
"""So many new or corrected persons are compared while somebody waits for the page."""


@dataclass(frozen=True)
class Kept:
    """Pairs of a ward, best first, and what was known when they were compared."""

    pairs: tuple[Likely, ...]
    person: str = ""
    event: str = ""
    persons: int = 0


def likely_doubles(ward: str) -> list[tuple[Resident, Resident, Likely]]:
    """Residents of the ward who may be one person and about whom nothing was decided yet."""
    settled = set(Distinct.objects.filter(ward=ward).values_list("first_id", "second_id"))
    pairs = [(*sorted((each.first[7:], each.second[7:])), each) for each in _kept(ward).pairs]
    ids = {id_ for one, two, _ in pairs for id_ in (one, two)}
    living = Person.objects.filter(pk__in=ids, ward=ward, status="resident")
    people = {each.id: each for each in as_residents(living)}
    shown = [
        (people[one], people[two], likely)
        for one, two, likely in pairs
        if one in people and two in people and (one, two) not in settled
    ]
    return shown[:MOST]


def doubles_of(ward: str, people: Collection[str]) -> dict[str, list[Resident]]:
    """Of these persons, who may be entered twice: by id, the others who may be the same one."""
    found: dict[str, list[Resident]] = {}
    if not people:
        return found
    for one, two, _likely in likely_doubles(ward):
        for who, other in ((one, two), (two, one)):
            if who.id in people:
                found.setdefault(who.id, []).append(other)
    return found


def compare_again(ward: str) -> bool:
    """Bring the kept pairs up to date; returns whether there was anything to compare."""
    before = cache.get(_key(ward))
    return _kept(ward) != before


def _key(ward: str) -> str:
    return f"households.doubles:{ward}"


def _kept(ward: str) -> Kept:
    kept = cache.get(_key(ward))
    everybody = Person.objects.filter(ward=ward)
    now = _state(ward, everybody)
    if isinstance(kept, Kept) and replace(kept, pairs=()) == now:
        return kept
    changed = _changed(ward, everybody, kept, now) if isinstance(kept, Kept) else None
    if changed is None:
        small = has_at_most(ward, WHOLE)
        pairs = likely_duplicates([i for i, _ in identities(ward)] if small else [])
    else:
        pairs = _brought_up_to_date(everybody, kept.pairs, changed)
    kept = replace(now, pairs=tuple(pairs[: 5 * MOST]))
    cache.set(_key(ward), kept, timeout=None)
    return kept


def _corrections(ward: str) -> QuerySet[LifeEvent]:
    return LifeEvent.objects.filter(ward=ward, kind="correct", other="")


def _state(ward: str, everybody: QuerySet[Person]) -> Kept:
    last = everybody.order_by("-id").values_list("id", flat=True).first()
    event = _corrections(ward).order_by("-id").values_list("id", flat=True).first()
    return Kept((), last or "", event or "", everybody.count())


def _changed(ward: str, everybody: QuerySet[Person], kept: Kept, now: Kept) -> set[str] | None:
    """Who is new or was corrected since; ``None`` where that is too much to compare one by one."""
    new = set(everybody.filter(id__gt=kept.person).values_list("id", flat=True)[: FEW + 1])
    fresh = _corrections(ward).filter(id__gt=kept.event, person__isnull=False)
    corrected = set(fresh.values_list("person_id", flat=True)[: FEW + 1])
    changed = new | corrected
    came_otherwise = now.persons != kept.persons + len(new)
    return None if came_otherwise or len(changed) > FEW else changed


def _brought_up_to_date(
    everybody: QuerySet[Person], pairs: tuple[Likely, ...], changed: set[str]
) -> list[Likely]:
    living = everybody.filter(status="resident")
    new = [as_identity(row) for row in living.filter(pk__in=changed).values_list(*IDENTITY)]
    keys = {each.key for each in new} | {f"person:{each}" for each in changed}
    kept = [each for each in pairs if each.first not in keys and each.second not in keys]
    if not new:
        return kept
    crowd = Crowd.of_names(living.values_list("name_key", flat=True))
    others = living.filter(_shares_something(new)).exclude(pk__in=changed)
    existing = [as_identity(row) for row in others.values_list(*IDENTITY)]
    found = likely_duplicates(new, existing, crowd=crowd)
    return sorted([*kept, *found], key=lambda each: (-each.score, each.first, each.second))


def _shares_something(new: list[Identity]) -> Q:
    """Whoever has a number, a birthday or the beginning of a word of the name in common."""
    shared: dict[str, set[Any]] = {
        "nik_hash__in": {each.nik for each in new if each.nik},
        "born__in": {each.born for each in new if each.born},
    }
    found = Q(pk__in=[])
    for name, values in shared.items():
        found |= Q(**{name: values}) if values else Q(pk__in=[])
    for word in {word[:4] for each in new for word in each.name.split()}:
        found |= Q(name_key__contains=word)
    return found
