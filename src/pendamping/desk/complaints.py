"""What complaints ask for, of those in whose hands they lie: receipt, answer, a word of the complainant."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.complaints import queries as complaints
from pendamping.desk.rules import Task
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules import Matter


def tasks(ward: str, on: date, by: User) -> Iterator[Task]:
    """Complaints that are for the reader to act on; those that nobody can act on, for who gives roles."""
    handles = access.may(by, "complaints.answer", ward)
    gives = access.may(by, "access.give_role", ward)
    if not (handles or gives):
        return
    levels = complaints.level_names(ward, on)
    for one in complaints.running(ward, on, by):
        if one.in_hands_of(by) and handles:
            yield _task(one, levels)
        elif not one.doers and gives:
            yield _as_task("complaint_nobody", one, one.stands.due, levels)


def _task(one: complaints.Line, levels: dict[str, str]) -> Task:
    if one.confirm_by:
        return _as_task("complaint_close", one, one.confirm_by, levels)
    if one.to_acknowledge and one.to_acknowledge < one.stands.due:
        return _as_task("complaint_receipt", one, one.to_acknowledge, levels)
    kind = "complaint_climbed" if one.stands.stays[-1].climbed else "complaint"
    return _as_task(kind, one, one.stands.due, levels)


def _as_task(kind: str, one: complaints.Line, due: date, levels: dict[str, str]) -> Task:
    values = {
        "number": complaints.number(one.complaint),
        "about": complaints.shortly(one.complaint),
        "level": levels.get(one.stands.level, one.stands.level),
        "day": one.stands.since,
    }
    if kind == "complaint_nobody":
        return Task(kind, due, "access:people", {}, values, one.complaint.amount or 0)
    parts = {"complaint": one.complaint.id}
    return Task(kind, due, "complaints:complaint", parts, values, one.complaint.amount or 0)


def to_decide(ward: str, on: date) -> Iterator[Matter]:
    """Answers to alleged misuse, which a meeting decides."""
    kinds = tuple(meetings.deciding_kinds(ward, on, "complaints"))
    for one in complaints.to_decide(ward):
        said = _("The answer to complaint %(number)s is decided.")
        yield Matter(
            f"complaints.answer:{one.id}", said % {"number": complaints.number(one)}, kinds,
            one.received_on,
            reverse("complaints:complaint", kwargs={"ward": ward, "complaint": one.id}),
            "complaints.answer",
        )  # fmt: skip
