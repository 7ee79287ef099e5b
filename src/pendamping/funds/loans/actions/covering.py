"""Giving back what was paid for a member: to another member, or into the joint savings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import checks, joint
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.models import Loan, PaidBack
from pendamping.funds.loans.rules.joint import least_owed
from pendamping.funds.savings import actions as savings
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


def _made_already(arguments: Mapping[str, Any]) -> PaidBack | None:
    request = arguments.get("request_id", "")
    made = PaidBack.objects.filter(request_id=request).first() if request else None
    if made:
        names = ("ward", "loan_id", "on", "amount", "debtor", "creditor")
        who = (made.debtor_id, made.creditor_id or "")
        ledger.same_request(
            "loans.repayment.request",
            format_rupiah(made.amount),
            (made.ward, made.loan_id, made.on, made.amount, *who),
            tuple(arguments[name] for name in names),
        )
    return made


@ledger.once_per_request(_made_already)
@action
def pay_back(
    *,
    by: User,
    ward: str,
    loan_id: str,
    debtor: str,
    creditor: str,
    on: date,
    amount: int,
    request_id: str = "",
) -> PaidBack:
    """A member gives back what was paid for her: to the member ``creditor`` (recorded, no money passes
    through the UPK), or with an empty ``creditor`` into the joint savings, in cash.

    Never more than she owes there, on that day and on every day since.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.pay_back", ward)
    refuse_if(
        [
            *checks.day(on, first=loan.begins, today=clock.today()),
            *_too_much(loan, debtor, creditor, on, amount),
        ]
    )
    movement = None if creditor else _refill(by, loan, debtor, on, amount)
    made = PaidBack.objects.create(
        ward=ward,
        loan=loan,
        debtor_id=debtor,
        creditor_id=creditor or None,
        on=on,
        amount=amount,
        movement=movement,
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
        request_id=request_id or None,
    )
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, paid_back=made.id, amount=amount)
    return made


def _refill(by: User, loan: Loan, debtor: str, on: date, amount: int) -> Any:
    """Cash into the joint savings of the loan's group."""
    moved = savings.put_by(
        by=by,
        ward=loan.ward,
        group_id=loan.group_id,
        on=on,
        amounts={debtor: amount},
        kind="refill",
    )
    return moved[debtor]


def _too_much(loan: Loan, debtor: str, creditor: str, on: date, amount: int) -> list[Reason]:
    where = {"field": "amount", "person": debtor}
    if amount <= 0:
        return [Reason("loans.pay_back.amount", "The amount must be more than zero.", {}, where)]
    owed = least_owed(joint.paid(loan), joint.paid_back(loan), (debtor, creditor), on)
    if amount <= owed:
        return []
    return [
        Reason(
            "loans.pay_back.owed",
            "{amount} is more than is owed there on that day and since: {owed}.",
            {"amount": format_rupiah(amount), "owed": format_rupiah(max(0, owed))},
            where,
        )
    ]


@action
def take_back_paid_back(*, by: User, ward: str, paid_back_id: str, on: date, why: str) -> PaidBack:
    """An entry of giving back was wrong: from that day on it counts as never made."""
    found = joint.stored_paid_back(ward, paid_back_id)
    if found is None:
        raise refuse("loans.pay_back", "There is no such entry.")
    loan = locked(ward, found.loan_id)
    allow(by, "loans.take_back_paid_back", ward)
    ledger.take_turn(ward, "cash")
    found.refresh_from_db(fields=["reversed_on"])
    refuse_if(
        checks.reversal(
            paid_on=found.on,
            reversed_on=found.reversed_on,
            on=on,
            today=clock.today(),
            why=why,
            where={"paid_back": found.id},
        )
    )
    if found.movement:
        savings.give_back(by=by, movement_id=found.movement.id, on=on, why=why)
        refuse_if(ledger.taken_back(ward, found.amount, on))
    found.reversed_on, found.why_reversed = on, fitting(why, 300)
    found.save(update_fields=["reversed_on", "why_reversed"])
    record(
        by=by, ward=ward, record=f"loan:{loan.id}", on=on, paid_back=found.id, amount=-found.amount
    )
    return found
