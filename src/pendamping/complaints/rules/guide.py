"""What the guideline says about complaints."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SILENT: dict[str, Any] = {
    "anonymous_allowed": True,
    "acknowledge_days": 3,
    "escalate_levels": 1,
    "amount_if_misuse": True,
    "complainant_confirms": True,
    "confirm_days": 14,
    "meeting_if_misuse": True,
    "least_shown": 5,
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level that answers complaints: its key, its place from the ward up, its limit in working days."""

    key: str
    order: int
    days: int


@dataclass(frozen=True, slots=True)
class ComplaintRule:
    """The rule of complaints as one keeps it; days are working days.

    ``levels``: from the ward up. ``least_shown``: a figure of fewer complaints is not shown in public.
    ``workdays_per_week``: counted from Monday.
    """

    code: str
    levels: tuple[Level, ...]
    anonymous_allowed: bool
    acknowledge_days: int
    escalate_levels: int
    amount_if_misuse: bool
    complainant_confirms: bool
    confirm_days: int
    meeting_if_misuse: bool
    least_shown: int
    workdays_per_week: int = 5

    def clause(self, key: str) -> str:
        """The id under which a reason names a rule of complaints."""
        return f"complaints.{self.code}.{key}"

    def level(self, key: str) -> Level:
        """A level by its key; the lowest where the rule does not know it."""
        return next((one for one in self.levels if one.key == key), self.levels[0])

    def above(self, key: str) -> Level | None:
        """Where a complaint goes that was not answered in time; ``None`` at the top."""
        place = self.levels.index(self.level(key)) + self.escalate_levels
        last = len(self.levels) - 1
        at = min(place, last)
        return self.levels[at] if self.levels[at].key != self.level(key).key else None

    def as_json(self) -> dict[str, Any]:
        """As a complaint keeps it."""
        return {**asdict(self), "levels": [asdict(one) for one in self.levels]}


def read_rule(
    section: Mapping[str, Any], levels: Mapping[str, Any], code: str, workdays_per_week: int = 5
) -> ComplaintRule:
    """From the sections ``complaints`` and ``complaint_levels``; where a text is silent the P2KP-2 text holds."""
    said = {**SILENT, **{key: value for key, value in section.items() if key in SILENT}}
    found = [Level(key, one["order"], one["days"]) for key, one in levels.items()]
    ordered = tuple(sorted(found, key=lambda one: one.order)) or (Level("ward", 1, 7),)
    return ComplaintRule(code=code, levels=ordered, workdays_per_week=workdays_per_week, **said)


def kept_rule(kept: Mapping[str, Any]) -> ComplaintRule:
    """The rule that was kept."""
    return ComplaintRule(**{**kept, "levels": tuple(Level(**one) for one in kept["levels"])})
