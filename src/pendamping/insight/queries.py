"""What stands out in a ward on a day, with the record behind it."""

from dataclasses import dataclass
from datetime import date

from pendamping.guidelines import queries as guidelines
from pendamping.insight import live
from pendamping.insight.rules import (
    STANDS_OUT,
    SUPPORTING,
    Limits,
    Quarter,
    Warned,
    quarters,
    read,
    warnings,
)
from pendamping.kernel import memory


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


def is_strength(factor: str) -> bool:
    """Whether a factor carries, and does not hold back."""
    return factor in SUPPORTING
