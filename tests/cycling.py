"""A stage for tests of the cycle: sessions in RTs, what residents decide, stages that begin and end."""

from datetime import date

from pendamping.cycle import actions
from pendamping.households import queries as households
from pendamping.meetings import actions as meetings
from tests import gatherings

BEGAN, MET = date(2003, 12, 2), date(2003, 12, 6)


def session(cast, rt, on=MET, kind="orientation"):
    """A session of an RT of RW 01, counted by heads."""
    meeting = meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind=kind, level="RT", rw="01", rt=rt, held_on=on, place="Balai",
    )  # fmt: skip
    count = {"total": 12, "women": 7, "poor": 6}
    return meetings.take_roll(
        by=cast.facilitator, ward=cast.ward, meeting_id=meeting.id, head_count=count
    )


def residents_decide(cast, subject, *, kind, on, outcome="accepted", signed=True):
    """The delegates meet, every RT is there; they decide; their minutes are signed."""
    rts = [f"{rw}/{rt}" for rw, rt in households.neighbourhoods(cast.ward, on)]
    count = {"total": 20, "women": 12, "poor": 10, "rts": rts}
    met = gatherings.meet(cast, [], kind=kind, on=on, head_count=count, eligible=20)
    if signed:
        return gatherings.decide(cast, met, subject, outcome=outcome)
    return meetings.record_decision(
        by=cast.facilitator, ward=cast.ward, meeting_id=met.id, subject=subject, text="Ya", outcome=outcome
    ).meeting  # fmt: skip


def start(cast, stage, on, by=None):
    return actions.start_stage(by=by or cast.facilitator, ward=cast.ward, stage=stage, on=on)


def finish(cast, stage, on, by=None):
    return actions.finish_stage(by=by or cast.facilitator, ward=cast.ward, stage=stage, on=on)


def orient(cast):
    """The first stage has run and is closed."""
    start(cast, "orientation", BEGAN)
    session(cast, "01")
    session(cast, "02")
    return finish(cast, "orientation", MET)
