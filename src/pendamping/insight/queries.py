"""What stands out in a ward on a day, with the record behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from pendamping.guidelines import queries as guidelines
from pendamping.insight import labels, live
from pendamping.insight.remedied import (
    Done,
    Elsewhere,
    check,
    dump,
    elsewhere,
    remedies,
    remedy,
    seen,
    waiting,
)
from pendamping.insight.rules import (
    STANDS_OUT,
    Limits,
    Quarter,
    Warned,
    quarters,
    read,
    warnings,
)
from pendamping.kernel import memory

__all__ = [
    "Done",
    "Elsewhere",
    "Look",
    "check",
    "dump",
    "elsewhere",
    "look",
    "look_and_keep",
    "name",
    "remedies",
    "remedy",
    "seen",
    "urgent",
    "urgent_of",
    "waiting",
]


@dataclass(frozen=True)
class Look:
    """A ward on a day: its fourteen factors, the limits they were measured by, the rows they were read from."""

    ward: str
    on: date
    warned: tuple[Warned, ...]
    limits: Limits
    rows: live.Found

    def of(self, factor: str) -> Warned | None:
        """One factor."""
        return next((one for one in self.warned if one.factor == factor), None)

    @property
    def holding_back(self) -> list[Warned]:
        """What warns, the most urgent first, within that the oldest."""
        found = [one for one in self.warned if one.severity in STANDS_OUT]
        return sorted(found, key=lambda one: (one.severity != "act", one.since or self.on))

    @property
    def strengths(self) -> list[Warned]:
        """What carries the programme here."""
        return [one for one in self.warned if one.severity == "strength"]

    @property
    def quiet(self) -> list[Warned]:
        """Looked at, and nothing stands out."""
        return [one for one in self.warned if one.severity == "info"]

    @property
    def unknown(self) -> list[Warned]:
        """What the record has no data for."""
        return [one for one in self.warned if one.severity == "unknown"]

    @property
    def turnout(self) -> list[Quarter]:
        """Different persons who came, by quarter."""
        return quarters(self.rows, self.on)


def look(ward: str, on: date) -> Look:
    """Everything the rules say of a ward on a day, from the live record, by the limits of its guideline."""
    with memory.remembering(look=True):
        rows = live.rows(ward, on)
        limits = read(guidelines.in_force(ward, on).section)
    return Look(ward, on, tuple(warnings(rows, on, limits)), limits, rows)


def look_and_keep(ward: str, on: date) -> Look:
    """The same for a page; how many are to be acted on now stays for the desk, which is too often opened to look."""
    found = look(ward, on)
    urgent = sum(one.severity == "act" for one in found.warned)
    cache.set(_key(ward), (urgent, on), timeout=None)
    return found


def urgent(ward: str) -> tuple[int, date] | None:
    """How many warnings were to be acted on when a page last looked, and on which day; ``None`` before the first."""
    kept: tuple[int, date] | None = cache.get(_key(ward))
    return kept


def urgent_of(wards: Iterable[str]) -> dict[str, tuple[int, date]]:
    """The same of many wards, asked once; a ward into which nobody has looked yet is not in it."""
    keys = {_key(ward): ward for ward in wards}
    return {keys[key]: kept for key, kept in cache.get_many(keys).items()}


def _key(ward: str) -> str:
    return f"pendamping.urgent:{ward}"


def name(factor: str) -> str:
    """What a factor is called in the reader's language."""
    return labels.name(factor)
