"""What a made-up ward is told before it lives: where, when, and which factors are planted in it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.insight.rules import SUPPORTING
from pendamping.kernel.period import add_months

Row = dict[str, Any]
Rows = dict[str, list[Row]]

WINDOW: Mapping[str, tuple[int, int]] = {
    "concept-field-mismatch": (10, 50),
    "planning-too-long": (0, 1),
    "participation-falling": (20, 45),
    "verification-stuck": (30, 50),
    "cadres-unready": (40, 55),
    "arrears-spreading": (40, 55),
    "facilitator-dependence": (15, 45),
    "elite-capture": (8, 16),
    "report-late": (20, 30),
}
"""When a planted factor begins, in percent of the ward's months; those that carry a ward do from its first day."""
GROWS_DAYS = 240
"""So many days after its beginning a planted factor is as strong as it gets."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One ward: its official-looking code (province 99 is none), its days, and what is planted from which day."""

    seed: int
    number: int
    code: str
    start: date
    end: date
    months: int
    plants: Mapping[str, date]

    def chance(self, topic: str) -> random.Random:
        """A source of its own for each topic, so that a plant changes what it is about and nothing else."""
        return random.Random(f"{self.seed}/{self.number}/{topic}")  # noqa: S311 -- repeatable on purpose, no secret

    def has(self, factor: str) -> bool:
        """Whether it is planted here."""
        return factor in self.plants

    def grown(self, factor: str, on: date) -> float:
        """From 0 to 1: how strong a planted factor is on a day; 0 where it is not planted."""
        since = self.plants.get(factor)
        if since is None or on < since:
            return 0.0
        return 1.0 if factor in SUPPORTING else min(1.0, (on - since).days / GROWS_DAYS)

    def month(self, number: int) -> date:
        """The same day of the month, so many months after the first day."""
        return add_months(self.start, number)


def code_of(number: int) -> str:
    """
    >>> code_of(1), code_of(1000)
    ('99.01.01.1001', '99.01.02.1001')
    """
    return f"99.01.{1 + (number - 1) // 999:02d}.{1001 + (number - 1) % 999}"


def setting(seed: int, number: int, months: int, factors: frozenset[str] = frozenset()) -> Setting:
    """A ward that begins on some day of 2004 or 2005, with the factors planted in it."""
    told = random.Random(f"{seed}/{number}/setting")  # noqa: S311 -- repeatable on purpose, no secret
    start = date(2004, 1, 1) + timedelta(days=told.randrange(730))
    end = add_months(start, months)
    days = (end - start).days
    plants = {
        factor: start
        if factor in SUPPORTING
        else start + timedelta(days=days * told.randint(*WINDOW[factor]) // 100)
        for factor in sorted(factors)
    }
    return Setting(seed, number, code_of(number), start, end, months, plants)


LATE = ((70, 0, 3), (25, 4, 14), (5, 15, 40))
QUICK = ((90, 0, 1), (9, 2, 5), (1, 6, 12))
"""How many days after an event it is entered: percent of the entries, from, to. *Quick*: what the program itself
notes while somebody decides."""


def entered(told: random.Random, on: date, ways: tuple[tuple[int, int, int], ...] = LATE) -> date:
    """When something that happened on a day is typed in."""
    drawn = told.randrange(100)
    for percent, first, last in ways:
        if drawn < percent:
            return on + timedelta(days=told.randint(first, last))
        drawn -= percent
    return on
