"""The criteria over the months of the programme, against its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.handover.models import Reading
from pendamping.handover.rules import Found
from pendamping.kernel.period import add_months
from pendamping.territory import queries as territory

MOST = 36  # months in one picture


@dataclass(frozen=True, slots=True)
class Point:
    """A month: its first day, how many criteria were met when it was last read; ``None``: not read."""

    month: date
    met: int | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The months from the first to the end of the programme. ``total``: how many criteria there are."""

    points: tuple[Point, ...]
    total: int
    end: date | None

    @property
    def read(self) -> list[Point]:
        """The months that were read."""
        return [one for one in self.points if one.met is not None]


def curve(ward: str, on: date, now: Sequence[Found]) -> Curve:
    """Met criteria by month; the month of ``on`` is drawn as it stands ``now``."""
    kept: dict[date, dict[date, int]] = {}
    rows = Reading.objects.filter(ward=ward, on__lte=on).values_list("on", "word")
    for day, word in rows.order_by("on"):
        met = kept.setdefault(day.replace(day=1), {})
        met[day] = met.get(day, 0) + (word == "met")
    by_month = {month: met[max(met)] for month, met in kept.items()}
    by_month[on.replace(day=1)] = sum(one.met for one in now)
    place = territory.ward(ward)
    start = place.programme_start if place else None
    end = place.programme_end if place else None
    months = _months(start or min(by_month), max(end or on, on))
    return Curve(tuple(Point(one, by_month.get(one)) for one in months), len(now), end)


def _months(first: date, last: date) -> list[date]:
    begin, found = first.replace(day=1), []
    while begin <= last.replace(day=1):
        found.append(begin)
        begin = add_months(begin, 1)
    return found[-MOST:]
