"""What makes a self-help group. Pure: no database, no framework."""

from pendamping.institutions.rules.bodies import term_end
from pendamping.institutions.rules.forming import (
    OFFICERS,
    ROLES,
    Applicant,
    Forming,
    GroupRule,
    forming_problems,
    read_rule,
)

__all__ = [
    "OFFICERS",
    "ROLES",
    "Applicant",
    "Forming",
    "GroupRule",
    "forming_problems",
    "read_rule",
    "term_end",
]
