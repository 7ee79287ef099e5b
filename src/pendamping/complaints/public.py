"""A ward's complaints in figures for everybody: whole months of a year, nothing that few could be known by."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.complaints.rules import (
    Figures,
    Row,
    by_month,
    figures,
    published_until,
    shown_part,
    shown_parts,
)

Reading = Callable[[date, date], list[Row]]


@dataclass(frozen=True, slots=True)
class InPublic:
    """What may be said from ``first`` to ``until``; a figure that is not shown is ``None``.

    ``few``: so few came that nothing is said at all. ``waits``: what came after ``until`` is too little to be said.
    The parts are by key: months by their first day, and channels, kinds and scopes of the guideline.
    """

    first: date
    until: date
    few: bool = False
    waits: bool = False
    received: int | None = None
    closed: int | None = None
    open: int | None = None
    confirmed: int | None = None
    overdue: int | None = None
    in_time: int | None = None
    alleged: int | None = None
    came_back: int | None = None
    months: tuple[tuple[date, int | None], ...] = ()
    channels: tuple[tuple[str, int | None], ...] = ()
    kinds: tuple[tuple[str, int | None], ...] = ()
    scopes: tuple[tuple[str, int | None], ...] = ()


def in_public(read: Reading, today: date, least: int) -> InPublic:
    """The figures of the year of the last whole month. ``read``: complaints received in a span."""
    last = today.replace(day=1) - timedelta(days=1)
    first = last.replace(month=1, day=1)
    rows = read(first, last)
    months = [first.replace(month=number) for number in range(1, last.month + 1)]
    received = {month: one.received for month, one in by_month(rows).items()}
    month = published_until(received, months, least)
    until = month.replace(day=monthrange(month.year, month.month)[1]) if month else first
    said = [one for one in rows if month and one.received_on <= until]
    if rows and not said:
        return InPublic(first, last, few=True)
    return _said(
        figures(said), received, InPublic(first, until, waits=len(said) < len(rows)), least
    )


def _said(all_: Figures, received: Mapping[date, int], of: InPublic, least: int) -> InPublic:
    total, closed = all_.received, shown_part(all_.closed, all_.received, least)
    overdue = shown_part(all_.overdue, total, least)
    confirmed = shown_part(all_.confirmed, total, least)
    if closed is None or shown_part(all_.confirmed, all_.closed, least) is None:
        confirmed = None  # or who closed without a word of theirs could be counted
    money = all_.with_amount >= least
    by = {part: _shown(all_.by[part], least) for part in ("channel", "kind", "scope")}
    return InPublic(
        first=of.first, until=of.until, waits=of.waits, received=total, closed=closed,
        open=None if closed is None else total - closed, confirmed=confirmed, overdue=overdue,
        in_time=None if overdue is None else total - overdue,
        alleged=all_.alleged_amount if money else None,
        came_back=all_.recovered_amount if money else None,
        months=_shown({one: count for one, count in received.items() if one <= of.until}, least),
        channels=by["channel"], kinds=by["kind"], scopes=by["scope"],
    )  # fmt: skip


def _shown(counts: Mapping[Any, int], least: int) -> tuple[tuple[Any, int | None], ...]:
    by_place = {str(place): count for place, count in enumerate(counts.values())}
    shown = shown_parts(by_place, least)
    return tuple(zip(counts, shown.values(), strict=True))
