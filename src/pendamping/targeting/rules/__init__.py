"""Which ward, which criteria, which households. Pure: no database, no framework."""

from pendamping.targeting.rules.candidates import columns_not_read, read_candidates
from pendamping.targeting.rules.designation import (
    Candidate,
    Check,
    DesignationRule,
    Verdict,
    assess,
    candidate_problems,
    designation_problems,
    read_rule,
)

__all__ = [
    "Candidate",
    "Check",
    "DesignationRule",
    "Verdict",
    "assess",
    "candidate_problems",
    "columns_not_read",
    "designation_problems",
    "read_candidates",
    "read_rule",
]
