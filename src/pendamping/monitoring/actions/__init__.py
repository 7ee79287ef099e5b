"""The only writers of the room."""

from pendamping.monitoring.actions.scorecard import (
    follow_up,
    note_meeting,
    open_round,
    promise,
    record_sheet,
)

__all__ = ["follow_up", "note_meeting", "open_round", "promise", "record_sheet"]
