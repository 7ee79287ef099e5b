"""What the programme's grant asks for: its split, a tranche to ask for, to order, to receive, a report."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from pendamping.desk.rules import Task
from pendamping.funds.grants import queries as grants

STEPS = {
    # where a tranche stands: (permission, kind of task)
    "planned": ("grants.request_tranche", "ask_tranche"),
    "returned": ("grants.request_tranche", "mend_tranche"),
    "cleared": ("grants.record_payment_order", "order_tranche"),
    "ordered": ("grants.receive_tranche", "receive_tranche"),
}


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The steps of the grant that the reader may do, and reports that are due or late."""
    if may("grants.decide_split"):
        for one in grants.allocations(ward):
            if not one.split:
                parts = {"allocation": one.id}
                yield Task("split_funds", one.letter_on, "grants:split", parts, {"sum": one.amount})
    known = list(grants.tranches(ward)) if any(may(p) for p, _ in STEPS.values()) else []
    yield from _tranches(known, on, may)
    for due in grants.reports_due(ward, on) if may("grants.hand_in_report") else ():
        values = {"number": due.tranche.number, "day": due.due_on}
        kind = "report_returned" if due.state == "returned" else "report_due"
        parts = {"tranche": due.tranche.id}
        yield Task(kind, due.due_on, "grants:tranche", parts, values)


def _tranches(known: list[Any], on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The first tranche that has not come: the step that is next, where nothing holds it back."""
    one = next((each for each in known if each.status != "received"), None)
    if one is None:
        return
    permission, kind = STEPS.get(grants.tranche_state(one), ("", ""))
    if not permission or not may(permission):
        return
    if kind == "ask_tranche" and grants.gate(one, on):
        return
    values = {"number": one.number, "sum": one.amount}
    yield Task(kind, one.requested_on or on, "grants:tranche", {"tranche": one.id}, values)
