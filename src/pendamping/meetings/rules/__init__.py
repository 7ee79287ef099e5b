"""What a meeting may decide. Pure: no database, no framework."""

from pendamping.meetings.rules.attendance import Present, tally
from pendamping.meetings.rules.matters import Matter, Way
from pendamping.meetings.rules.quorum import (
    Attendance,
    Check,
    QuorumRule,
    Verdict,
    judge,
    read_rule,
)

__all__ = [
    "Attendance",
    "Check",
    "Matter",
    "Present",
    "QuorumRule",
    "Verdict",
    "Way",
    "judge",
    "read_rule",
    "tally",
]
