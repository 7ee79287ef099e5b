"""Made-up wards, and how well warnings find what was planted; pure, no database."""

from pendamping.simulation.rules.assigning import assigned
from pendamping.simulation.rules.measuring import LEAD_DAYS, Measured, look, measured, table
from pendamping.simulation.rules.setting import Setting, code_of, setting
from pendamping.simulation.rules.ward import GUIDELINE, live

__all__ = [
    "GUIDELINE",
    "LEAD_DAYS",
    "Measured",
    "Setting",
    "assigned",
    "code_of",
    "live",
    "look",
    "measured",
    "setting",
    "table",
]
