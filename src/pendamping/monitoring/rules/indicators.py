"""Indicators of progress: what is wanted, what the record gives, where that stands. Exact: whole numbers and fractions.

Source: handbook 7.1 and 4.3; targets and edges are guideline data.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pendamping.kernel.period import add_months, month_end

UNITS = ("percent", "days")
BANDS = ("reached", "near", "short", "open", "none")
"""``open``: there is a figure and no target. ``none``: it cannot be worked out, the denominator is zero."""


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator as the guideline wants it. ``target`` and ``edge`` in its unit, ``None`` where none is set: up to
    (or from) the target it is reached, between it and the edge it is near; the better band includes its edge."""

    key: str
    measure: str
    unit: str
    higher: bool
    target: int | None = None
    edge: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a figure: ``by`` what it is parted (``kind``, ``sex``, ``poor`` …), ``key`` which of them."""

    by: str
    key: str
    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What the record gives on a day: numerator, denominator, the records behind it by stable id, its parts.

    ``wanted``: what the numerator would have to be where the target is the ward's own, as planned days.
    ``lacking``: why there is no figure where the record could have one but does not (a key of the labels).
    """

    key: str
    part: int = 0
    whole: int = 0
    records: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    wanted: int | None = None
    lacking: str = ""


def read_aims(
    progress: Mapping[str, Mapping[str, Any]],
    fund: Mapping[str, Mapping[str, Any]],
    near_points: int,
) -> dict[str, Aim]:
    """The indicators of the guideline in its order: those of progress, then those of the fund with their own bands.

    ``near_points``: how far from the target a figure of progress still counts as near, in percentage points.
    """
    found = {key: _of_progress(key, said, near_points) for key, said in progress.items()}
    return found | {key: _of_fund(key, said) for key, said in fund.items()}


def _of_progress(key: str, said: Mapping[str, Any], near_points: int) -> Aim:
    higher = said.get("better", "higher") == "higher"
    target = said.get("target_percent")
    edge = None if target is None else target - near_points if higher else target + near_points
    return Aim(key, str(said.get("measure", key)), str(said.get("unit", "percent")), higher, target, edge)  # fmt: skip


def _of_fund(key: str, said: Mapping[str, Any]) -> Aim:
    edges = {band["key"]: band.get("limit_percent") for band in said["bands"]}
    return Aim(
        key, key, "percent", said["better"] == "higher",
        edges.get("satisfactory"), edges.get("minimum"),
    )  # fmt: skip


def value(part: int, whole: int, unit: str) -> Fraction | None:
    """The figure in its unit: percent, or days on the average; ``None`` where the denominator is zero.

    >>> value(625, 3448, "percent") == Fraction(62500, 3448), value(90, 3, "days"), value(5, 0, "percent")
    (True, Fraction(30, 1), None)
    """
    if not whole:
        return None
    return Fraction(part * 100 if unit == "percent" else part, whole)


def band(aim: Aim, figure: Figure) -> str:
    """Where a figure stands, one of ``BANDS``.

    >>> women = Aim("women", "women", "percent", True, 40, 35)
    >>> [band(women, Figure("women", part, 100)) for part in (40, 39, 35, 34)]
    ['reached', 'near', 'near', 'short']
    >>> band(women, Figure("women", 0, 0)), band(Aim("x", "x", "percent", True), Figure("x", 1, 2))
    ('none', 'open')
    """
    found = value(figure.part, figure.whole, aim.unit)
    if found is None:
        return "none"
    target: Fraction | int | None = aim.target
    edge: Fraction | int | None = aim.edge
    if figure.wanted is not None:
        target = edge = value(figure.wanted, figure.whole, aim.unit)
    if target is None:
        return "open"
    sign = 1 if aim.higher else -1
    if sign * found >= sign * target:
        return "reached"
    return "near" if edge is not None and sign * found >= sign * edge else "short"


def middle(values: Iterable[Fraction]) -> Fraction | None:
    """The median; ``None`` of nothing.

    >>> middle([Fraction(3), Fraction(1), Fraction(2), Fraction(10)])
    Fraction(5, 2)
    """
    known = sorted(values)
    if not known:
        return None
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def pulling(figure: Figure, higher: bool, by: str) -> Part | None:
    """Of the parts by one criterion the one that pulls the figure most to the worse side: the one without which it would
    be best. ``None`` where there are not two of them with something in them, or where none pulls.

    >>> parts = (Part("kind", "rw", 10, 50), Part("kind", "ward", 60, 100))
    >>> pulling(Figure("women", 70, 150, (), parts), True, "kind").key
    'rw'
    """
    rows = [one for one in figure.parts if one.by == by and one.whole]
    if len(rows) < 2:
        return None
    part, whole = sum(one.part for one in rows), sum(one.whole for one in rows)
    sign = 1 if higher else -1
    now = sign * Fraction(part, whole)
    without = [(sign * Fraction(part - one.part, whole - one.whole), one) for one in rows]
    best, found = max(without, key=lambda pair: (pair[0], pair[1].key))
    return found if best > now else None


def months_of(first: date, on: date, most: int) -> list[date]:
    """The days on which a picture over months reads: the ends of the months before, and the day itself; at most so many.

    >>> months_of(date(2004, 11, 20), date(2005, 1, 15), 12)
    [datetime.date(2004, 11, 30), datetime.date(2004, 12, 31), datetime.date(2005, 1, 15)]
    >>> months_of(date(2005, 3, 1), date(2005, 1, 15), 12)
    [datetime.date(2005, 1, 15)]
    """
    found, last = [on], on.replace(day=1) - timedelta(days=1)
    while last >= first and len(found) < most:
        found.append(last)
        last = month_end(add_months(last, -1))
    return found[::-1]


def shares_by(parts: Sequence[Part], by: str) -> list[Part]:
    """The parts by one criterion, in their order."""
    return [one for one in parts if one.by == by]
