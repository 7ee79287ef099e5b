"""The criteria are read, and somebody is named for those that are not met."""

from datetime import date, datetime
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.access.rules import WARD_ROLES
from pendamping.handover import queries, rules
from pendamping.handover.models import Promise, Reading
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "handover"
MOST_KEPT = 60  # records of a criterion that a reading keeps; the figure counts them all


def entered(by: User, on: date | None = None) -> dict[str, Any]:
    """Who enters something when; ``on``: the day it happened."""
    now: datetime = clock.now()
    return {"by": by, "on": on or clock.today(), "entered_on": clock.today(), "entered_at": now}


@action
def read_criteria(*, by: User, ward: str, on: date | None = None) -> list[Reading]:
    """Keep what every criterion finds at the end of a day (default: today); once for each day."""
    territory.take_turn(ward, DESK)
    allow(by, "handover.read_criteria", ward)
    day = on or clock.today()
    if day > clock.today():
        raise refuse("handover.read.day", "The day has not come yet.", where={"field": "on"})
    if queries.read_on(ward, day, day):
        raise refuse("handover.read.once", "The criteria were read on this day already.")
    found = queries.found(ward, day)
    made = [
        Reading(
            ward=ward, criterion=one.criterion, word=one.word, have=one.have, wanted=one.wanted,
            evidence=list(one.records[:MOST_KEPT]), **entered(by, day),
        )
        for one in found
    ]  # fmt: skip
    Reading.objects.bulk_create(made)
    record(
        by=by, ward=ward, record=f"reading:{day.isoformat()}", on=day,
        found=[[one.criterion, one.word] for one in found],
    )  # fmt: skip
    return made


@action
def promise(
    *, by: User, ward: str, criterion: str, what: str, role: str, who: str, until: date
) -> Promise:  # fmt: skip
    """Somebody brings a criterion about that is not met, by a day; an earlier promise is kept beside it."""
    territory.take_turn(ward, DESK)
    allow(by, "handover.promise", ward)
    known = criterion in queries.criteria(ward, clock.today())
    now = queries.found_of(ward, clock.today(), criterion) if known else None
    refuse_if(
        rules.promise_problems(
            now.word if now else None, what, who, role in WARD_ROLES, until, clock.today()
        )
    )
    made = Promise.objects.create(
        ward=ward, criterion=criterion, what=fitting(what, 300), role=role, who=fitting(who, 120),
        until=until, **entered(by),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"promise:{made.id}", criterion=criterion, role=role,
        until=until.isoformat(),
    )  # fmt: skip
    return made
