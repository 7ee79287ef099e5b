"""Which households count as poor on a day."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from pendamping.households.models import PoorMark
from pendamping.households.queries.people import Resident, households_at, residents
from pendamping.kernel import clock

ADULT = 17  # may hold an identity card and vote (handbook 2.3)


def during(on: date) -> Q:
    """Marks that hold on a day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def poor_households(ward: str, on: date | None = None) -> set[str]:
    """Ids of the households that count as poor on a day (default today)."""
    day = on or clock.today()
    found = PoorMark.objects.filter(during(day), ward=ward)
    return set(found.values_list("household_id", flat=True))


def is_poor(ward: str, household_id: str, on: date | None = None) -> bool:
    """Whether one household counts as poor on a day."""
    day = on or clock.today()
    return PoorMark.objects.filter(during(day), ward=ward, household_id=household_id).exists()


def poor_on(ward: str, people: Collection[str], on: date) -> set[str]:
    """Those of the persons who lived in a poor household on a day."""
    homes = households_at(ward, people, on)
    poor = poor_households(ward, on)
    return {person for person, home in homes.items() if home in poor}


def poor_adults(ward: str, on: date, least_age: int = ADULT) -> list[Resident]:
    """Grown residents of poor households on a day, by RW, RT and name."""
    poor = poor_households(ward, on)
    people = residents(ward, on=on, least_age=least_age)
    return [each for each in people if each.household_id in poor]
