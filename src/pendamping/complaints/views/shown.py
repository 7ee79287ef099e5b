"""What the pages of this room share."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import date_format

from pendamping.access import queries as access
from pendamping.complaints import facts, labels, queries
from pendamping.complaints.models import Complaint
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

WRITES = (
    "receive", "acknowledge", "sort", "add_note", "pass_on", "answer", "record_recovered", "close",
    "confirm", "reopen", "join", "part", "name_concerned", "reveal_person", "print_slip",
    "import_register",
)  # fmt: skip


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do in this room."""
    return {key: access.may(request.user, f"complaints.{key}", ward) for key in WRITES}


def found_or_404(request: HttpRequest, ward: str, complaint: str) -> Complaint:
    """The complaint; for whom it is about it is not there."""
    found = queries.complaint(ward, complaint)
    if found is None or facts.is_concerned(found, request.user):  # type: ignore[arg-type]
        raise Http404
    return found


def row(one: queries.Line, request: HttpRequest, levels: dict[str, str]) -> dict[str, Any]:
    """A complaint in a table."""
    text, tone = labels.status(one.complaint)
    due = one.to_acknowledge or (one.stands.due if one.complaint.status == "open" else None)
    return {
        "id": one.complaint.id,
        "number": labels.number(one.complaint),
        "received": one.complaint.received_on,
        "what": one.complaint.subject or labels.ABOUT[one.complaint.about],
        "level": levels.get(one.stands.level, one.stands.level),
        "climbed": one.stands.climbs,
        "status": text,
        "tone": tone,
        "due": due,
        "late": bool(due and due < clock.today()),
        "overdue": one.stands.overdue,
        "mine": one.in_hands_of(request.user),  # type: ignore[arg-type]
        "amount": one.complaint.amount,
        "url": reverse(
            "complaints:complaint",
            kwargs={"ward": one.complaint.ward, "complaint": one.complaint.id},
        ),
        "said_due": date_format(due, "j M") if due else "",
    }


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """409 where an action refused, 422 where the form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200
