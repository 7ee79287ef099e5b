"""Who belongs to a meeting: the members of the group that called it, or of the body that meets.

Bodies stand above this room, and it knows none of them. The desk, which reads them, says once at the start
whom to ask (ADR 0032); without it, and before a body sits, nobody is known to belong.
"""

from collections.abc import Callable, Sequence
from datetime import date

from pendamping.guidelines import queries as guidelines
from pendamping.meetings.models import Meeting

Sitting = Callable[[str, str, date], Sequence[str] | None]
"""The ids of who sits in a body (by the roll that the guideline names) of a ward on a day; none of them where
the term of all is over, ``None`` where nobody has sat in it by then."""

_known: dict[str, Sitting] = {}


def ask_who_sits(sitting: Sitting) -> None:
    """Say once, at the start, who knows who sits in the bodies of a ward."""
    _known["sitting"] = sitting


def members(meeting: Meeting) -> list[str] | None:
    """The ids of those who alone may decide in a meeting; ``None`` where they are not known by name. Empty: the
    body has sat, and nobody sits in it on that day.
    """
    if meeting.members is not None:
        return list(meeting.members)
    if "sitting" not in _known:
        return None
    roll = guidelines.section("meetings", meeting.ward, meeting.held_on)[meeting.kind]["quorum"][
        "roll"
    ]
    found = _known["sitting"](meeting.ward, roll, meeting.held_on)
    return None if found is None else list(found)
