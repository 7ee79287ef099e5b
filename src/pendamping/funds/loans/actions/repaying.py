"""Taking instalments, and taking them back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import changes, checks, joint, narrations, preview, queries, terms
from pendamping.funds.loans.actions import in_books, quick
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.models import ACTIVE, CLOSED, LOST, Loan, Repayment
from pendamping.funds.loans.rules.plan import Parts, Standing, standing
from pendamping.funds.savings import actions as savings
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "loans"


def once(arguments: Mapping[str, Any]) -> Repayment | None:
    """The payment that a form has made already; refuses a form that was used for another one."""
    made = queries.by_request(arguments.get("request_id", ""))
    if made:
        asked = tuple(arguments[name] for name in ("ward", "loan_id", "on", "amount"))
        ledger.same_request(
            "loans.repayment.request",
            made.receipt,
            (made.ward, made.loan_id, made.paid_on, made.amount, made.received_from),
            (*asked, fitting(arguments.get("received_from", ""), 120)),
        )
    return made


@ledger.once_per_request(once)
@action
def record_repayment(
    *,
    by: User,
    ward: str,
    loan_id: str,
    on: date,
    amount: int,
    received_from: str = "",
    request_id: str = "",
) -> Repayment:
    """Take money for a running loan on a day; it is split by the rule of the loan.

    Entered late, later payments are split anew in the same transaction: the difference is posted, and the
    trail names them. The same ``request_id`` again gives back the payment
    that it made, and posts nothing.
    """
    allow(by, "loans.record_repayment", ward)
    received = quick.Received(loan_id, on, amount, received_from, request_id)
    if taken := quick.take(by, ward, [received], quick.Alone(received)):
        return quick.as_stored(taken[0])
    loan = locked(ward, loan_id)
    refuse_if(preview.against(loan, amount, on))
    ledger.take_turn(ward, DESK)
    payment = create_payment(loan, by, on, amount, received_from, request_id)
    changed = [one for one in settle(by, loan, narrations.late(payment)) if one != payment.id]
    payment.refresh_from_db(fields=["principal", "service", "overpaid", "recovered"])
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=on,
        repayment=payment.id,
        amount=amount,
        principal=payment.principal,
        service=payment.service,
        overpaid=payment.overpaid,
        **_split_anew(changed),
    )
    return payment


def create_payment(
    loan: Loan, by: User, on: date, amount: int, received_from: str, request_id: str
) -> Repayment:
    """The payment with its receipt; all of it counts as overpaid until it is split."""
    today = clock.today()
    return Repayment.objects.create(
        loan=loan,
        ward=loan.ward,
        year=today.year,
        number=queries.next_receipt(loan.ward, today.year),
        paid_on=on,
        amount=amount,
        principal=0,
        service=0,
        overpaid=amount,
        received_from=fitting(received_from, 120),
        received_by=by,
        entered_on=today,
        entered_at=clock.now(),
        request_id=request_id or None,
    )


def _split_anew(changed: list[str]) -> dict[str, list[str]]:
    """What the trail says of later payments that were reversed and posted anew."""
    return {"split_anew": changed} if changed else {}


@action
def reverse_repayment(
    *, by: User, ward: str, repayment_id: str, on: date, why: str, meeting_id: str = ""
) -> Repayment:
    """Take a payment back: from that day on it counts as never received.

    Every figure of the loan is then what it would have been without it; payments after it are
    split anew on that day. The payment that settled a loan early takes the settlement back with it.
    The money must be in the cash on that day and every day since. ``meeting_id``: the meeting that decided it, where
    the payment is of a closed month (subject ``loans.take_back:<payment id>``).
    """
    found = queries.repayment(ward, repayment_id)
    if found is None:
        raise refuse(
            "loans.repayment", "There is no such payment.", where={"repayment": repayment_id}
        )
    loan = locked(ward, found.loan_id)
    allow(by, "loans.reverse_repayment", ward)
    ledger.take_turn(ward, "cash")
    payment = Repayment.objects.get(pk=repayment_id)
    settled = payment.settles.filter(taken_back_on=None).first()
    refuse_if(
        [
            *reversal_reasons(
                payment.paid_on, payment.reversed_on, on, why, {"repayment": payment.id}
            ),
            *checks.before_change(payment.paid_on, terms.changes(loan), itself=bool(settled)),
            *changes.against_taking_back(ward, payment.paid_on, on, meeting_id, payment.id),
        ]
    )
    if settled:
        settled.taken_back_on, settled.why_taken_back = on, fitting(why, 300)
        settled.save(update_fields=["taken_back_on", "why_taken_back"])
    take_payment_back(by, payment, on, why)
    changed = [one for one in settle(by, loan, narrations.gone(payment)) if one != payment.id]
    refuse_if(ledger.taken_back(ward, 0 if payment.draw_id else payment.amount, on))
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=on,
        repayment=payment.id,
        amount=-payment.amount,
        **({"meeting": meeting_id} if meeting_id else {}),
        **_split_anew(changed),
    )
    return payment


def reversal_reasons(
    paid_on: date, reversed_on: date | None, on: date, why: str, where: Mapping[str, str]
) -> list[Reason]:
    """Why something that was entered cannot be taken back on a day."""
    return checks.reversal(
        paid_on=paid_on,
        reversed_on=reversed_on,
        on=on,
        today=clock.today(),
        why=why,
        where=where,
    )


def take_payment_back(by: User, payment: Repayment, on: date, why: str) -> None:
    """Let a payment count until the day before; what the joint savings gave goes back to them.

    A step of an action, which settles the loan afterwards.
    """
    if payment.draw_id:
        savings.give_back(by=by, movement_id=payment.draw_id, on=on, why=why)
    payment.reversed_on, payment.why_reversed = on, fitting(why, 300)
    payment.save(update_fields=["reversed_on", "why_reversed"])


# --- bringing splits, totals and books in line with what happened ----------------------------------


def settle(by: User, loan: Loan, why: str) -> list[str]:
    """Make splits, totals, state and postings of a loan what its payments say; a step of an action.

    Returns the ids of the payments whose split or posting changed. ``why``: what the books say where a payment
    is split anew (:mod:`..narrations`).
    """
    repayments = list(Repayment.objects.filter(loan=loan).order_by("paid_on", "id"))
    now = standing(terms.plan(loan), terms.payments(loan, repayments), date.max, terms.order(loan))
    refuse_if(_given_back(loan))
    _store_splits(repayments, now.splits)
    _keep_totals(loan, repayments, now)
    return in_books.bring(by, loan, repayments, why)


def _given_back(loan: Loan) -> list[Reason]:
    """Whether what was given back to the group was owed to it on every day."""
    if not loan.refunds.exists() or changes.least_owed_back(loan, loan.disbursed or date.min) >= 0:
        return []
    return [
        Reason(
            "loans.refund.first",
            "What this payment was too much has been given back to the group; take the refund back "
            "first.",
            {},
            {"loan": loan.id},
        )
    ]


def _store_splits(repayments: list[Repayment], splits: Mapping[str, Parts]) -> None:
    for one in repayments:
        parts = splits.get(one.id)
        if parts and parts != one.parts:
            one.principal, one.service = parts.principal, parts.service
            one.overpaid, one.recovered = parts.overpaid, parts.recovered
            one.save(update_fields=["principal", "service", "overpaid", "recovered"])


def _keep_totals(loan: Loan, repayments: list[Repayment], now: Standing) -> None:
    loan.paid_principal, loan.paid_service = now.paid.principal, now.paid.service
    loan.overpaid, loan.recovered = now.paid.overpaid, now.recovered
    loan.written_off = now.written_off.principal if now.written_off else 0
    if now.written_off:
        loan.status, loan.closed_on = LOST, now.written_off.on
    elif now.owed:
        loan.status, loan.closed_on = ACTIVE, None
    else:
        loan.status, loan.closed_on = CLOSED, _last_needed(loan, repayments)
    loan.last_on = max((one.reversed_on or one.paid_on for one in repayments), default=None)
    loan.members_paid = joint.members_paid(loan)
    loan.save(
        update_fields=[
            "paid_principal",
            "paid_service",
            "overpaid",
            "recovered",
            "written_off",
            "status",
            "closed_on",
            "last_on",
            "members_paid",
        ]
    )


def _last_needed(loan: Loan, repayments: list[Repayment]) -> date:
    """The day that closed the loan: of the last payment of which a part was needed, or of its settling."""
    days = [
        one.paid_on for one in repayments if not one.reversed_on and (one.principal or one.service)
    ]
    days += [loan.taken_over_on] if loan.taken_over_on else []
    return max([*days, *(one.on for one in terms.closures(loan) if one.until is None)])
