"""How many households, people and poor households a ward has.

As it is now: from the figures of each RT, which the database keeps with every household and every
mark that comes, changes or goes. On a day that is past: counted from the households themselves.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, Sum

from pendamping.households.models import Figure, Household, PoorMark
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


Rw = tuple[str, int, int, int, int]  # RW, households, people, women, poor


def _now(ward: str) -> list[Rw]:
    """Each RW as it is, from the figures of its RTs that the database keeps."""
    poor = Sum("poor_by_census") + Sum("poor_by_list")
    found = Figure.objects.filter(ward=ward).values("rw").order_by("rw")
    sums = found.annotate(
        homes=Sum("households"), all=Sum("people"), female=Sum("women"), poor=poor
    )
    return list(sums.filter(homes__gt=0).values_list("rw", "homes", "all", "female", "poor"))


def counted(ward: str, on: date) -> list[Rw]:
    """Each RW with the households that lived there on a day, counted one by one; their people as
    they are now."""
    poor = _poor_by_rw(ward, on)
    found = living_households(ward, on).values("rw").order_by("rw")
    sums = found.annotate(all=Count("id"), people=Sum("size"), female=Sum("women"))
    rows = sums.values_list("rw", "all", "people", "female")
    return [(rw, homes, people, women, poor[rw]) for rw, homes, people, women in rows]


def _poor_by_rw(ward: str, on: date) -> Counter[str]:
    living = Q(household__joined_on__lte=on) & (
        Q(household__left_on__isnull=True) | Q(household__left_on__gt=on)
    )
    marks = PoorMark.objects.filter(during(on), living, ward=ward)
    rows = marks.values("household__rw").annotate(all=Count("id")).order_by()
    return Counter({row["household__rw"]: row["all"] for row in rows})


def poor_by_place(ward: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Poor households and all of them in each RT as it is, by RW and RT, in order."""
    found = Figure.objects.filter(ward=ward).values("rw", "rt").order_by("rw", "rt")
    poor = Sum("poor_by_census") + Sum("poor_by_list")
    sums = found.annotate(homes=Sum("households"), poor=poor).filter(homes__gt=0)
    return {(one["rw"], one["rt"]): (one["poor"], one["homes"]) for one in sums}


def by_place(ward: str) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Households, poor ones, people and women of each RT as it is, by RW and RT, in order."""
    found = Figure.objects.filter(ward=ward).values("rw", "rt").order_by("rw", "rt")
    poor = Sum("poor_by_census") + Sum("poor_by_list")
    sums = found.annotate(
        homes=Sum("households"), poor=poor, all=Sum("people"), female=Sum("women")
    ).filter(homes__gt=0)
    return {
        (one["rw"], one["rt"]): (one["homes"], one["poor"], one["all"], one["female"])
        for one in sums
    }


def poor_by_source(ward: str) -> dict[str, int]:
    """How many households count as poor today by which mark: ``{"list": 625, "census": 2}``."""
    found = Figure.objects.filter(ward=ward)
    sums = found.aggregate(census=Sum("poor_by_census"), list=Sum("poor_by_list"))
    return {source: count for source, count in sums.items() if count}


def _figures(ward: str, on: date | None) -> list[Rw]:
    return _now(ward) if on is None or on >= clock.today() else counted(ward, on)


def counts(ward: str, on: date | None = None) -> Counts:
    """Households and poor ones on a day (default today); their persons as they are now."""
    figures = _figures(ward, on)
    homes, people, women, poor = (sum(int(row[at]) for row in figures) for at in (1, 2, 3, 4))
    return Counts(homes, poor, people, women)


def totals(wards: Collection[str]) -> dict[str, tuple[int, int]]:
    """``(households, poor)`` of each ward as it is now, asked once; a ward without census is left out."""
    poor = Sum("poor_by_census") + Sum("poor_by_list")
    found = Figure.objects.filter(ward__in=wards).values("ward").order_by("ward")
    rows = found.annotate(homes=Sum("households"), poor=poor).filter(homes__gt=0)
    return {row["ward"]: (row["homes"], row["poor"]) for row in rows}


def by_rw(ward: str, on: date | None = None) -> list[tuple[str, int, int]]:
    """``(rw, households, poor)`` for each RW; the empty RW stands for households without one."""
    return [(rw, homes, poor) for rw, homes, _people, _women, poor in _figures(ward, on)]


def neighbourhoods(ward: str, on: date | None = None) -> list[tuple[str, str]]:
    """The pairs of RW and RT in which somebody lives on a day (default: now), in order.

    A day before the census counts as the day of the census. Where nobody was counted yet: the pairs
    that the ward is known to have.
    """
    if on is None or on >= clock.today():
        return _places_now(ward)
    everybody = Household.objects.filter(ward=ward)
    first = everybody.aggregate(first=Min("joined_on"))["first"]
    if first is None:
        return _places_now(ward)
    named = living_households(ward, max(on, first)).exclude(rw="").exclude(rt="")
    return list(named.order_by("rw", "rt").values_list("rw", "rt").distinct())


def _places_now(ward: str) -> list[tuple[str, str]]:
    found = Figure.objects.filter(ward=ward).order_by("rw", "rt")
    rows = list(found.values_list("rw", "rt", "households"))
    if not rows:
        return [(each.rw, each.rt) for each in territory.neighbourhoods(ward)]
    return [(rw, rt) for rw, rt, households in rows if rw and rt and households]


def households_there(ward: str, rw: str = "", rt: str = "", poor: str = "") -> int:
    """How many households live in the ward, an RW or an RT now; ``poor``: yes, no or empty (all)."""
    there = {name: value for name, value in (("rw", rw), ("rt", rt)) if value}
    marked = Sum("poor_by_census") + Sum("poor_by_list")
    found = Figure.objects.filter(ward=ward, **there).aggregate(all=Sum("households"), poor=marked)
    total, some = found["all"] or 0, found["poor"] or 0
    return {"yes": some, "no": total - some}.get(poor, total)
