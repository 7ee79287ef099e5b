"""What the cycle asks for: a stage that can begin or close, and what a running one waits for."""

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.cycle import queries as cycle
from pendamping.desk.rules import Task
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules import Matter
from pendamping.planning import queries as planning

# what other rooms' tasks ask for already, each on its own day
ELSEWHERE = frozenset(
    {"places", "called", "unfinished", "criteria", "poor_list", "groups", "receive", "report"}
)
FIELD = (
    "targeting.set_criteria"  # the first stage is begun by those in the field: no board sits yet
)
PLAN = "plan"  # where a version is being written, planning asks for it by its number
KINDS = {"begin": "begin_stage", "finish": "close_stage"}


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The steps of the cycle that the reader may do, by the day for which their stage is planned."""
    if not may("cycle.start_stage"):
        return
    found = cycle.cycle(ward, on)
    if found.first_day is None or not (found.runs or may(FIELD)):
        return
    for one in cycle.steps(found):
        if one.kind in ELSEWHERE or not may(one.permission):
            continue
        said = cycle.step_said(found, one)
        kind = KINDS.get(one.kind, "stage_step")
        values = {"stage": said["stage"], "what": said["what"], "sheet": said["paper"]}
        yield Task(kind, _day(one, on), one.page, one.parts, values, query=urlencode(one.query))


def _day(one: cycle.Step, on: date) -> date:
    """The day of the task: late on the desk is what the page of the cycle calls late, nothing else."""
    due = one.due or on
    return due if one.days_late else max(due, on)


def to_decide(ward: str, on: date) -> Iterator[Matter]:
    """What running stages wait for from a meeting, and planned dates that were drafted."""
    found = cycle.cycle(ward, on)
    for one in cycle.steps(found) if found.first_day else ():
        if (
            one.kind == "decide"
            and one.query
            and not (one.query["subject"] == PLAN and planning.draft(ward))
        ):
            since = found.standings[one.stage].run
            kinds = tuple(meetings.deciding_kinds(ward, on, one.query["subject"]))
            address = reverse("cycle:stage", kwargs={"ward": ward, "stage": one.stage})
            yield Matter(one.query["subject"], one.query["text"], kinds,
                         since.started if since else on, address, "cycle.finish_stage")  # fmt: skip
    kinds = tuple(meetings.deciding_kinds(ward, on, "local_decision"))
    for plan in cycle.plans(ward):
        if plan.status == "draft":
            said = _("The ward plans its stages anew, plan %(number)s.")
            yield Matter(
                f"cycle.adopt_plan:{plan.id}", said % {"number": plan.number}, kinds, plan.drafted_on,
                reverse("cycle:plan", kwargs={"ward": ward, "plan": plan.id}), "cycle.adopt_plan",
            )  # fmt: skip
