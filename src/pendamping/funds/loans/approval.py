"""The meeting that decides on an application: which could, and where it is recorded."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.rules import ROLES, roles_with
from pendamping.funds.loans import change_forms, changes, facts, waiting
from pendamping.funds.loans.models import APPLIED, APPROVED, Loan
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings


def meeting_choices(loan: Loan) -> list[tuple[str, str]]:
    """Meetings since the application that could have decided on it: of the right kind, with quorum.

    Of a loan that waits to be paid out: meetings since the one that approved it.
    """
    if loan.status not in (APPLIED, APPROVED):
        return []
    since = loan.decided_on if loan.status == APPROVED else loan.applied_on
    found = meetings.able_to_decide(loan.ward, "loans", clock.today(), since=since)
    return [(key, text) for key, text in found if key != loan.decided_at]


def about(reader: Any, loan: Loan, held: list[tuple[str, str]]) -> dict[str, Any]:
    """Where to record what the meeting decides on an application, or which meeting to call."""
    kind = changes.kind_of_meeting(loan.ward, clock.today(), "approve")
    names = meetings.deciding_kinds(loan.ward, clock.today(), "loans")
    of = {"code": loan.code, "group": loan.group_name}
    return {
        "kind": kind,
        "may_call": access.may(reader, "meetings.call_meeting", loan.ward),
        "kind_name": names.get(kind, kind),
        "subject": f"loans.approve:{loan.id}",
        "text": (
            _("Loan %(code)s of %(group)s is given up.") % of
            if loan.status == APPROVED
            else waiting.approval(loan)
        ),
        "held": bool(held),
        "signers": _who("loans.record_consents"),
        "deciders": _who("loans.approve"),
        "payers": _who("loans.disburse"),
        "places": change_forms.places(loan.ward, f"loans.approve:{loan.id}", held),
        "taken": _taken(loan, held),
        "leaving": facts.leaving_list(loan, clock.today()),
        "unnamed": _unnamed(loan, held) if loan.status == APPLIED else [],
    }


def _taken(loan: Loan, held: list[tuple[str, str]]) -> bool:
    """Whether one of these meetings has decided on the loan by its name."""
    found = meetings.taken(loan.ward, [f"loans.approve:{loan.id}"], clock.today())
    return bool({one.meeting_id for one in found} & {key for key, _text in held})


def _who(step: str) -> str:
    """The roles that take a step, as they are called."""
    return ", ".join(_(ROLES[role][0]) for role in roles_with(step))


def _unnamed(loan: Loan, held: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Decisions of meetings that could have been about this loan and do not say what they are about."""
    said = meetings.unnamed(loan.ward, [key for key, _text in held])
    open_ = meetings.not_signed(loan.ward, said)
    here = {"ward": loan.ward}
    return [
        {
            "meeting": text,
            "text": said[key],
            "url": reverse("meetings:meeting", kwargs={**here, "meeting": key}),
            "again": reverse("meetings:decide", kwargs={**here, "meeting": key})
            if key in open_
            else "",
        }
        for key, text in held
        if key in said and not _named(loan, key)
    ]


def _named(loan: Loan, meeting: str) -> bool:
    subject = f"loans.approve:{loan.id}"
    return any(one.subject == subject for one in meetings.decisions(meeting))
