"""The picture of the cycle in figures: where bars begin on the width of the page, which months are marked.

One picture for the screen and for the sheet on the wall; places are percent of the width.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.cycle.rules import Span, Stage, Standing

LONGEST_AHEAD = timedelta(
    days=900
)  # a whole cycle and more; a stage farther off is named in words, it would press the rest together
MARKS = 7  # months that are named along the top, at the most


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the width, both in percent."""

    at: float
    wide: float


@dataclass(frozen=True, slots=True)
class Row:
    """A stage's bars: planned, what really happened, what is still expected; ``None`` where there is none."""

    stage: str
    planned: Bar | None
    actual: Bar | None
    ahead: Bar | None


@dataclass(frozen=True, slots=True)
class Mark:
    """The first of a month that is named along the top."""

    day: date
    at: float


@dataclass(frozen=True, slots=True)
class Picture:
    """All rows, the months along the top, and where today is (``None``: outside)."""

    rows: list[Row]
    marks: list[Mark]
    today: float | None


def picture(
    stages: Mapping[str, Stage], found: Mapping[str, Standing], today: date
) -> Picture | None:
    """The picture on a day; ``None`` where no stage has a date."""
    reach = _reach(stages, found.values(), today)
    if reach is None:
        return None
    rows = [
        Row(key, _bar(one.planned, reach), *_happened(one, reach, today))
        for key, one in found.items()
    ]
    inside = reach.starts <= today <= reach.ends
    return Picture(rows, _marks(reach), _at(today, reach) if inside else None)


def _reach(stages: Mapping[str, Stage], found: Iterable[Standing], today: date) -> Span | None:
    """From the first of the first month to the end of the last one that stands in the picture."""
    spans = [
        span
        for one in found
        for span in (one.planned, one.expected)
        if span is not None and stages[one.stage].repeats != "each-term"
    ]
    if not spans:
        return None
    first = min(span.starts for span in spans)
    last = min(max(span.ends for span in spans), max(today, first) + LONGEST_AHEAD)
    return Span(first.replace(day=1), _month_after(last) - timedelta(days=1))


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _happened(one: Standing, reach: Span, today: date) -> tuple[Bar | None, Bar | None]:
    """What a stage has really taken so far, and what is expected of it from here on."""
    if one.run is None:
        return None, _bar(one.expected, reach) if one.state in ("ready", "waiting") else None
    ended = one.run.finished or today
    actual = _bar(Span(one.run.started, max(ended, one.run.started)), reach)
    ahead = None
    if one.run.finished is None and one.expected is not None and one.expected.ends > today:
        ahead = _bar(Span(today, one.expected.ends), reach)
    return actual, ahead


def _at(day: date, reach: Span) -> float:
    return round(100 * (day - reach.starts).days / reach.days, 2)


def _bar(span: Span | None, reach: Span) -> Bar | None:
    """A stretch as far as it lies in the picture; at least one percent wide, to be seen."""
    if span is None or span.ends < reach.starts or span.starts > reach.ends:
        return None
    starts, ends = max(span.starts, reach.starts), min(span.ends, reach.ends)
    at = _at(starts, reach)
    wide = round(100 * ((ends - starts).days + 1) / reach.days, 2)
    return Bar(min(at, 99.0), max(min(wide, 100 - at), 1.0))


def _marks(reach: Span) -> list[Mark]:
    months = []
    day = reach.starts
    while day <= reach.ends:
        months.append(day)
        day = _month_after(day)
    every = -(-len(months) // MARKS)
    return [Mark(day, _at(day, reach)) for day in months[::every]]
