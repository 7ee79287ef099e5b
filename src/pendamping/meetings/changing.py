"""Moving and cancelling a meeting after people were invited: what both ask and keep."""

from datetime import date

from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.meetings.models import Meeting, MeetingChange
from pendamping.trail.actions import record


def keep(by: User, meeting: Meeting, why: str, now: tuple[date, str] | None) -> None:
    """Keep the change with its reason, in the room and in the trail; ``now``: the new day and place,
    ``None`` where the meeting is cancelled."""
    MeetingChange.objects.create(
        meeting=meeting,
        kind="moved" if now else "cancelled",
        was_on=meeting.held_on,
        was_at=meeting.place,
        now_on=now[0] if now else None,
        now_at=now[1] if now else "",
        why=why.strip(),
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    later = {"held_on": now[0], "place": now[1]} if now else {}
    record(
        by=by, ward=meeting.ward, record=f"meeting:{meeting.id}", on=clock.today(), why=why.strip(),
        was_on=meeting.held_on, was_at=meeting.place, **later,
    )  # fmt: skip
