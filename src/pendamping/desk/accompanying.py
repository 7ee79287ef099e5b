"""The facilitator's own day: what they planned, the days not logged, cadres who fell silent."""

from collections.abc import Iterator
from datetime import date, timedelta

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.cadres import queries as cadres
from pendamping.desk.rules import Task
from pendamping.facilitation import queries as facilitation

PLAN_DAYS = 14  # a plan that was never logged is asked for so long


def tasks(ward: str, on: date, by: User) -> Iterator[Task]:
    """What the reader planned here and has not logged; a day without any entry is one task."""
    if access.may(by, "facilitation.record_training", ward):
        yield from _rolls(ward, on)
    if access.may(by, "facilitation.log_day", ward):
        yield from _log(ward, on, by)
        yield from _report(ward, on, by)
        yield from _cadres(ward, on)


def _cadres(ward: str, on: date) -> Iterator[Task]:
    """Cadres who show no sign of work any more, and tasks that nobody has taken over yet.

    No day is set for either: they wait, they are never late.
    """
    people = cadres.seen(ward, on)
    silent = [one for one in people if one.standing.word == "dormant"]
    if silent:
        first = min(silent, key=lambda one: (one.standing.last, one.cadre.id))
        here = {"cadre": first.cadre.id}
        values = {"name": first.cadre.name, "day": first.standing.last, "count": len(silent)}
        if len(silent) == 1:
            yield Task("cadre_silent", on, "cadres:cadre", here, values, 1)
        else:
            yield Task("cadres_silent", on, "cadres:list", {}, values, len(silent))
    if people:
        left, known = cadres.readiness(ward, on, people).open_tasks, cadres.task_names(ward, on)
        if left:
            names = ", ".join(known[task] for task in left)
            values = {"count": len(left), "names": names}
            yield Task("task_open", on, "cadres:list", {}, values, len(left))


def _report(ward: str, on: date, by: User) -> Iterator[Task]:
    """The report of the month before, where something was logged in it."""
    first = facilitation.report_waiting(ward, by, on)
    if first is not None:
        due, parts = (
            facilitation.report_due(ward, first),
            {"month": f"{first:%Y-%m}", "who": by.username},
        )
        values = {"month": facilitation.month_name(first)}
        yield Task("report_month", due, "facilitation:report", parts, values)


def _rolls(ward: str, on: date) -> Iterator[Task]:
    for one in facilitation.rolls_waiting(ward, on):
        values = {"training": facilitation.training_title(one), "place": one.place}
        yield Task("training_roll", one.on, "facilitation:training", {"training": one.id}, values)


def _log(ward: str, on: date, by: User) -> Iterator[Task]:
    first = on - timedelta(days=PLAN_DAYS)
    kept = facilitation.plans(ward, first, on + timedelta(days=7), by)
    open_plans = [plan for plan, planned in kept if not planned.done and not planned.dropped]
    for plan in open_plans:
        kind = "log_plan" if plan.on <= on else "planned"
        page = "facilitation:log" if plan.on <= on else "facilitation:week"
        query = f"on={plan.on}&plan={plan.id}" if plan.on <= on else f"week={plan.on}"
        yield Task(kind, plan.on, page, {}, {"activity": plan.activity}, query=query)
    planned_days = {plan.on for plan in open_plans}
    days = facilitation.unlogged_days(ward, by, on)  # as many as the page behind names
    if set(days) <= planned_days:
        return
    if len(days) == 1:
        yield Task(
            "log_day", days[0], "facilitation:log", {}, {"day": days[0]}, query=f"on={days[0]}"
        )
    elif days:
        values = {"count": len(days), "day": days[0]}
        yield Task("log_days", days[0], "facilitation:home", {}, values, len(days))
