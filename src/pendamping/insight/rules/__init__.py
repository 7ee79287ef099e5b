"""Warnings from the record of a ward; pure, no database."""

from pendamping.insight.rules.acting import (
    ROLES,
    WORDS,
    acknowledging_problems,
    covers,
    outcome_problems,
    remedy_problems,
)
from pendamping.insight.rules.factors import warnings
from pendamping.insight.rules.limits import LIMITS, Limits, read
from pendamping.insight.rules.repaying import Owing, owing
from pendamping.insight.rules.turnout import Quarter, came, quarters
from pendamping.insight.rules.warned import (
    FACTORS,
    INHIBITING,
    STANDS_OUT,
    SUPPORTING,
    Warned,
)

__all__ = [
    "FACTORS",
    "INHIBITING",
    "LIMITS",
    "ROLES",
    "STANDS_OUT",
    "SUPPORTING",
    "WORDS",
    "Limits",
    "Owing",
    "Quarter",
    "Warned",
    "acknowledging_problems",
    "came",
    "covers",
    "outcome_problems",
    "owing",
    "quarters",
    "read",
    "remedy_problems",
    "warnings",
]
