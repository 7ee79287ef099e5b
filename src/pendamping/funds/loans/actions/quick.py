"""The plain instalment, posted quickly: one read and one write for any number of payments.

A payment is plain where its loan runs by its first schedule and nothing has happened on the loan on
its day or after it: then the split follows from the totals that are kept, and no other payment is
split anew. Everything else, and every refusal, goes the general way (:mod:`.repaying`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import posting, terms
from pendamping.funds.loans.models import ACTIVE, CLOSED, Loan, Repayment
from pendamping.funds.loans.rules.allocation import Paid, Split, allocate, receipt_problems
from pendamping.kernel import clock
from pendamping.trail.actions import Deed, end_of_chain, sealed
from pendamping.trail.statements import Statement, insert, loaded, read, run, update

DESK = "loans"
ACCOUNTS = ("cash", "loans", "service_income", "debt")


@dataclass(frozen=True, slots=True)
class Received:
    """Money for one loan: as :func:`~.repaying.record_repayment` is given it."""

    loan_id: str
    on: date
    amount: int
    received_from: str = ""
    request_id: str = ""


def take(by: User, ward: str, received: Sequence[Received]) -> list[Repayment] | None:
    """Post plain payments of different loans as a step of the action that is open.

    ``None``, and nothing written, where one of them is not plain. The caller has asked whether
    the actor may.
    """
    found = _read(ward, received)
    if found is None or not all(_plain(one, found.loans) for one in received):
        return None
    taken = [_split(found.loans[one.loan_id], one) for one in received]
    payments = _payments(by, ward, taken, found.receipt)
    run(*_written(by, ward, taken, payments, found))
    return payments


# --- what is read, and locked: loans, then the desk's turn, then the trail ---------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    loans: dict[str, Loan]
    receipt: int
    accounts: ledger.Accounts
    end: tuple[int, str]


_LOAN = (
    "id", "number", "group_name", "principal", "rate_bp", "instalments", "grace_months",
    "grace_in_tenor", "grace_service", "every", "method", "allocation", "status", "disbursed",
    "paid_principal", "paid_service", "overpaid", "last_on",
)  # fmt: skip


def _read(ward: str, received: Sequence[Received]) -> _Found | None:
    ids = sorted({one.loan_id for one in received})
    if len(ids) < len(received):
        return None
    loans, turn, receipt, accounts, end = run(
        _loans_asked(ward, ids),
        ledger.turn_asked(ward, DESK),
        read(
            "SELECT MAX(number) FROM loans_repayment WHERE ward = %s AND year = %s",
            ward,
            clock.today().year,
        ),
        books.accounts_asked(ward, ACCOUNTS),
        end_of_chain(ward),
    )
    if len(loans) < len(ids) or not turn or len(accounts) < len(ACCOUNTS) or not end:
        return None
    return _Found(
        {loan.id: loan for loan in loaded(Loan, _LOAN, loans)},
        receipt[0][0] or 0,
        books.accounts_read(accounts),
        (end[0][0], end[0][1]),
    )


def _loans_asked(ward: str, ids: Sequence[str]) -> Statement:
    marks = ", ".join("%s" for _ in ids)
    return read(
        f"SELECT {', '.join(_LOAN)} FROM loans_loan WHERE id IN ({marks}) AND ward = %s ORDER BY id",  # noqa: S608 -- names and marks alone
        *ids,
        ward,
        lock=True,
    )


# --- whether it is plain, and how it is split --------------------------------------------------------


def _plain(one: Received, loans: dict[str, Loan]) -> bool:
    loan = loans[one.loan_id]
    if loan.status != ACTIVE or loan.disbursed is None:
        return False
    if loan.last_on is not None and one.on <= loan.last_on:
        return False
    problems = receipt_problems(
        amount=one.amount, on=one.on, disbursed=loan.disbursed, today=clock.today()
    )
    return not problems


@dataclass(frozen=True, slots=True)
class _Taken:
    loan: Loan
    received: Received
    split: Split
    closes: bool


def _split(loan: Loan, one: Received) -> _Taken:
    rows = terms.rows(loan)
    paid = Paid(loan.paid_principal, loan.paid_service, loan.overpaid)
    split = allocate(rows, one.amount, one.on, paid, terms.order(loan))
    owed = sum(row.total for row in rows) - paid.principal - paid.service
    return _Taken(loan, one, split, closes=split.principal + split.service == owed)


# --- what is written -----------------------------------------------------------------------------


def _payments(by: User, ward: str, taken: Sequence[_Taken], receipt: int) -> list[Repayment]:
    today, now = clock.today(), clock.now()
    return [
        _payment(by, ward, one, number, today, now)
        for number, one in enumerate(taken, start=receipt + 1)
    ]


def _payment(
    by: User, ward: str, one: _Taken, number: int, today: date, now: datetime
) -> Repayment:
    payment = Repayment(
        loan=one.loan,
        ward=ward,
        year=today.year,
        number=number,
        paid_on=one.received.on,
        amount=one.received.amount,
        principal=one.split.principal,
        service=one.split.service,
        overpaid=one.split.overpaid,
        received_from=one.received.received_from.strip()[:120],
        received_by=by,
        entered_on=today,
        entered_at=now,
        request_id=one.received.request_id or None,
    )
    payment._state.adding = False
    return payment


_PAYMENT = (
    "id", "loan_id", "ward", "year", "number", "paid_on", "amount", "principal", "service",
    "overpaid", "received_from", "received_by_id", "entered_on", "entered_at", "reversed_on",
    "why_reversed", "recovered", "request_id",
)  # fmt: skip
_TOTALS = ("paid_principal", "paid_service", "overpaid", "status", "closed_on", "last_on")


def _written(
    by: User, ward: str, taken: Sequence[_Taken], payments: Sequence[Repayment], found: _Found
) -> Iterable[Statement]:
    pairs = list(zip(taken, payments, strict=True))
    rows = [tuple(getattr(one, name) for name in _PAYMENT) for one in payments]
    yield insert(Repayment, _PAYMENT, rows)
    drafts = [_draft(one.loan, payment) for one, payment in pairs]
    yield from ledger.written(ward, drafts, found.accounts)[1]
    yield update(Loan, _TOTALS, [_totals(one) for one in taken])
    deeds = [deed(payment) for payment in payments]
    yield from sealed(by=by, ward=ward, end=found.end, deeds=deeds)


def _draft(loan: Loan, payment: Repayment) -> ledger.Draft:
    move = posting.Move(
        payment.id, payment.paid_on, payment.principal, payment.service, payment.overpaid
    )
    return ledger.Draft(
        move.on,
        move.kind,
        f"repayment:{payment.id}",
        tuple(move.legs),
        f"{loan.code} {loan.group_name} {payment.receipt}",
    )


def _totals(one: _Taken) -> tuple[Any, ...]:
    """The loan's totals with this payment; ``overpaid`` is never negative, so they only grow."""
    loan, split, on = one.loan, one.split, one.received.on
    return (
        loan.paid_principal + split.principal,
        loan.paid_service + split.service,
        loan.overpaid + split.overpaid,
        CLOSED if one.closes else ACTIVE,
        on if one.closes else None,
        on,
        loan.id,
    )


def deed(payment: Repayment) -> Deed:
    """What the trail says of a payment that was taken."""
    data = {
        "repayment": payment.id,
        "amount": payment.amount,
        "principal": payment.principal,
        "service": payment.service,
        "overpaid": payment.overpaid,
    }
    return Deed(f"loan:{payment.loan_id}", payment.paid_on, data)
