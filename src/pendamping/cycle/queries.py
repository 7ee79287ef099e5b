"""Reading the cycle: where each stage stands, what its gates find, what comes next, in one ward or many."""

from collections.abc import Iterator
from typing import Any

from pendamping.cycle.models import Milestone, PlanDate
from pendamping.cycle.reading import (
    Cycle,
    cycle,
    cycles,
    milestones,
    plan,
    plan_spans,
    plans,
)
from pendamping.cycle.steps import Step, steps
from pendamping.cycle.wording import step_said
from pendamping.kernel import clock

__all__ = [
    "Cycle",
    "Step",
    "cycle",
    "cycles",
    "dump",
    "milestones",
    "plan",
    "plan_spans",
    "plans",
    "step_said",
    "steps",
]


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``stages``, ``stage_milestones``, ``stage_plans``; sorted by key."""
    rows = Milestone.objects.filter(ward=ward).order_by("id")
    dates = PlanDate.objects.filter(plan__ward=ward).order_by("plan__number", "stage")
    return {
        "stages": iter(_stages(ward)),
        "stage_milestones": iter(
            rows.values("id", "stage", "turn", "what", "on", "entered_on", "gates",
                        "guideline_version", "taken_back_on", "taken_back_why")
        ),
        "stage_plans": iter(
            dates.values("plan", "plan__number", "plan__status", "plan__why", "plan__meeting",
                         "plan__adopted_on", "stage", "starts", "ends")
        ),
    }  # fmt: skip


def _stages(ward: str) -> list[dict[str, Any]]:
    """Each stage with its planned dates and those of its last time, as the ward stands today."""
    found = cycle(ward, clock.today())
    meetings = {
        row.stage: row.plan.meeting
        for row in PlanDate.objects.filter(plan__ward=ward, plan__status="adopted")
        .select_related("plan")
        .order_by("plan__adopted_on", "plan__number")
    }
    entered = {
        (row.stage, row.what): row.entered_on
        for row in Milestone.objects.filter(ward=ward, taken_back_on__isnull=True).order_by("turn")
    }
    return [
        {
            "stage": key,
            "planned_start": one.planned.starts if one.planned else None,
            "planned_end": one.planned.ends if one.planned else None,
            "started": one.run.started if one.run else None,
            "ended": one.run.finished if one.run else None,
            "entered_on": entered.get((key, "started")),
            "ended_entered_on": entered.get((key, "finished"))
            if one.run and one.run.finished
            else None,
            "decided_by_meeting": meetings.get(key, ""),
        }
        for key, one in sorted(found.standings.items())
    ]
