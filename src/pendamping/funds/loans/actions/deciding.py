"""Approving, rejecting and paying out."""

from collections.abc import Iterable
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import changes, checks, consents, facts, gate, said
from pendamping.funds.loans.models import ACTIVE, APPLIED, APPROVED, REJECTED, Loan
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "loans"


def locked(ward: str, loan_id: str) -> Loan:
    """The loan, held until the action ends; refuses one that is not of this ward."""
    found = Loan.objects.select_for_update().filter(pk=loan_id, ward=ward).first()
    if found is None:
        raise refuse("loans.loan", "There is no such loan in this ward.", where={"loan": loan_id})
    return found


def locked_all(ward: str, loan_ids: Iterable[str]) -> dict[str, Loan]:
    """Several loans by id, held in the order of their ids; refuses where one is not of this ward."""
    wanted = sorted(set(loan_ids))
    held = Loan.objects.select_for_update().filter(pk__in=wanted, ward=ward).order_by("pk")
    found = {one.id: one for one in held}
    for loan_id in wanted:
        if loan_id not in found:
            raise refuse(
                "loans.loan", "There is no such loan in this ward.", where={"loan": loan_id}
            )
    return found


@action
def approve(*, by: User, ward: str, loan_id: str, on: date, meeting_id: str) -> Loan:
    """Carry out that the board approved an application in a meeting (subject
    ``loans.approve:<loan id>``); nobody approves alone.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.approve", ward)
    ledger.take_turn(ward, DESK)  # two loans of one member: whoever comes second sees the first
    found = _may_decide(loan, on) + gate.against(ward, on)
    if loan.status == APPLIED:
        found += facts.against_parts(loan, on, besides=(APPROVED, ACTIVE))
    refuse_if(found + _board(loan, on, meeting_id, "accepted"))
    loan.status, loan.decided_on, loan.decided_at = APPROVED, on, meeting_id
    loan.save(update_fields=["status", "decided_on", "decided_at"])
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, meeting=meeting_id)
    return loan


@action
def reject(*, by: User, ward: str, loan_id: str, on: date, why: str, meeting_id: str) -> Loan:
    """Carry out that the board turned an application down in a meeting, with its reason (the same
    subject, decided against). A loan that was approved and waits to be paid out is given up in the
    same way, in a later meeting.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.reject", ward)
    waits = loan.status == APPROVED
    found = checks.day(on, first=loan.decided_on, today=clock.today()) if waits else []
    found = found if waits else _may_decide(loan, on)
    if not why.strip():
        found.append(Reason("loans.why", "Say why it is not approved.", {}, {"field": "why"}))
    refuse_if(found + _board(loan, on, meeting_id, "rejected"))
    loan.status, loan.decided_on, loan.decided_at = REJECTED, on, meeting_id
    loan.why_rejected = fitting(why, 300)
    loan.save(update_fields=["status", "decided_on", "decided_at", "why_rejected"])
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, meeting=meeting_id)
    return loan


def _may_decide(loan: Loan, on: date) -> list[Reason]:
    found = checks.state(loan.status, APPLIED, loan.id)
    return found + checks.day(on, first=loan.applied_on, today=clock.today())


def _board(loan: Loan, on: date, meeting_id: str, outcome: str) -> list[Reason]:
    """The meeting was held since the group applied, and decided so."""
    if loan.status not in (APPLIED, APPROVED):
        return []
    if meeting_id and meeting_id == loan.decided_at:
        return [
            Reason(
                "loans.decided.later",
                "This meeting approved the loan; only a later one gives it up.",
                {},
                {"field": "meeting_id"},
            )
        ]
    since = loan.decided_on if loan.status == APPROVED else loan.applied_on
    return changes.decided(
        loan.ward, on, meeting_id, "approve", loan.id, outcome=outcome, since=since
    )


@action
def disburse(*, by: User, ward: str, loan_id: str, on: date) -> Loan:
    """Pay an approved loan out of the cash: loans to groups against cash. It runs from this day.

    Refuses, each by name, while a member has not signed for her own part or her family not agreed.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.disburse", ward)
    ledger.take_turn(ward, "cash")
    ledger.take_turn(ward, DESK)  # as where it is approved
    found = checks.state(loan.status, APPROVED, loan.id)
    found += checks.day(on, first=loan.decided_on, today=clock.today())
    found += gate.against(ward, on)
    if loan.status == APPROVED:
        found += facts.against_parts(loan, on, besides=(ACTIVE,))
    refuse_if(found or [*consents.against(loan, on), *_cash(loan, on)])
    loan.status, loan.disbursed = ACTIVE, on
    loan.save(update_fields=["status", "disbursed"])
    ledger.post(
        by=by,
        ward=ward,
        on=on,
        kind="disbursement",
        ref=f"loan:{loan.id}",
        lines=[("loans", loan.principal), ("cash", -loan.principal)],
        narration=f"{loan.code} {loan.group_name}",
    )
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, **said.terms(loan))
    return loan


MONEY = ("cash", "bank", "joint_liability_bank")


def _cash(loan: Loan, on: date) -> list[Reason]:
    """What is there must suffice on the day itself and on every day since."""
    return checks.money(
        loan.principal,
        cash=books.lowest(loan.ward, "cash", on),
        bank=books.lowest(loan.ward, "bank", on),
        lendable=books.lowest(loan.ward, [*MONEY, "savings"], on),
        clause=f"loans.{loan.guideline}.",
    )
