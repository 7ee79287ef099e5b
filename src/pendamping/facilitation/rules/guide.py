"""What the guideline says about accompanying a ward."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SILENT: dict[str, int] = {
    "log_within_days": 3,
    "report_within_days": 5,
    "workdays_per_week": 5,
    "least_decisions": 5,
    "least_answers": 5,
    "group_members_percent": 50,
}


@dataclass(frozen=True, slots=True)
class AccompanyingRule:
    """Days and percentages as whole numbers.

    ``log_within_days``: a day is logged so soon. ``report_within_days``: after the month's end.
    ``workdays_per_week``: from Monday on.
    ``least_decisions``: fewer in a span say nothing about dependence. ``least_answers``: fewer answers
    of residents are not shown. ``group_members_percent``: so many members at a training make it the group's.
    """

    code: str
    log_within_days: int
    report_within_days: int
    workdays_per_week: int
    least_decisions: int
    least_answers: int
    group_members_percent: int

    def clause(self, key: str) -> str:
        """The id under which a reason names a rule."""
        return f"accompanying.{self.code}.{key}"


def read_rule(said: Mapping[str, Any], code: str) -> AccompanyingRule:
    """From the section ``accompanying``; a text that is silent on a point gets what the P2KP-2 text says."""
    return AccompanyingRule(code=code, **{key: int(said.get(key, SILENT[key])) for key in SILENT})
