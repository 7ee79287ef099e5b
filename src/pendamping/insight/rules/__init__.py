"""Warnings from the record of a ward; pure, no database."""

from pendamping.insight.rules.factors import warnings
from pendamping.insight.rules.limits import LIMITS, Limits, read
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
    "STANDS_OUT",
    "SUPPORTING",
    "Limits",
    "Quarter",
    "Warned",
    "came",
    "quarters",
    "read",
    "warnings",
]
