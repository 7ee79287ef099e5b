"""What the pages of targeting share."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse

from pendamping.access import queries as access
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings
from pendamping.targeting import queries
from pendamping.targeting.models import PoorList

WRITES = (
    "designate_ward", "set_criteria", "ratify_criteria", "draft_list", "change_list", "post_list",
    "object_to_list", "settle_objection", "ratify_list", "read_names",
)  # fmt: skip


def list_or_404(ward: str, list_id: str) -> PoorList:
    """The list, or the page of what is not there."""
    found = queries.poor_list(ward, list_id)
    if found is None:
        raise Http404
    return found


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do in this room."""
    return {key: access.may(request.user, f"targeting.{key}", ward) for key in WRITES}


def held_meetings(ward: str, matter: str, kind: str = "") -> list[tuple[str, str]]:
    """Meetings that may decide the matter and were held with a quorum, as choices."""
    kinds = [kind] if kind else []
    return meetings.able_to_decide(ward, matter, clock.today(), kinds=kinds)


def kind_to_call(ward: str, matter: str, kind: str = "") -> str:
    """The kind of meeting to call where none could decide yet."""
    return kind or next(iter(meetings.deciding_kinds(ward, clock.today(), matter)), "")


def decide_at(ward: str, meeting_id: str) -> str:
    """The address at which a meeting records a decision."""
    return reverse("meetings:decide", kwargs={"ward": ward, "meeting": meeting_id})


def status(reasons: list[Reason], *forms_sent: forms.BaseForm) -> int:
    """409 where an action refused, 422 where a form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if any(form.errors for form in forms_sent) else 200


def with_home(rows: list[Any]) -> list[dict[str, Any]]:
    """Entries as rows of a table."""
    return [
        {"name": each.head_name, "rw": each.rw, "rt": each.rt, "place": f"{each.rt}/{each.rw}"}
        for each in rows
    ]
