"""When stages are planned, when they are expected, which are late. Pure Python, days included on both ends.

Planned: from the first day of the programme, each stage the day after the last of its predecessors, for
the length of the guideline; the latest plan that a meeting adopted goes before it. Expected: what has
happened as it happened, the rest from today with the lengths of the guideline.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.cycle.rules.graph import Stages, before

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both counted."""

    starts: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a stage ran; ``finished`` is empty while it runs. ``turn`` counts from 1."""

    stage: str
    turn: int
    started: date
    finished: date | None = None


Spans = Mapping[str, Span]


def planned(stages: Stages, first_day: date, board_ends: date | None = None) -> dict[str, Span]:
    """The plan of the guideline for the first time of each stage; a stage left out has no dates.

    ``board_ends``: the last day of the board's term: a stage that comes round with each term is planned
    to end on it, and is not planned before a board sits. A stage without a length is not planned, and
    takes no time from those after it.

    >>> from pendamping.cycle.rules.graph import Stage
    >>> graph = {"map": Stage("map", low=6, high=9), "plan": Stage("plan", ("map",), low=2, high=2)}
    >>> found = planned(graph, date(2003, 11, 13))
    >>> found["map"].ends.isoformat(), found["plan"].starts.isoformat(), found["plan"].ends.isoformat()
    ('2004-01-07', '2004-01-08', '2004-01-21')
    """
    found: dict[str, Span] = {}
    free: dict[str, date] = {}  # the first day on which what comes after a stage can begin
    for key, stage in stages.items():
        starts = max((free[name] for name in before(stages, key)), default=first_day)
        free[key] = starts
        if stage.skipped or stage.days is None:
            continue
        length = timedelta(days=stage.days)
        if stage.repeats == "each-term":
            if board_ends is not None:
                found[key] = Span(board_ends - length + ONE_DAY, board_ends)
                free[key] = board_ends + ONE_DAY
            continue
        found[key] = Span(starts, starts + length - ONE_DAY)
        free[key] = starts + length
    return found


def in_force(first: Spans, later: Iterable[Spans]) -> dict[str, Span]:
    """The plan that holds: the guideline's dates, with those of each adopted plan laid over them."""
    found = dict(first)
    for plan in later:
        found.update(plan)
    return found


def latest(runs: Iterable[Run]) -> dict[str, Run]:
    """The last time of each stage."""
    found: dict[str, Run] = {}
    for run in sorted(runs, key=lambda run: run.turn):
        found[run.stage] = run
    return found


def first_ends(runs: Iterable[Run]) -> dict[str, date]:
    """The day on which each stage was finished for the first time."""
    found: dict[str, date] = {}
    for run in sorted(runs, key=lambda run: run.turn):
        if run.finished is not None:
            found.setdefault(run.stage, run.finished)
    return found


def still_ahead(run: Run, length: timedelta, gates: tuple[int, int], today: date) -> date:
    """The last day that is expected of a stage that runs. ``gates``: how many are open, of how many.

    As long as the guideline expects from the day it began. Once that is over, the record says how far it
    is: of the length as much is still ahead, from today, as of its gates is open, in whole days rounded up.
    So a stage that has hardly begun is not expected to end today, and one that only has to be closed is.

    >>> funds = Run("funds", 1, date(2004, 5, 12))
    >>> still_ahead(funds, timedelta(weeks=20), (1, 4), date(2004, 6, 1)).isoformat()
    '2004-09-28'
    >>> [still_ahead(funds, timedelta(weeks=20), (n, 4), date(2005, 5, 12)).isoformat() for n in (4, 1, 0)]
    ['2005-09-29', '2005-06-16', '2005-05-12']
    """
    ends = run.started + length - ONE_DAY
    if ends >= today:
        return ends
    open_, all_ = gates
    return today + timedelta(days=-(-length.days * open_ // all_)) if all_ else today


def expected(
    stages: Stages,
    runs: Iterable[Run],
    plan: Spans,
    today: date,
    gates: Mapping[str, tuple[int, int]] | None = None,
) -> dict[str, Span]:
    """When each stage runs as things stand: what is done as it was, the rest by today and the lengths.

    A running stage takes as long as the guideline expects from the day it began; one that has outrun it, as
    :func:`still_ahead` says of its ``gates`` (by stage: how many are open, of how many). What has not begun begins when its predecessors are expected to end, today at the earliest; a
    stage that comes round with each term keeps its planned dates.
    """
    known = list(runs)
    last, ended = latest(known), first_ends(known)
    found: dict[str, Span] = {}
    free: dict[str, date] = {}
    for key, stage in stages.items():
        waits = [free[name] for name in before(stages, key)]
        length = timedelta(days=stage.days or 1)
        run = last.get(key)
        if stage.skipped or (run is None and stage.days is None):
            free[key] = max(waits, default=today)
            continue
        if run is not None:
            ends = run.finished or still_ahead(run, length, (gates or {}).get(key, (0, 0)), today)
            found[key] = Span(run.started, ends)
        elif stage.repeats == "each-term":
            if key in plan:
                found[key] = plan[key]
        else:
            starts = max([*waits, today])
            found[key] = Span(starts, starts + length - ONE_DAY)
        free[key] = (ended[key] if key in ended else _end(found, key, today)) + ONE_DAY
    return found


def _end(found: Spans, key: str, today: date) -> date:
    return found[key].ends if key in found else today


def days_late(plan: Span | None, run: Run | None, today: date) -> int:
    """Days past the planned end: to the day it was finished, else to today; zero where it is not late.

    >>> days_late(Span(date(2004, 1, 1), date(2004, 1, 28)), None, date(2004, 2, 1))
    4
    """
    if plan is None:
        return 0
    ended = run.finished if run is not None and run.finished is not None else today
    return max((ended - plan.ends).days, 0)
