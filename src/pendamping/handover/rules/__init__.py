"""Rules of the hand-over; pure."""

from pendamping.handover.rules.duties import (
    Duty,
    Passing,
    Practised,
    duty_of,
    named_problems,
    passing_problems,
    practice_problems,
    rights_of,
)
from pendamping.handover.rules.reading import (
    WORDS,
    Criterion,
    Found,
    read_criteria,
    waits_for,
)
from pendamping.handover.rules.signing import (
    check_due,
    preparing_problems,
    promise_problems,
    signing_problems,
)

__all__ = [
    "WORDS",
    "Criterion",
    "Duty",
    "Found",
    "Passing",
    "Practised",
    "check_due",
    "duty_of",
    "named_problems",
    "passing_problems",
    "practice_problems",
    "preparing_problems",
    "promise_problems",
    "read_criteria",
    "rights_of",
    "signing_problems",
    "waits_for",
]
