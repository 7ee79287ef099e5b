"""The week that a facilitator plans, and what is given up of it."""

from collections.abc import Iterable
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.facilitation.models import Plan
from pendamping.facilitation.rules import plan_problems
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.ids import new_ids
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import Deed, record, record_all
from pendamping.trail.writing import action, own_id


@action
def plan_activity(
    *, by: User, ward: str, on: date, stage: str, activity: str, request_id: str = ""
) -> Plan:
    """Plan something in the ward for a day: of this week or up to three months ahead.

    ``request_id``: the same form sent twice plans once.
    """
    allow(by, "facilitation.plan_activity", ward)
    return write_plans(by, ward, [(on, stage, activity)], [own_id(request_id)])[0]


def write_plans(
    by: User, ward: str, wanted: list[tuple[date, str, str]], ids: Iterable[str]
) -> list[Plan]:
    """A step of the open action: check and write plans, each (day, stage, activity)."""
    today = clock.today()
    text = guidelines.in_force(ward, today)
    stages = text.section("stages")
    reasons = [
        reason for on, _stage, activity in wanted for reason in plan_problems(on, activity, today)
    ]
    for _on, stage, _activity in wanted:
        if stage not in stages:
            said = N_("Say to which stage of the cycle it belongs.")
            reasons.append(Reason(f"logbook.{text.code}.stage", said, {}, {"field": "stage"}))
    refuse_if(reasons)
    made = [
        Plan(
            id=key, ward=ward, user=by, on=on, stage=stage, activity=fitting(activity, 160),
            entered_on=today,
        )
        for key, (on, stage, activity) in zip(ids, wanted, strict=False)
    ]  # fmt: skip
    Plan.objects.bulk_create(made)
    deeds = [Deed(f"week_plan:{one.id}", one.on, {"stage": one.stage}) for one in made]
    record_all(by=by, ward=ward, deeds=deeds)
    return made


@action
def plan_week(*, by: User, ward: str, wanted: list[tuple[date, str, str]]) -> list[Plan]:
    """Plan several things at once, each (day, stage, activity); all or nothing."""
    allow(by, "facilitation.plan_week", ward)
    return write_plans(by, ward, wanted, new_ids())


@action
def drop_plan(*, by: User, ward: str, plan_id: str, why: str) -> Plan:
    """Something planned will not be done, and why: it stays in the plan as given up."""
    plan = Plan.objects.select_for_update().filter(pk=plan_id, ward=ward, user=by).first()
    allow(by, "facilitation.drop_plan", ward)
    if plan is None or plan.dropped_on or plan.entries.exists():
        raise refuse(
            "facilitation.plan.open",
            "This plan is not yours, or it is done or given up already.",
            where={"plan": plan_id},
        )
    if not why.strip():
        raise refuse(
            "facilitation.plan.why", "Say why it will not be done.", where={"field": "why"}
        )
    plan.dropped_why, plan.dropped_on = fitting(why, 200), clock.today()
    plan.save(update_fields=["dropped_why", "dropped_on"])
    record(by=by, ward=ward, record=f"week_plan:{plan.id}", on=plan.on, dropped=True)
    return plan
