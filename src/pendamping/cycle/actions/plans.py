"""Planned dates are drafted anew, adopted by a meeting, or dropped."""

from collections.abc import Mapping
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.cycle import reading
from pendamping.cycle.models import Plan, PlanDate
from pendamping.cycle.rules import Span, plan_problems
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import N_, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.territory.actions import take_turn
from pendamping.trail.actions import record
from pendamping.trail.writing import action

MATTER = "local_decision"
"""What a meeting decides that adopts other dates than the guideline's: a ward's own decision."""


@action
def draft_plan(*, by: User, ward: str, dates: Mapping[str, tuple[date, date]], why: str) -> Plan:
    """Draft new planned dates for stages that are not finished: first and last day by stage.

    A draft that was there is dropped. Every reason against the dates is said at once.
    """
    take_turn(ward, "cycle")
    allow(by, "cycle.draft_plan", ward)
    now = reading.cycle(ward, clock.today())
    wanted = {key: Span(*days) for key, days in dates.items()}
    refuse_if(plan_problems(now.stages, now.runs, wanted, now.plan, now.names, why))
    Plan.objects.filter(ward=ward, status="draft").update(status="dropped")
    last = Plan.objects.filter(ward=ward).order_by("-number").first()
    made = Plan.objects.create(
        ward=ward,
        number=last.number + 1 if last else 1,
        why=fitting(why, 300),
        drafted_on=clock.today(),
        entered_at=clock.now(),
        guideline_version=now.text.version,
    )
    PlanDate.objects.bulk_create(
        PlanDate(id=new_id(), plan=made, stage=key, starts=span.starts, ends=span.ends)
        for key, span in wanted.items()
        if now.plan.get(key) != span
    )
    record(by=by, ward=ward, record=f"stage_plan:{made.id}", number=made.number, stages=len(wanted))
    return made


@action
def adopt_plan(*, by: User, ward: str, plan_id: str, meeting_id: str) -> Plan:
    """A meeting has decided ``cycle.adopt_plan:<plan id>``: the dates now hold, from the day of the meeting."""
    take_turn(ward, "cycle")
    allow(by, "cycle.adopt_plan", ward)
    found = _draft(ward, plan_id)
    refuse_if(
        meetings.decided(
            ward,
            meeting_id,
            subject(found),
            matter=MATTER,
            since=found.drafted_on,
            until=clock.today(),
        )
    )
    meeting = meetings.meeting(ward, meeting_id)
    assert meeting is not None, "what was decided has its meeting"
    found.status, found.meeting, found.adopted_on = "adopted", meeting_id, meeting.held_on
    found.save(update_fields=["status", "meeting", "adopted_on"])
    record(
        by=by, ward=ward, record=f"stage_plan:{found.id}", on=meeting.held_on, meeting=meeting_id
    )
    return found


@action
def drop_plan(*, by: User, ward: str, plan_id: str) -> Plan:
    """Put a draft aside that nobody adopted."""
    take_turn(ward, "cycle")
    allow(by, "cycle.drop_plan", ward)
    found = _draft(ward, plan_id)
    found.status = "dropped"
    found.save(update_fields=["status"])
    record(by=by, ward=ward, record=f"stage_plan:{found.id}", number=found.number)
    return found


def subject(plan: Plan) -> str:
    """Under which subject a meeting decides a plan."""
    return f"cycle.adopt_plan:{plan.id}"


def _draft(ward: str, plan_id: str) -> Plan:
    found = Plan.objects.select_for_update().filter(pk=plan_id, ward=ward).first()
    if found is None:
        raise refuse("cycle.plan.unknown", N_("There is no such plan in this ward."))
    if found.status != "draft":
        raise refuse("cycle.plan.decided", N_("This plan is no draft any more."))
    return found
