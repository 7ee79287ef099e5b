"""The desk's one writer: an administrator opens a ward."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def open_ward(
    *,
    by: User,
    code: str,
    programme_start: date | None = None,
    programme_end: date | None = None,
) -> str:
    """Let a ward take part, under its official code (``"32.71.01.1003"``); returns the code.

    Refuses who is no administrator, a code that is no ward, and a ward that takes part already.
    """
    allow(by, "desk.open_ward", code)
    territory.open_ward(
        by=by, code=code, programme_start=programme_start, programme_end=programme_end
    )
    record(by=by, ward=code, record=f"ward:{code}", on=programme_start)
    return code
