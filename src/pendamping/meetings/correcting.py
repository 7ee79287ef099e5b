"""A row of a final roll that names somebody a second time: struck beside it, the quorum judged anew."""

from collections.abc import Mapping
from typing import Any

from pendamping.kernel import clock
from pendamping.meetings.counted import all_rts
from pendamping.meetings.models import Meeting, RollCorrection
from pendamping.meetings.queries import roll
from pendamping.meetings.rules import Present, judge, read_rule
from pendamping.meetings.rules.correcting import in_doubt, without


def standing(meeting: Meeting) -> dict[int, Present]:
    """Who counts on the roll, by the number."""
    return {
        e.number: Present(e.person_id or "", e.name, e.sex, e.poor, e.rw, e.rt, e.guest, e.id)
        for e in roll(meeting.id)
    }


def is_final(meeting: Meeting) -> bool:
    """Whether the roll stands: the meeting decided, or its minutes are signed."""
    return meeting.status == "closed" or meeting.decisions.exists()


def strike(
    meeting: Meeting, known: Mapping[int, Present], struck: int, stands: int, why: str
) -> RollCorrection:
    """Keep the correction and the figures that follow from it; the rows stay as they were written."""
    rule = meeting.quorum_rule
    came = without(
        known, struck, eligible=meeting.eligible, of_members=rule["roll"] == "members",
        all_rts=all_rts(meeting),
    )  # fmt: skip
    asked = read_rule(rule, code=rule["code"], kind=meeting.kind, second=rule["second"])
    found = judge(came, asked)
    figures: dict[str, Any] = {
        "attended": came.total,
        "attended_women": came.women,
        "attended_poor": came.poor,
        "guests": came.guests,
        "rts_present": sorted(came.rts or ()),
        "quorum_verdict": found.as_json(),
        "quorum_met": found.met,
    }
    made = RollCorrection.objects.create(
        meeting=meeting, struck=struck, stands=stands, why=why.strip(),
        was_attended=meeting.attended, was_met=meeting.quorum_met,
        entered_on=clock.today(), entered_at=clock.now(), **figures,
    )  # fmt: skip
    for name, figure in figures.items():
        setattr(meeting, name, figure)
    meeting.save(update_fields=list(figures))
    return made


def doubtful(meeting: Meeting) -> list[int]:
    """Numbers of the decisions whose vote could have come out otherwise without the rows that were struck."""
    if not meeting.corrections.all():
        return []
    present = (meeting.attended or 0) - meeting.guests
    return [
        one.number
        for one in meeting.decisions.order_by("number")
        if in_doubt(one.votes, one.outcome, present)
    ]
