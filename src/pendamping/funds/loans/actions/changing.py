"""Rescheduling a loan, and taking a rescheduling back."""

from datetime import date, timedelta

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import (
    changes,
    checks,
    narrations,
    new_schedule,
    queries,
    said,
    terms,
)
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.actions.repaying import settle
from pendamping.funds.loans.models import ACTIVE, Loan, Rescheduling
from pendamping.funds.loans.rules.changes import Proposal, rescheduling_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def reschedule(
    *,
    by: User,
    ward: str,
    loan_id: str,
    on: date,
    meeting_id: str,
    instalments: int,
    first_due: date,
    why: str,
    service: int | None = None,
) -> Rescheduling:
    """A new schedule of all that was owed at the end of the day before ``on``, as the board decided
    in a meeting (subject ``loans.reschedule:<loan id>:<instalments>:<service>:<forgiven>``; an older decision that
    names only the loan holds for any figures).

    ``service``: whole rupiah over the new instalments (default: what is unpaid of it). Payments from
    ``on`` on belong to the new schedule, whatever order they were entered in. Nothing is posted: no
    money moves, and service is income when it is paid.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.reschedule", ward)
    refuse_if(checks.state(loan.status, ACTIVE, loan.id))
    asked = changes.proposal(loan, on, instalments, first_due, service)
    used = loan.reschedulings.filter(meeting=meeting_id, taken_back_on=None).count()
    refuse_if(
        [
            *checks.day(on, first=_first_day(loan), today=clock.today()),
            *changes.unsettled(loan, on),
            *checks.why(why, "loans.rescheduling.why"),
            *rescheduling_problems(asked, loan.guideline),
            *new_schedule.against(ward, meeting_id, loan.id, asked, used=used),
        ]
    )
    made = _create(loan, by, asked, meeting_id, why)
    changed = settle(by, loan, narrations.rescheduled(on))
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=on,
        rescheduling=made.id,
        meeting=meeting_id,
        **said.schedule(made),
        split_anew=changed,
    )
    return made


def _first_day(loan: Loan) -> date:
    """The first day on which a loan's plan may change: after it was paid out and after the last change."""
    assert loan.begins is not None
    days = [loan.begins, *(day for _, day in terms.changes(loan))]
    return max(days) + timedelta(days=1)


def _create(loan: Loan, by: User, asked: Proposal, meeting_id: str, why: str) -> Rescheduling:
    return Rescheduling.objects.create(
        loan=loan,
        ward=loan.ward,
        on=asked.on,
        meeting=meeting_id,
        why=fitting(why, 300),
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
        principal=asked.principal,
        service=asked.service,
        instalments=asked.instalments,
        first_due=asked.first_due,
        every=loan.every,
        keeps_class_for=changes.keeps_class_for(loan.ward, asked.on),
        class_before=asked.class_before,
    )


@action
def take_back_rescheduling(*, by: User, ward: str, rescheduling_id: str, why: str) -> Loan:
    """A rescheduling that was entered wrongly counts as never made; payments since are split anew.

    Only the last change of a loan can be taken back.
    """
    found = Rescheduling.objects.filter(pk=rescheduling_id, ward=ward).first()
    if found is None:
        raise refuse("loans.rescheduling", "There is no such rescheduling.")
    loan = locked(ward, found.loan_id)
    allow(by, "loans.take_back_rescheduling", ward)
    found.refresh_from_db()
    last = max((day for _, day in terms.changes(loan)), default=found.on)
    refuse_if(
        [
            *checks.taken_back(found.taken_back_on, last_change=last, on=found.on),
            *checks.closed_month(found.on, books.closed_until(ward)),
            *checks.why(why, "loans.rescheduling.why"),
        ]
    )
    found.taken_back_on, found.why_taken_back = found.on, fitting(why, 300)
    found.save(update_fields=["taken_back_on", "why_taken_back"])
    changed = settle(by, loan, narrations.rescheduled(found.on, back=True))
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=found.on,
        rescheduling=found.id,
        split_anew=changed,
    )
    return queries.loan(ward, loan.id) or loan
