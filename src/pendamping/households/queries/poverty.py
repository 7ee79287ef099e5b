"""Which households count as poor on a day."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from pendamping.households.models import Household, PoorMark
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


def marked_now(ward: str) -> dict[str, tuple[str, date]]:
    """The open marks of households that live in the ward: household to source and first day."""
    found = PoorMark.objects.filter(ward=ward, until__isnull=True, household__left_on__isnull=True)
    rows = found.values_list("household_id", "source", "since")
    return {home: (source, since) for home, source, since in rows}


def living_all_along(ward: str, homes: Collection[str]) -> set[str]:
    """Those of the households that live in the ward and never ended in between."""
    found = Household.objects.filter(ward=ward, left_on__isnull=True)
    there = set(found.exclude(events__kind="apart").values_list("id", flat=True))
    return there & set(homes)


def of_source(ward: str, source: str) -> set[str]:
    """The households that came so (``census``, ``entry``, ``split``), also those that have ended."""
    found = Household.objects.filter(ward=ward, source=source)
    return set(found.values_list("id", flat=True))


def list_ratified(ward: str, on: date) -> bool:
    """Whether residents had ratified a list of poor households by a day: its marks say so."""
    return PoorMark.objects.filter(ward=ward, source="list", since__lte=on).exists()


def named_on(ward: str, people: Collection[str], on: date) -> set[str]:
    """Those of the persons whose household stood on a ratified list on a day."""
    homes = households_at(ward, people, on)
    marks = PoorMark.objects.filter(during(on), ward=ward, source="list")
    listed = set(marks.values_list("household_id", flat=True))
    return {person for person, home in homes.items() if home in listed}


def poverty_words(ward: str, people: Collection[str], on: date) -> dict[str, str]:
    """What is said of the persons of poor households on a day: whether the ratified list names them, or only
    the census calls them poor; just poor while no list is ratified."""
    poor = poor_on(ward, people, on)
    if not list_ratified(ward, on):
        return dict.fromkeys(poor, _("poor"))
    named = named_on(ward, people, on)
    listed, counted = _("on the poor list"), _("poor by the census, not on the poor list")
    return {person: listed if person in named else counted for person in poor}


def ever_named(ward: str, people: Collection[str], by: date) -> set[str]:
    """Those of the persons who lived, on the day of a list or later, in a household that it named.

    Who has left poverty since stays named: a later list that no longer holds the household takes
    nothing away.
    """
    marks = PoorMark.objects.filter(ward=ward, source="list", since__lte=by)
    listed = list(marks.values_list("household_id", "since"))
    found: set[str] = set()
    for day in sorted({since for _home, since in listed} | {by}):
        until_then = {home for home, since in listed if since <= day}
        homes = households_at(ward, people, day)
        found |= {person for person, home in homes.items() if home in until_then}
    return found


def poor_adults(ward: str, on: date, least_age: int = ADULT) -> list[Resident]:
    """Grown residents of poor households on a day, by RW, RT and name."""
    poor = poor_households(ward, on)
    people = residents(ward, on=on, least_age=least_age)
    return [each for each in people if each.household_id in poor]
