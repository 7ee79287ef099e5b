"""Rules of accompanying a ward; pure."""

from pendamping.facilitation.rules.dependence import Course, Month, by_month, course
from pendamping.facilitation.rules.guide import SILENT, AccompanyingRule, read_rule
from pendamping.facilitation.rules.log import (
    DECIDERS,
    NOBODY,
    ROLES,
    Day,
    MonthOfRoles,
    by_role,
    day_problems,
    shared,
)
from pendamping.facilitation.rules.planning import (
    Planned,
    Standing,
    plan_problems,
    standing,
    unlogged,
    week_of,
)
from pendamping.facilitation.rules.rating import (
    SCALE,
    Said,
    answer_problems,
    code_of,
    round_problems,
    said,
)
from pendamping.facilitation.rules.report import report_problems
from pendamping.facilitation.rules.team import EDUCATION, POSITIONS, Term, term_problems
from pendamping.facilitation.rules.trainings import (
    Booking,
    Came,
    Gain,
    clashes,
    gain,
    roll_problems,
    roll_seal,
    trained,
    training_problems,
)

__all__ = [
    "DECIDERS",
    "EDUCATION",
    "NOBODY",
    "POSITIONS",
    "ROLES",
    "SCALE",
    "SILENT",
    "AccompanyingRule",
    "Booking",
    "Came",
    "Course",
    "Day",
    "Gain",
    "Month",
    "MonthOfRoles",
    "Planned",
    "Said",
    "Standing",
    "Term",
    "answer_problems",
    "by_month",
    "by_role",
    "clashes",
    "code_of",
    "course",
    "day_problems",
    "gain",
    "plan_problems",
    "read_rule",
    "report_problems",
    "roll_problems",
    "roll_seal",
    "round_problems",
    "said",
    "shared",
    "standing",
    "term_problems",
    "trained",
    "training_problems",
    "unlogged",
    "week_of",
]
