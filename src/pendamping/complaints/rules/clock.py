"""The clock of a complaint: where it stands on a day, worked out from dates alone.

Nothing has to run at night: a level that has not answered by the end of its limit has lost the complaint to
the level above on the day after, and whoever looks on any later day finds it there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pendamping.complaints.rules.guide import ComplaintRule

DAY = timedelta(days=1)


def after_workdays(start: date, days: int, per_week: int = 5) -> date:
    """The day that lies so many working days after ``start``, which itself is not counted.

    Working days are the first ``per_week`` days from Monday; public holidays are not known and count.

    >>> after_workdays(date(2004, 5, 3), 7), after_workdays(date(2004, 5, 7), 1)
    (datetime.date(2004, 5, 12), datetime.date(2004, 5, 10))
    """
    day = start
    while days:
        day += DAY
        days -= day.weekday() < per_week
    return day


def workdays_between(start: date, end: date, per_week: int = 5) -> int:
    """Working days after ``start`` up to ``end``; the other way round of :func:`after_workdays`.

    >>> workdays_between(date(2004, 5, 3), date(2004, 5, 12))
    7
    """
    days = (end - start).days
    return sum((start + timedelta(days=one)).weekday() < per_week for one in range(1, days + 1))


@dataclass(frozen=True, slots=True)
class Turn:
    """The clock begins (anew) at a level: received, passed on, opened again, or parted from another.

    ``ended``: the day of the answer, or of what ended the turn otherwise; ``None``: it runs. ``due``: the limit that
    another register stated in place of ours. ``elsewhere``: until that day it lay in another register, where no
    clock moved it; what was late there is late, and climbs from the next day on.
    """

    begun: date
    level: str
    ended: date | None = None
    due: date | None = None
    elsewhere: date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A complaint at a level, from a day on; ``due``: the last day of the limit.

    ``ended``: the last day on which it lay there (``None``: it lies there). ``climbed``: it came by the clock.
    """

    level: str
    since: date
    due: date
    ended: date | None
    climbed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a complaint stands on a day. ``late``: the limit of ``level`` is over and nobody is above.

    ``overdue``: no level so far kept its limit in the running turn, or in the last one. ``climbs``: how often
    the clock has moved it up, over all turns.
    """

    level: str
    since: date
    due: date
    runs: bool
    late: bool
    overdue: bool
    climbs: int
    stays: tuple[Stay, ...]


def standing(turns: Sequence[Turn], rule: ComplaintRule, on: date) -> Standing:
    """Where a complaint stands at the end of a day; ``turns`` in their order, at least one.

    >>> from pendamping.complaints.rules.guide import read_rule
    >>> levels = {"ward": {"order": 1, "days": 7}, "city": {"order": 2, "days": 14}}
    >>> rule, got = read_rule({}, levels, "p2kp2"), Turn(date(2004, 5, 3), "ward")
    >>> at = standing([got], rule, date(2004, 5, 13))
    >>> at.level, at.since, at.due
    ('city', datetime.date(2004, 5, 13), datetime.date(2004, 6, 2))
    """
    before = [stay for turn in turns[:-1] for stay in _stays(turn, rule, on)]
    now = _stays(turns[-1], rule, on)
    last, found = now[-1], (*before, *now)
    until = turns[-1].ended or on
    late = until > last.due
    return Standing(
        level=last.level,
        since=last.since,
        due=last.due,
        runs=turns[-1].ended is None,
        late=late,
        overdue=late or any(stay.climbed for stay in now),
        climbs=sum(stay.climbed for stay in found),
        stays=found,
    )


def _stays(turn: Turn, rule: ComplaintRule, on: date) -> list[Stay]:
    """The levels that a turn went through, at least one."""
    until = turn.ended if turn.ended is not None else on
    level, since, climbed = rule.level(turn.level), turn.begun, False
    found: list[Stay] = []
    while True:
        due = after_workdays(since, level.days, rule.workdays_per_week)
        leaves = due
        if not found:
            due = turn.due or due
            leaves = max(due, turn.elsewhere or due)
        above = rule.above(level.key)
        if until <= leaves or above is None:
            return [*found, Stay(level.key, since, due, turn.ended, climbed)]
        found.append(Stay(level.key, since, due, leaves, climbed))
        level, since, climbed = above, leaves + DAY, True


def turns_of(steps: Iterable[tuple[str, date, str]]) -> list[Turn]:
    """The turns of a complaint out of ``(kind, day, level)`` of its steps, in their order.

    ``received``, ``passed``, ``reopened`` and ``parted`` begin a turn; each of them and ``answered``,
    ``closed``, ``joined`` end the one before.

    >>> turns_of([("received", date(2004, 5, 3), "ward"), ("answered", date(2004, 5, 5), "")])
    [Turn(begun=datetime.date(2004, 5, 3), level='ward', ended=datetime.date(2004, 5, 5), due=None, elsewhere=None)]
    """
    found: list[Turn] = []
    for kind, on, level in steps:
        if kind not in BEGINS and kind not in ENDS:
            continue
        if found and found[-1].ended is None:
            found[-1] = replace(found[-1], ended=on)
        if kind in BEGINS:
            found.append(Turn(on, level))
    return found


BEGINS = frozenset({"received", "passed", "reopened", "parted"})
ENDS = frozenset({"answered", "closed", "joined"})
