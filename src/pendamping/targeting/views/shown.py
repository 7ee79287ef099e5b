"""What the pages of targeting share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from pendamping.access import queries as access
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings
from pendamping.targeting import labels, objecting, queries
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


def about(request: HttpRequest, found: PoorList) -> dict[str, Any]:
    """What every page of a list says of it."""
    return {
        "poor_list": found,
        "state": queries.state(found),
        "status_name": labels.list_status(found.status),
        "how": objecting.how(found),
        "may": may(request, found.ward),
        **going(request, found),
    }


@dataclass(frozen=True, slots=True)
class Matter:
    """What a residents' meeting is asked to decide: the guideline's matter, the decision's subject and its
    words; ``first``: the first day of a meeting that may decide it; ``kind``: instead of the guideline's."""

    key: str
    subject: str
    words: str
    first: date
    kind: str = ""


def held_meetings(ward: str, matter: Matter) -> list[tuple[str, str]]:
    """Meetings that have decided the matter or can still do so, as choices: of a kind that may, with a
    quorum, on its first day or later; of those whose minutes are signed only who have decided it."""
    kinds, today = [matter.kind] if matter.kind else [], clock.today()
    able = meetings.able_to_decide(ward, matter.key, today, kinds=kinds, since=matter.first)
    good = {one.meeting_id for one in meetings.taken(ward, [matter.subject], today)}
    good |= meetings.not_signed(ward, [key for key, _text in able])
    return [(key, text) for key, text in able if key in good]


def deciding(
    request: HttpRequest, ward: str, matter: Matter, choices: list[tuple[str, str]]
) -> dict[str, Any]:
    """Where the decision can still be recorded, and the way to a meeting that can take it."""
    taken = meetings.taken(ward, [matter.subject], clock.today())
    kind = matter.kind or next(iter(meetings.deciding_kinds(ward, clock.today(), matter.key)), "")
    asked = {"kind": kind, "subject": matter.subject, "text": matter.words, "agenda": matter.words}
    if matter.first > clock.today():
        asked["held_on"] = matter.first.isoformat()
    here = {"ward": ward}
    return {
        "choices": choices,
        "subject": matter.subject,
        "decision": matter.words,
        "is_decided": any(one.outcome == "accepted" for one in taken),
        "decide": [
            (text, reverse("meetings:decide", kwargs={**here, "meeting": key}))
            for key, text in meetings.undecided(ward, matter.subject, choices)
        ],
        "call": f"{reverse('meetings:call', kwargs=here)}?{urlencode(asked)}"
        if access.may(request.user, "meetings.call_meeting", ward)  # type: ignore[arg-type]
        else "",
    }


def going(request: HttpRequest, found: PoorList) -> dict[str, Any]:
    """Borrowers and members of groups whom an open list no longer holds; by name for who may read who owes."""
    ties = queries.leaving(found)
    groups = guidelines.section("groups", found.ward, clock.today())
    lives = households.head_names(found.ward, [one.household for one in ties])
    named = access.may(request.user, "loans.read_members", found.ward)  # type: ignore[arg-type]
    return {
        "going": len({one.person for one in ties}),
        "going_homes": len(lives),
        "no_new_group": groups.get("members_on_poor_list", False),
        "going_rows": [
            {
                "name": one.name,
                "url": reverse(
                    "households:home", kwargs={"ward": found.ward, "household": one.household}
                ),
                "home": lives.get(one.household, ""),
                "role": one.role,
                "record": one.record,
                "address": one.address,
                "means": one.means,
            }
            for one in (ties if named else ())
        ],
    }


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
