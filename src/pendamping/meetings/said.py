"""Whether every day, decision and signature of a meeting was entered by an action: what the trail knows."""

from collections import Counter

from pendamping.kernel.refusal import Reason
from pendamping.meetings.models import Decision, Meeting, RollCorrection
from pendamping.trail import queries as trail


def breaks(ward: str) -> list[Reason]:
    """Days, decisions and signed minutes of which the trail knows nothing: plain SQL put them there."""
    known = Counter(
        (record, data["subject"], data["outcome"])
        for record, _verb, data in trail.told(ward, ["meetings.record_decision"])
    )
    found = []
    decisions = Decision.objects.filter(meeting__ward=ward).select_related("meeting")
    for one in decisions.order_by("meeting__held_on", "meeting_id", "number"):
        key = f"meeting:{one.meeting_id}", one.subject, one.outcome
        known[key] -= 1
        if known[key] < 0:
            found.append(_unsaid(one.meeting, one.number))
    signed = trail.verbs_of(ward, ["meetings.sign_minutes"])
    closed = Meeting.objects.filter(ward=ward, status="closed").order_by("held_on", "id")
    found += [_unsigned(one) for one in closed if f"meeting:{one.id}" not in signed]
    return found + _struck(ward) + _other_days(ward)


def _struck(ward: str) -> list[Reason]:
    """Rows that were struck on a final roll by no action."""
    known = {
        (record, data["struck"], data["stands"])
        for record, _verb, data in trail.told(ward, ["meetings.correct_roll"])
    }
    found = RollCorrection.objects.filter(meeting__ward=ward).select_related("meeting")
    return [
        Reason(
            "meetings.said",
            "Number {number} on the roll of the meeting of {on} was struck by nobody: the trail does not "
            "know it.",
            {"number": one.struck, "on": one.meeting.held_on.isoformat()},
            {"ward": ward, "meeting": one.meeting_id},
        )
        for one in found.order_by("meeting__held_on", "meeting_id", "struck")
        if (f"meeting:{one.meeting_id}", one.struck, one.stands) not in known
    ]


def _other_days(ward: str) -> list[Reason]:
    """Meetings that lie on another day than the one they were called for, or moved to."""
    told = trail.told(ward, ["meetings.call_meeting", "meetings.move_meeting"])
    days = {record: data.get("held_on") for record, _verb, data in told}
    return [
        Reason(
            "meetings.said",
            "The meeting lies on {on}, but the trail has it on {told}.",
            {"on": one.held_on.isoformat(), "told": days.get(f"meeting:{one.id}") or "–"},
            {"ward": ward, "meeting": one.id},
        )
        for one in Meeting.objects.filter(ward=ward).order_by("held_on", "id")
        if days.get(f"meeting:{one.id}") != one.held_on.isoformat()
    ]


def _unsaid(meeting: Meeting, number: int) -> Reason:
    return Reason(
        "meetings.said",
        "Decision {number} of the meeting of {on} was entered by nobody: the trail does not know it.",
        {"number": number, "on": meeting.held_on.isoformat()},
        {"ward": meeting.ward, "meeting": meeting.id},
    )


def _unsigned(meeting: Meeting) -> Reason:
    return Reason(
        "meetings.said",
        "The minutes of the meeting of {on} count as signed, but the trail does not know it.",
        {"on": meeting.held_on.isoformat()},
        {"ward": meeting.ward, "meeting": meeting.id},
    )
