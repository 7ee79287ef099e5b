"""What holds for complaints. Pure: no database, no framework."""

from pendamping.complaints.rules.clock import (
    Standing,
    Stay,
    Turn,
    after_workdays,
    standing,
    turns_of,
    workdays_between,
)
from pendamping.complaints.rules.codes import code_from, read_code, written
from pendamping.complaints.rules.figures import (
    Figures,
    Row,
    by_month,
    figures,
    published_until,
    shown_part,
    shown_parts,
)
from pendamping.complaints.rules.guide import ComplaintRule, Level, kept_rule, read_rule
from pendamping.complaints.rules.hands import ABOUT, area_of, concerned, same_name
from pendamping.complaints.rules.moves import (
    Wanted,
    closing_problems,
    intake_problems,
    pass_problems,
    recovered_problems,
    state_problems,
)

__all__ = [
    "ABOUT",
    "ComplaintRule",
    "Figures",
    "Level",
    "Row",
    "Standing",
    "Stay",
    "Turn",
    "Wanted",
    "after_workdays",
    "area_of",
    "by_month",
    "closing_problems",
    "code_from",
    "concerned",
    "figures",
    "intake_problems",
    "kept_rule",
    "pass_problems",
    "published_until",
    "read_code",
    "read_rule",
    "recovered_problems",
    "same_name",
    "shown_part",
    "shown_parts",
    "standing",
    "state_problems",
    "turns_of",
    "workdays_between",
    "written",
]
