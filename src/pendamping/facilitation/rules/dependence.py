"""Dependence on the facilitator: who decided, month after month, and whether it falls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.facilitation.rules.log import DECIDERS, months
from pendamping.kernel.share import Share

SPAN = 3  # months that are put together and compared with as many before them


@dataclass(frozen=True, slots=True)
class Month:
    """Decisions of a month by who took them; ``first``: its first day."""

    first: date
    community: int = 0
    joint: int = 0
    facilitator: int = 0

    @property
    def all(self) -> int:
        """All decisions of the month."""
        return self.community + self.joint + self.facilitator


def by_month(decisions: Iterable[tuple[date, str]]) -> list[Month]:
    """Month after month without gaps; what decided nothing is not counted.

    >>> by_month([(date(2004, 5, 3), "facilitator"), (date(2004, 7, 9), "community"),
    ...           (date(2004, 7, 10), "none")])[-1]
    Month(first=datetime.date(2004, 7, 1), community=1, joint=0, facilitator=0)
    """
    counts: dict[date, dict[str, int]] = {}
    for day, who in decisions:
        if who in DECIDERS:
            month = counts.setdefault(day.replace(day=1), dict.fromkeys(DECIDERS, 0))
            month[who] += 1
    return [Month(first, **counts.get(first, {})) for first in months(counts)]


@dataclass(frozen=True, slots=True)
class Course:
    """Where dependence goes: the facilitator's share of decisions before, and in the last months.

    ``word``: ``falling``, ``rising``, ``level``, or ``few`` where there are too few decisions to say.
    """

    word: str
    before: Share
    last: Share


def course(found: Sequence[Month], least: int, span: int = SPAN) -> Course:
    """Compare the last ``span`` months with as many before them, each with ``least`` decisions or more.

    Shares are compared exactly, by multiplying across: 2 of 5 falls to 3 of 9.

    >>> turn = [Month(date(2004, 5, 1), 1, 2, 2), Month(date(2004, 6, 1), 4, 2, 3)]
    >>> course(turn, 5, span=1).word, course(turn, 6, span=1).word
    ('falling', 'few')
    """
    last, before = _pooled(found[-span:]), _pooled(found[-2 * span : -span])
    if min(last.whole, before.whole) < max(least, 1):
        return Course("few", before, last)
    now, then = last.part * before.whole, before.part * last.whole
    word = "falling" if now < then else "rising" if now > then else "level"
    return Course(word, before, last)


def _pooled(part: Sequence[Month]) -> Share:
    return Share(sum(one.facilitator for one in part), sum(one.all for one in part))
