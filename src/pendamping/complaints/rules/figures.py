"""Figures of complaints by month, and what of them may be shown in public."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """A complaint as the figures need it; amounts in whole rupiah."""

    received_on: date
    channel: str
    kind: str
    scope: str
    level: str
    sex: str
    closed_on: date | None
    confirmed: bool
    reopened: int
    overdue: bool
    amount: int
    recovered: int


@dataclass(slots=True)
class Figures:
    """What a span of days says; each of ``by`` counts every complaint once. ``sum``: rupiah."""

    received: int = 0
    closed: int = 0
    confirmed: int = 0
    reopened: int = 0
    overdue: int = 0
    open: int = 0
    alleged_amount: int = 0
    recovered_amount: int = 0
    with_amount: int = 0
    by: dict[str, Counter[str]] = field(default_factory=dict)


PARTS = ("channel", "kind", "scope", "level", "sex")


def figures(rows: Iterable[Row]) -> Figures:
    """What these complaints say together.

    >>> one = Row(date(2004, 5, 3), "book", "problem", "financial", "ward", "P", None, False, 0, True, 500, 200)
    >>> found = figures([one, one])
    >>> found.received, found.open, found.overdue, found.alleged_amount, found.by["channel"]["book"]
    (2, 2, 2, 1000, 2)
    """
    found = Figures(by={part: Counter() for part in PARTS})
    for one in rows:
        found.received += 1
        found.closed += one.closed_on is not None
        found.open += one.closed_on is None
        found.confirmed += one.closed_on is not None and one.confirmed
        found.reopened += one.reopened > 0
        found.overdue += one.overdue
        found.alleged_amount += one.amount
        found.recovered_amount += one.recovered
        found.with_amount += one.amount > 0
        for part in PARTS:
            found.by[part][getattr(one, part)] += 1
    return found


def by_month(rows: Iterable[Row]) -> dict[date, Figures]:
    """The figures of each month in which a complaint was received, by its first day, the latest first."""
    months: dict[date, list[Row]] = {}
    for one in rows:
        months.setdefault(one.received_on.replace(day=1), []).append(one)
    return {first: figures(months[first]) for first in sorted(months, reverse=True)}


def shown_parts(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Parts of a total as they may be shown beside it; ``None``: not shown.

    A small part is hidden; where hiding it alone would let it be worked out from the total (the hidden parts
    together are small too, or it is only one), the next smallest is hidden with it. Where the total itself is
    small every part is.

    >>> shown_parts({"a": 9, "b": 7, "c": 2}, 5)
    {'a': 9, 'b': None, 'c': None}
    >>> shown_parts({"a": 9, "b": 0}, 5), shown_parts({"a": 2, "b": 2}, 5)
    ({'a': 9, 'b': 0}, {'a': None, 'b': None})
    """
    there = sorted((count, key) for key, count in counts.items() if count)
    if sum(count for count, _key in there) < least:
        return {key: None if count else 0 for key, count in counts.items()}
    hidden = {key for count, key in there if count < least}
    for _count, key in there:
        together = sum(number for number, name in there if name in hidden)
        if not hidden or (len(hidden) > 1 and together >= least):
            break
        hidden.add(key)
    return {key: None if key in hidden else count for key, count in counts.items()}


def published_until(
    received: Mapping[date, int], months: Sequence[date], least: int
) -> date | None:
    """The last of these months up to which figures are published; ``None``: no month yet.

    ``received``: complaints by the first day of their month. A month waits until so many came since the last one
    published that nobody is known by what one page says more than the page before it.

    >>> march, april, may = date(2004, 3, 1), date(2004, 4, 1), date(2004, 5, 1)
    >>> published_until({march: 6, april: 2}, [march, april], 5), published_until({april: 2, may: 3}, [april, may], 5)
    (datetime.date(2004, 3, 1), datetime.date(2004, 5, 1))
    """
    published, waiting = None, 0
    for month in months:
        waiting += received.get(month, 0)
        if waiting == 0 or waiting >= least:
            published, waiting = month, 0
    return published


def shown_part(part: int, whole: int, least: int) -> int | None:
    """A part of a whole as it may be shown beside it: neither it nor the rest may be small.

    >>> shown_part(8, 9, 5), shown_part(9, 9, 5), shown_part(20, 30, 5)
    (None, 9, 20)
    """
    return shown_parts({"part": part, "rest": whole - part}, least)["part"]
