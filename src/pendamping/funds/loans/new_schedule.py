"""A new schedule as a meeting decides it: its figures, its words, and what was decided."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from pendamping.funds.loans import changes
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.rules import new_schedule as rules
from pendamping.funds.loans.rules.changes import Proposal
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings


def as_owed(loan: Loan, on: date) -> rules.Figures:
    """The schedule from a day on that forgives nothing: as many instalments as are left, the service that is unpaid."""
    left = changes.on_day(loan, on - timedelta(days=1)).left
    return rules.Figures(sum(bool(row.total) for row in left), sum(row.service for row in left), 0)


def words(loan: Loan, figures: rules.Figures) -> str:
    """The decision in words, with what the minutes have to hold."""
    text = _(
        "Loan %(code)s of %(group)s is rescheduled: %(count)s new instalments, service charge %(service)s, "
        "forgiven %(forgiven)s"
    )
    return text % {
        "code": loan.code,
        "group": loan.group_name,
        "count": figures.instalments,
        "service": format_rupiah(figures.service),
        "forgiven": format_rupiah(figures.forgiven),
    }


def against(
    ward: str, meeting_id: str, loan_id: str, asked: Proposal, *, used: int
) -> list[Reason]:
    """Why a meeting did not validly decide this new schedule: not at all, or with other figures. Its last decision on
    the loan counts; an older one that names only the loan holds for any figures.
    """
    figures = rules.figures(asked.instalments, asked.service, asked.unpaid_service)
    last = _last(ward, meeting_id, loan_id)
    said = rules.figures_of(last.subject) if last else figures
    record = (last.subject if last else rules.subject(loan_id, figures)).partition(":")[2]
    missing = changes.decided(ward, asked.on, meeting_id, "reschedule", record, used=used)
    if missing or said is None:
        return missing
    return rules.otherwise(said, figures)


def _last(ward: str, meeting_id: str, loan_id: str) -> Any:
    """The last decision of a meeting on a new schedule of a loan; ``None`` where there is none."""
    about = f"{rules.DECIDED}:{loan_id}"
    found = meetings.decisions_of(ward, [meeting_id]).get(meeting_id, [])
    mine = [one for one in found if f"{one.subject}:".startswith(f"{about}:")]
    return mine[-1] if mine else None


def decided(loan: Loan, on: date) -> dict[str, Any]:
    """How a form for a new schedule begins: the meeting that decided its figures last and has not been used, and
    those figures; empty while none did.
    """
    about = f"{rules.DECIDED}:{loan.id}"
    used = {one.meeting for one in loan.reschedulings.all() if one.taken_back_on is None}
    found = meetings.taken(loan.ward, (), on, of_records=(about,))
    left = [one for one in found if one.outcome == "accepted" and one.meeting_id not in used]
    figures = rules.figures_of(left[-1].subject) if left else None
    if figures is None:
        return {}
    return {
        "meeting_id": left[-1].meeting_id,
        "instalments": figures.instalments,
        "service": figures.service,
    }
