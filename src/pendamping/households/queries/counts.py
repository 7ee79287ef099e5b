"""How many households, people and poor households a ward has."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from pendamping.households.models import Person
from pendamping.households.queries.people import living_households
from pendamping.households.queries.poverty import poor_households
from pendamping.kernel.share import Share


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


def counts(ward: str, on: date | None = None) -> Counts:
    """Households and poor ones on a day; persons as they are now."""
    people = Person.objects.filter(ward=ward, status="resident").aggregate(
        all=Count("id"), women=Count("id", filter=Q(sex="P"))
    )
    living = set(living_households(ward, on).values_list("id", flat=True))
    poor = poor_households(ward, on)
    return Counts(len(living), len(living & poor), people["all"], people["women"])


def by_rw(ward: str, on: date | None = None) -> list[tuple[str, int, int]]:
    """``(rw, households, poor)`` for each RW; the empty RW stands for households without one."""
    every: Counter[str] = Counter()
    poor: Counter[str] = Counter()
    marked = poor_households(ward, on)
    for id_, rw in living_households(ward, on).values_list("id", "rw"):
        every[rw] += 1
        poor[rw] += id_ in marked
    return [(rw, every[rw], poor[rw]) for rw in sorted(every)]


def neighbourhoods(ward: str) -> list[tuple[str, str]]:
    """The pairs of RW and RT in which households live, for the filters."""
    found = living_households(ward).values_list("rw", "rt").distinct().order_by("rw", "rt")
    return [(rw, rt) for rw, rt in found]
