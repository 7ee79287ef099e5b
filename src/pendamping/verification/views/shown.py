"""What the pages of verification share."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from pendamping.access import queries as access
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason
from pendamping.verification import guideline, labels, queries
from pendamping.verification.guideline import Rule
from pendamping.verification.models import Dossier
from pendamping.verification.rules.handing import has_record

ASKED = (
    "verification.send_again",
    "verification.appeal",
    "verification.withdraw",
    "verification.note_informed",
    "verification.attach_scan",
    "verification.decide",
    "verification.pause",
    "verification.appoint",
    "verification.freeze",
    "verification.bring_in",
    "verification.read_queue",
    "verification.read_parties",
    "verification.read_offices",
)


def dossier_or_404(ward: str, dossier_id: str) -> Dossier:
    """The dossier, or the page of what is not there."""
    found = queries.dossier(ward, dossier_id)
    if found is None:
        raise Http404
    return found


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do in this room."""
    return {key.split(".")[1]: access.may(request.user, key, ward) for key in ASKED}


def rule_of(found: Dossier) -> Rule:
    """The guideline under which the dossier was opened."""
    return guideline.rule(found.ward, found.opened_on)


def record_page(found: Dossier) -> str:
    """Where the record of a dossier is written and sent again (``planning.proposal:<id>``); empty where it came on
    paper. A record without a page of its own leads to the first page of its room."""
    if not has_record(found.ref):
        return ""
    room, _dot, rest = found.ref.partition(".")
    kind, _colon, key = rest.partition(":")
    for name, more in ((f"{room}:{kind}", {kind: key}), (f"{room}:home", {})):
        try:
            return reverse(name, kwargs={"ward": found.ward, **more})
        except NoReverseMatch:
            continue
    return ""


def row(found: Dossier, rule: Rule, today: Any = None) -> dict[str, Any]:
    """A dossier as a row of a list."""
    day = today or clock.today()
    late = queries.is_overdue(found, day)
    place = labels.tier(rule, found.tier) if found.tier else labels.state(found.state)
    return {
        "url": reverse("verification:dossier", kwargs={"ward": found.ward, "dossier": found.id}),
        "number": found.number,
        "summary": found.summary,
        "kind": labels.kind(found.kind),
        "amount": format_rupiah(found.amount) if found.amount is not None else "",
        "place": place,
        "state": found.state,
        "tone": labels.TONES[found.state],
        "since": found.received_on,
        "due": found.due_on,
        "late": late,
        "late_days": (day - found.due_on).days if late else 0,
        "waits": (day - found.received_on).days,
        "paused": found.paused,
        "returned": found.returned,
    }


def status(reasons: list[Reason], *sent: forms.BaseForm) -> int:
    """409 where an action refused, 422 where a form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if any(form.errors for form in sent) else 200
