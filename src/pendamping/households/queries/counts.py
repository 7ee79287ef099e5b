"""How many households, people and poor households a ward has.

Read from the households' own rows, which keep their size: a page never counts persons.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, Sum

from pendamping.households.models import Household, PoorMark
from pendamping.households.queries.people import living_households
from pendamping.households.queries.poverty import during
from pendamping.kernel import clock
from pendamping.kernel.share import Share
from pendamping.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Counts:
    """A ward in numbers."""

    households: int
    poor: int
    persons: int
    women: int

    @property
    def poor_share(self) -> Share:
        """Poor households out of all."""
        return Share(self.poor, self.households)

    @property
    def women_share(self) -> Share:
        """Women and girls out of all persons."""
        return Share(self.women, self.persons)


def _figures(ward: str, on: date | None) -> list[dict[str, Any]]:
    found = living_households(ward, on).values("rw").order_by("rw")
    return list(found.annotate(all=Count("id"), persons=Sum("size"), women=Sum("women")))


def _poor_by_rw(ward: str, on: date | None) -> Counter[str]:
    living = Q(household__left_on__isnull=True)
    if on is not None:
        living = Q(household__joined_on__lte=on) & (living | Q(household__left_on__gt=on))
    marks = PoorMark.objects.filter(during(on or clock.today()), living, ward=ward)
    rows = marks.values("household__rw").annotate(all=Count("id")).order_by()
    return Counter({row["household__rw"]: row["all"] for row in rows})


def poor_by_source(ward: str) -> dict[str, int]:
    """How many households count as poor today by which mark: ``{"list": 625, "census": 2}``."""
    marks = PoorMark.objects.filter(
        during(clock.today()), ward=ward, household__left_on__isnull=True
    )
    return dict(marks.values_list("source").annotate(all=Count("id")).order_by("source"))


def counts(ward: str, on: date | None = None) -> Counts:
    """Households and poor ones on a day (default today); their persons as they are now."""
    figures = _figures(ward, on)
    total = Counter(
        {name: sum(row[name] for row in figures) for name in ("all", "persons", "women")}
    )
    return Counts(total["all"], _poor_by_rw(ward, on).total(), total["persons"], total["women"])


def by_rw(ward: str, on: date | None = None) -> list[tuple[str, int, int]]:
    """``(rw, households, poor)`` for each RW; the empty RW stands for households without one."""
    poor = _poor_by_rw(ward, on)
    return [(row["rw"], row["all"], poor[row["rw"]]) for row in _figures(ward, on)]


def neighbourhoods(ward: str, on: date | None = None) -> list[tuple[str, str]]:
    """The pairs of RW and RT in which somebody lives on a day (default: now), in order.

    A day before the census counts as the day of the census. Where nobody was counted yet: the pairs
    that the ward is known to have.
    """
    everybody = Household.objects.filter(ward=ward)
    first = everybody.aggregate(first=Min("joined_on"))["first"]
    if first is None:
        return [(each.rw, each.rt) for each in territory.neighbourhoods(ward)]
    living = living_households(ward, None if on is None else max(on, first))
    named = living.exclude(rw="").exclude(rt="")
    return list(named.order_by("rw", "rt").values_list("rw", "rt").distinct())
