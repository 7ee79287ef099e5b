"""The only writers of dossiers, decisions, offices and freezes."""

from pendamping.verification.actions.bringing import bring_in
from pendamping.verification.actions.clocks import freeze, pause, resume
from pendamping.verification.actions.decisions import decide, receive, recuse
from pendamping.verification.actions.handing import (
    appeal,
    note_informed,
    open_dossier,
    send_again,
    withdraw,
)
from pendamping.verification.actions.offices import appoint, end_office, note_absence
from pendamping.verification.actions.scans import attach_scan

__all__ = [
    "appeal",
    "appoint",
    "attach_scan",
    "bring_in",
    "decide",
    "end_office",
    "freeze",
    "note_absence",
    "note_informed",
    "open_dossier",
    "pause",
    "receive",
    "recuse",
    "resume",
    "send_again",
    "withdraw",
]
