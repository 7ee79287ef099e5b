"""Settling a loan early, and giving back what was paid too much."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import changes, checks, narrations, queries, terms
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.actions.repaying import DESK, create_payment, once, settle
from pendamping.funds.loans.models import ACTIVE, SETTLED, Closure, Loan, Refund, Repayment
from pendamping.funds.loans.rules.allocation import receipt_problems
from pendamping.funds.loans.rules.changes import Settlement, refund_problems
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@ledger.once_per_request(once)
@action
def settle_early(
    *,
    by: User,
    ward: str,
    loan_id: str,
    on: date,
    amount: int,
    received_from: str = "",
    request_id: str = "",
) -> Repayment:
    """Take all that settles a running loan on a day; what the guideline waives is no longer owed.

    ``amount`` must be what ``queries.settlement`` says: whoever pays has seen it. Taking the payment
    back takes the settlement back with it, from that day on. Refuses a day before another payment.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.settle_early", ward)
    refuse_if(checks.state(loan.status, ACTIVE, loan.id))
    asked = changes.settles(loan, on)
    refuse_if(
        [
            *receipt_problems(amount=amount, on=on, today=clock.today(), **terms.first_days(loan)),
            *checks.before_change(on, terms.changes(loan)),
            *changes.payments_taken_back(loan, on),
            *_last(loan, on),
        ]
        or _amount(amount, asked)
    )
    ledger.take_turn(ward, DESK)
    payment = create_payment(loan, by, on, amount, received_from, request_id)
    if asked.waived:
        _waive(loan, by, payment, asked)
    settle(by, loan, narrations.settled(on))
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=on,
        repayment=payment.id,
        amount=amount,
        waived=asked.waived,
    )
    payment.refresh_from_db()
    return payment


def _waive(loan: Loan, by: User, payment: Repayment, asked: Settlement) -> None:
    Closure.objects.create(
        loan=loan,
        ward=loan.ward,
        on=payment.paid_on,
        kind=SETTLED,
        principal=0,
        service=asked.waived,
        repayment=payment,
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )


def _last(loan: Loan, on: date) -> list[Reason]:
    later = [one for one in loan.repayments.all() if one.paid_on > on and not one.reversed_on]
    if not later:
        return []
    return [
        Reason(
            "loans.settlement.later",
            "There are payments after {on}; settle on a day that is not before them.",
            {"on": on.isoformat()},
            {"field": "on"},
        )
    ]


def _amount(amount: int, asked: Settlement) -> list[Reason]:
    if amount == asked.total:
        return []
    return [
        Reason(
            "loans.settlement.amount",
            "{owed} settles the loan on that day, not {amount}.",
            {"owed": format_rupiah(asked.total), "amount": format_rupiah(amount)},
            {"field": "amount"},
        )
    ]


# --- what was paid too much ----------------------------------------------------------------------


def _refunded_already(arguments: Mapping[str, Any]) -> Refund | None:
    request = arguments.get("request_id", "")
    made = Refund.objects.filter(request_id=request).first() if request else None
    if made:
        asked = tuple(arguments[name] for name in ("ward", "loan_id", "on", "amount"))
        ledger.same_request(
            "loans.repayment.request",
            format_rupiah(made.amount),
            (made.ward, made.loan_id, made.on, made.amount, made.received_by),
            (*asked, fitting(arguments["received_by"], 120)),
        )
    return made


@ledger.once_per_request(_refunded_already)
@action
def refund_overpayment(
    *,
    by: User,
    ward: str,
    loan_id: str,
    on: date,
    amount: int,
    received_by: str,
    request_id: str = "",
) -> Refund:
    """Give a group back, in cash, what it has paid too much: debt (21010) against cash.

    At most what it is owed on that day and on every day since.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.refund_overpayment", ward)
    ledger.take_turn(ward, "cash")
    found = checks.day(on, first=loan.begins, today=clock.today())
    found += checks.named(received_by)
    refuse_if(found or _not_owed(loan, on, amount))
    made = Refund.objects.create(
        loan=loan,
        ward=ward,
        on=on,
        amount=amount,
        received_by=fitting(received_by, 120),
        request_id=request_id or None,
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    ledger.post(
        by=by,
        ward=ward,
        on=on,
        kind="refund",
        ref=f"refund:{made.id}",
        lines=[("debt", amount), ("cash", -amount)],
        narration=f"{loan.code} {loan.group_name}",
    )
    _keep_refunded(loan)
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, refund=made.id, amount=-amount)
    return made


def _not_owed(loan: Loan, on: date, amount: int) -> list[Reason]:
    cash = books.lowest(loan.ward, "cash", on)
    held = books.lowest(loan.ward, "debt", on, credit=True)
    owed = changes.least_owed_back(loan, on)
    return refund_problems(amount=amount, owed=owed, cash=cash, held=held)


def _keep_refunded(loan: Loan) -> None:
    loan.refunded = sum(one.amount for one in Refund.objects.filter(loan=loan, taken_back_on=None))
    loan.save(update_fields=["refunded"])


@action
def take_back_refund(*, by: User, ward: str, refund_id: str, on: date, why: str) -> Refund:
    """A refund that was entered wrongly: from that day on it counts as never given."""
    found = queries.refund(ward, refund_id)
    if found is None:
        raise refuse("loans.refund", "There is no such refund.", where={"refund": refund_id})
    loan = locked(ward, found.loan_id)
    allow(by, "loans.take_back_refund", ward)
    found.refresh_from_db()
    refuse_if(
        [
            *checks.taken_back(found.taken_back_on, last_change=found.on, on=found.on),
            *checks.day(on, first=found.on, today=clock.today()),
            *checks.why(why, "loans.refund.why"),
        ]
    )
    found.taken_back_on, found.why_taken_back = on, fitting(why, 300)
    found.save(update_fields=["taken_back_on", "why_taken_back"])
    [entry] = books.standing(ward, [f"refund:{found.id}"])
    ledger.undo(by=by, ward=ward, entry_id=entry.id, on=on, why=why)
    _keep_refunded(loan)
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, refund=found.id, amount=found.amount)
    return found
