"""The desk's writers: an administrator opens a ward; a practice ward's date is moved."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.cycle import queries as cycle
from pendamping.desk import queries
from pendamping.desk.beginning import earliest
from pendamping.desk.rules import beginning_problems, moving_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.territory import actions as territory
from pendamping.territory import queries as wards
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


@action
def begin_programme(*, by: User, ward: str, programme_start: date) -> None:
    """Give a ward that was opened without it the first day of the programme: its stages get planned dates.

    A day that it has is mended as long as nothing is recorded. Refused where a meeting planned the stages, for a day
    after something that is recorded, and for one more than a year ahead.
    """
    territory.take_turn(ward, "begin")
    allow(by, "desk.begin_programme", ward)
    place = wards.ward(ward)
    known, today = place.programme_start if place else None, clock.today()
    found = cycle.cycle(ward, today)
    planned = known is None and bool(found.plan)
    refuse_if(beginning_problems(known, planned, programme_start, earliest(ward, found), today))
    territory.begin_programme(by=by, code=ward, on=programme_start)
    record(by=by, ward=ward, record=f"ward:{ward}", programme_start=programme_start)


@action
def move_practice_date(*, by: User, ward: str, to: date) -> None:
    """Move the day that a practice ward counts as today, for everybody who works in it.

    Refuses a ward of real life, a day before the last entry, and more than a year in one step.
    """
    allow(by, "desk.move_practice_date", ward)
    today = wards.practice_date(ward)
    if today is None:
        raise refuse(
            "desk.practice.real",
            "This ward is no practice ward: its date is that of the calendar.",
            where={"ward": ward},
        )
    refuse_if(moving_problems(today, to, queries.last_entry(ward)))
    with clock.at(today):  # whoever calls: the move is entered on the ward's own day
        territory.set_practice_date(by=by, ward=ward, today=to)
        record(by=by, ward=ward, record=f"ward:{ward}", before=today, after=to)
