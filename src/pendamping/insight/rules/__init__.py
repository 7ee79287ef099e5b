"""Warnings from the record of a ward; pure, no database."""

from pendamping.insight.rules.factors import warnings
from pendamping.insight.rules.warned import LIMITS, Limits, Warned

__all__ = ["LIMITS", "Limits", "Warned", "warnings"]
