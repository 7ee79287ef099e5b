"""Days of many decisions in figures: median, 90th percentile, share within the limit; exact."""

from collections.abc import Mapping
from dataclasses import dataclass

from pendamping.kernel.share import Share


@dataclass(frozen=True, slots=True)
class Spread:
    """``count`` decisions; days are whole; ``within``: how many kept to the limit, of those with one."""

    count: int
    median: int | None
    ninetieth: int | None
    longest: int | None
    within: Share


def spread(days: Mapping[int, int], within: int = 0, limited: int = 0) -> Spread:
    """The figures of a histogram ``{days: how many}``.

    The p-th percentile is the smallest number of days that at least p of a hundred decisions did
    not exceed (nearest rank): a number that really occurred, which a reader can count on the list.

    >>> spread({1: 1, 3: 1, 9: 2}).median, spread({1: 1, 3: 1, 9: 2}).ninetieth
    (3, 9)
    >>> spread({}).median is None
    True
    """
    count = sum(days.values())
    return Spread(
        count=count,
        median=percentile(days, 50),
        ninetieth=percentile(days, 90),
        longest=max((day for day, many in days.items() if many), default=None),
        within=Share(within, limited),
    )


def percentile(days: Mapping[int, int], percent: int) -> int | None:
    """The nearest-rank percentile of a histogram; ``None`` where it is empty."""
    count = sum(days.values())
    reached = 0
    for day in sorted(days):
        reached += days[day]
        if reached and reached * 100 >= percent * count:
            return day
    return None
