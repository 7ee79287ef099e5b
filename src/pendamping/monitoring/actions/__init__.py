"""The only writers of the room."""

from pendamping.monitoring.actions.maturity import tick
from pendamping.monitoring.actions.outcomes import ask_instead, draw_sample, record_interview
from pendamping.monitoring.actions.scorecard import (
    follow_up,
    note_meeting,
    open_round,
    promise,
    record_sheet,
)

__all__ = [
    "ask_instead",
    "draw_sample",
    "follow_up",
    "note_meeting",
    "open_round",
    "promise",
    "record_interview",
    "record_sheet",
    "tick",
]
