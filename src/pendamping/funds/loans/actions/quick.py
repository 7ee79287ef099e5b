"""The plain instalment, posted quickly: one read and one write for any number of payments.

A payment is plain where its loan runs by its first schedule, which nothing has changed, and nothing
has happened on the loan on its day or after it: then the split follows from the totals that are kept,
and no other payment is split anew. Everything else, and every refusal, goes the general way
(:mod:`.repaying`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.vouchers import IN
from pendamping.funds.loans import posting, terms
from pendamping.funds.loans.models import ACTIVE, CLOSED, Loan, Repayment, code
from pendamping.funds.loans.rules.allocation import Order, Paid, receipt_problems
from pendamping.funds.loans.rules.plain import PlainTerms, split
from pendamping.kernel import clock
from pendamping.trail.actions import Deed, end_of_chain, sealed
from pendamping.trail.statements import Statement, day_read, insert, read, run, update

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
    sheet_id: str | None = None


class Beside(Protocol):
    """What is written together with payments: statements, and the deeds that the trail keeps of it."""

    def __call__(
        self, payments: Sequence[Repayment]
    ) -> tuple[Iterable[Statement], Iterable[Deed]]: ...


def _alone(payments: Sequence[Repayment]) -> tuple[Iterable[Statement], Iterable[Deed]]:
    """A payment by itself: nothing beside it, and its own deed."""
    return (), [deed(payment) for payment in payments]


def take(
    by: User, ward: str, received: Sequence[Received], beside: Beside = _alone
) -> list[Repayment] | None:
    """Post plain payments of different loans as a step of the action that is open.

    ``None``, and nothing written, where one of them is not plain. The caller has asked whether
    the actor may.
    """
    found = _read(ward, received)
    if found is None or not all(_plain(one, found.loans) for one in received):
        return None
    taken = [_split(found.loans[one.loan_id], one) for one in received]
    payments = _payments(by, ward, taken, found.receipt)
    run(*_written(by, ward, taken, payments, found, beside))
    return payments


# --- what is read, and locked: loans, then the desk's turn, then the trail ---------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    loans: dict[str, "_Loan"]
    receipt: int
    accounts: ledger.Accounts
    closed: date | None
    end: tuple[int, str]
    vouchers: dict[ledger.Series, int]


class _Loan(NamedTuple):
    """What a payment needs to know of its loan; the names are those of the columns."""

    id: str
    number: int
    group_name: str
    principal: int
    rate_bp: int
    instalments: int
    grace_months: int
    grace_in_tenor: bool
    grace_service: str
    every: str
    method: str
    amortisation: str
    allocation: Order
    status: str
    disbursed: Any
    paid_principal: int
    paid_service: int
    overpaid: int
    last_on: Any
    taken_over_on: Any

    @property
    def terms(self) -> PlainTerms:
        """As the rules know them."""
        return PlainTerms(
            self.principal,
            self.rate_bp,
            self.instalments,
            self.grace_months,
            day_read(self.disbursed),
        )


def _read(ward: str, received: Sequence[Received]) -> _Found | None:
    ids = sorted({one.loan_id for one in received})
    if len(ids) < len(received):
        return None
    series = [(IN, year) for year in sorted({one.on.year for one in received})]
    loans, turn, receipt, accounts, end, *vouchers = run(
        _loans_asked(ward, ids),
        ledger.turn_asked(ward, DESK),
        read(
            "SELECT MAX(number) FROM loans_repayment WHERE ward = %s AND year = %s",
            ward,
            clock.today().year,
        ),
        books.accounts_asked(ward, ACCOUNTS),
        end_of_chain(ward),
        *(ledger.last_voucher_asked(ward, one) for one in series),
    )
    if len(loans) < len(ids) or not turn or len(accounts) < len(ACCOUNTS) or not end:
        return None
    return _Found(
        {row[0]: _Loan(*row) for row in loans},
        receipt[0][0] or 0,
        books.accounts_read(accounts),
        books.closed_read(accounts),
        (end[0][0], end[0][1]),
        ledger.last_vouchers_read(series, vouchers),
    )


def _loans_asked(ward: str, ids: Sequence[str]) -> Statement:
    marks = ", ".join("%s" for _ in ids)
    return read(
        f"SELECT {', '.join(_Loan._fields)} FROM loans_loan WHERE id IN ({marks}) AND ward = %s"  # noqa: S608 -- names and marks alone
        " AND NOT EXISTS (SELECT 1 FROM loans_rescheduling WHERE loan_id = loans_loan.id)"
        " AND NOT EXISTS (SELECT 1 FROM loans_closure WHERE loan_id = loans_loan.id) ORDER BY id",
        *ids,
        ward,
        lock=True,
    )


# --- whether it is plain, and how it is split --------------------------------------------------------


def _plain(one: Received, loans: dict[str, _Loan]) -> bool:
    loan = loans[one.loan_id]
    if loan.status != ACTIVE or not terms.usual(loan):
        return False
    if loan.last_on is not None and one.on <= day_read(loan.last_on):
        return False
    problems = receipt_problems(
        amount=one.amount,
        on=one.on,
        disbursed=day_read(loan.disbursed),
        today=clock.today(),
        taken_over=day_read(loan.taken_over_on) if loan.taken_over_on else None,
    )
    return not problems


@dataclass(frozen=True, slots=True)
class _Taken:
    loan: _Loan
    received: Received
    split: Paid
    closes: bool


def _split(loan: _Loan, one: Received) -> _Taken:
    agreed = loan.terms
    paid = Paid(loan.paid_principal, loan.paid_service, loan.overpaid)
    found = split(agreed, one.amount, one.on, paid, loan.allocation)
    left = agreed.principal + agreed.service - paid.principal - paid.service
    return _Taken(loan, one, found, closes=found.principal + found.service == left)


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
        loan_id=one.loan.id,
        ward=ward,
        year=today.year,
        number=number,
        paid_on=one.received.on,
        amount=one.received.amount,
        principal=one.split.principal,
        service=one.split.service,
        overpaid=one.split.overpaid,
        received_from=one.received.received_from.strip()[:120],
        received_by_id=by.pk,
        entered_on=today,
        entered_at=now,
        request_id=one.received.request_id or None,
        sheet_id=one.received.sheet_id,
    )
    payment._state.adding = False
    return payment


_PAYMENT = (
    "id", "loan_id", "ward", "year", "number", "paid_on", "amount", "principal", "service",
    "overpaid", "received_from", "received_by_id", "entered_on", "entered_at", "reversed_on",
    "why_reversed", "recovered", "request_id", "sheet_id",
)  # fmt: skip
_TOTALS = ("paid_principal", "paid_service", "overpaid", "status", "closed_on", "last_on")


def _written(
    by: User,
    ward: str,
    taken: Sequence[_Taken],
    payments: Sequence[Repayment],
    found: _Found,
    beside: Beside,
) -> Iterable[Statement]:
    pairs = list(zip(taken, payments, strict=True))
    rows = [tuple(getattr(one, name) for name in _PAYMENT) for one in payments]
    yield insert(Repayment, _PAYMENT, rows)
    drafts = [_draft(one.loan, payment) for one, payment in pairs]
    entries, statements = ledger.written(ward, drafts, found.accounts, found.closed)
    yield from statements
    yield ledger.vouchers_given([(one, IN) for one in entries], found.vouchers)
    yield update(Loan, _TOTALS, [_totals(one) for one in taken])
    more, deeds = beside(payments)
    yield from more
    yield from sealed(by=by, ward=ward, end=found.end, deeds=deeds)


def _draft(loan: _Loan, payment: Repayment) -> ledger.Draft:
    move = posting.Move(
        payment.id, payment.paid_on, payment.principal, payment.service, payment.overpaid
    )
    return ledger.Draft(
        move.on,
        move.kind,
        f"repayment:{payment.id}",
        tuple(move.legs),
        f"{code(loan.number)} {loan.group_name} {payment.receipt}",
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
