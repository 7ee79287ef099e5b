"""Made-up wards, and how well warnings find what was planted; pure, no database."""

from pendamping.simulation.rules.setting import Setting, code_of, setting
from pendamping.simulation.rules.ward import GUIDELINE, live

__all__ = ["GUIDELINE", "Setting", "code_of", "live", "setting"]
