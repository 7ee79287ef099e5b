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
from pendamping.funds.loans.models import ACTIVE, CLOSED, Loan, Repayment, code, receipt
from pendamping.funds.loans.rules.allocation import Order, Paid, receipt_problems
from pendamping.funds.loans.rules.kept import Kept, unnamed, written
from pendamping.funds.loans.rules.kept import read as read_kept
from pendamping.funds.loans.rules.plain import PlainTerms, split
from pendamping.kernel import clock
from pendamping.kernel.ids import ids_for
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import Deed, end_of_chain, sealed
from pendamping.trail.statements import Statement, day_read, insert, read, run, update

DESK = "loans"
ACCOUNTS = ("cash", "loans", "service_income", "debt")


@dataclass(frozen=True, slots=True)
class Received:
    """Money for one loan: as :func:`~.repaying.record_repayment` is given it.

    ``received_from``: ``None`` where the group brings it.
    """

    loan_id: str
    on: date
    amount: int
    received_from: str | None = ""
    request_id: str = ""
    sheet_id: str | None = None


class Row(NamedTuple):
    """A payment as it is stored; the names are those of the columns."""

    id: str
    loan_id: str
    ward: str
    year: int
    number: int
    paid_on: date
    amount: int
    principal: int
    service: int
    overpaid: int
    received_from: str
    received_by_id: Any
    entered_on: date
    entered_at: datetime
    request_id: str | None
    sheet_id: str | None
    recovered: int = 0
    reversed_on: date | None = None
    why_reversed: str = ""


class Beside(Protocol):
    """What is read and written together with payments."""

    def asked(self) -> Sequence[Statement]:
        """What it reads, once the loans and the desk are held."""

    def judged(
        self, loans: Sequence["PlainLoan"], rows: Sequence[Sequence[Any]]
    ) -> Sequence[Sequence[Kept]] | None:
        """What each loan keeps of its members with its payment; ``None`` where something is not plain.

        ``rows``: what was read by each statement that it asked for.
        """

    def written(self, payments: Sequence[Row]) -> tuple[Iterable[Statement], Iterable[Deed]]:
        """Statements, and the deeds that the trail keeps."""


class Alone:
    """A payment by itself: it names nobody, there is nothing beside it, and its own deed."""

    def __init__(self, received: Received) -> None:
        self.received = received

    def asked(self) -> Sequence[Statement]:
        """Nothing."""
        return ()

    def judged(
        self, loans: Sequence["PlainLoan"], rows: Sequence[Sequence[Any]]
    ) -> Sequence[Sequence[Kept]]:
        """It counts first for what is due on its day."""
        [loan], one = loans, self.received
        return [unnamed(loan.terms, loan.kept, one.on, one.amount)]

    def written(self, payments: Sequence[Row]) -> tuple[Iterable[Statement], Iterable[Deed]]:
        """The deed."""
        return (), [_deed(payment) for payment in payments]


def take(by: User, ward: str, received: Sequence[Received], beside: Beside) -> list[Row] | None:
    """Post plain payments of different loans as a step of the action that is open.

    ``None``, and nothing written, where one of them is not plain. The caller has asked whether
    the actor may.
    """
    found = _read(ward, received, beside)
    if found is None or not all(_plain(one, found.loans) for one in received):
        return None
    kept = beside.judged([found.loans[one.loan_id] for one in received], found.beside)
    if kept is None:
        return None
    taken = [
        _split(found.loans[one.loan_id], one, written(members))
        for one, members in zip(received, kept, strict=True)
    ]
    payments = _payments(by, ward, taken, found.receipt)
    run(*_written(by, ward, taken, payments, found, beside))
    return payments


def as_stored(payment: Row) -> Repayment:
    """The payment that a row has become."""
    named = payment._asdict()
    names = [field.attname for field in Repayment._meta.concrete_fields]
    return Repayment.from_db("default", names, list(map(named.get, names)))


# --- what is read, and locked: loans, then the desk's turn, then the trail ---------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    loans: dict[str, "PlainLoan"]
    receipt: int
    accounts: ledger.Accounts
    closed: date | None
    end: tuple[int, str]
    vouchers: dict[ledger.Series, int]
    beside: Sequence[Sequence[Any]]


class PlainLoan(NamedTuple):
    """What a payment needs to know of its loan; the names are those of the columns."""

    id: str
    number: int
    group_id: str
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
    members_paid: str

    @property
    def kept(self) -> list[Kept]:
        """What each member has paid, in the order of the application."""
        return read_kept(self.members_paid)

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


def _read(ward: str, received: Sequence[Received], beside: Beside) -> _Found | None:
    ids = sorted({one.loan_id for one in received})
    if len(ids) < len(received):
        return None
    series = [(IN, year) for year in sorted({one.on.year for one in received})]
    more = beside.asked()
    loans, changed, turn, receipt, accounts, end, *others = run(
        _loans_asked(ward, ids),
        _changed_asked(ids),
        ledger.turn_asked(ward, DESK),
        read(
            "SELECT MAX(number) FROM loans_repayment WHERE ward = %s AND year = %s",
            ward,
            clock.today().year,
        ),
        books.accounts_asked(ward, ACCOUNTS),
        end_of_chain(ward),
        *more,
        *(ledger.last_voucher_asked(ward, one) for one in series),
    )
    if len(loans) < len(ids) or changed or not turn or len(accounts) < len(ACCOUNTS) or not end:
        return None
    return _Found(
        {row[0]: PlainLoan(*row) for row in loans},
        receipt[0][0] or 0,
        books.accounts_read(accounts),
        books.closed_read(accounts),
        (end[0][0], end[0][1]),
        ledger.last_vouchers_read(series, others[len(more) :]),
        others[: len(more)],
    )


def _loans_asked(ward: str, ids: Sequence[str]) -> Statement:
    marks = ", ".join("%s" for _ in ids)
    return read(
        f"SELECT {', '.join(PlainLoan._fields)} FROM loans_loan WHERE id IN ({marks}) AND ward = %s"  # noqa: S608 -- names and marks alone
        " ORDER BY id",
        *ids,
        ward,
        lock=True,
    )


def _changed_asked(ids: Sequence[str]) -> Statement:
    """Which of the loans changed since they were paid out. A statement of its own, after the one that waits for
    their rows: on PostgreSQL that one does not see what another table got while it waited.
    """
    marks = ", ".join("%s" for _ in ids)
    return read(
        f"SELECT loan_id FROM loans_rescheduling WHERE loan_id IN ({marks})"  # noqa: S608 -- marks alone
        f" UNION ALL SELECT loan_id FROM loans_closure WHERE loan_id IN ({marks})",
        *ids,
        *ids,
    )


# --- whether it is plain, and how it is split --------------------------------------------------------


def _plain(one: Received, loans: dict[str, PlainLoan]) -> bool:
    loan = loans[one.loan_id]
    if loan.status != ACTIVE or not loan.members_paid or not terms.usual(loan):
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
    loan: PlainLoan
    received: Received
    split: Paid
    closes: bool
    members_paid: str

    @property
    def brought_by(self) -> str:
        """Who stands on the receipt."""
        named = self.received.received_from
        return self.loan.group_name if named is None else fitting(named, 120)


def _split(loan: PlainLoan, one: Received, members_paid: str) -> _Taken:
    agreed = loan.terms
    paid = Paid(loan.paid_principal, loan.paid_service, loan.overpaid)
    found = split(agreed, one.amount, one.on, paid, loan.allocation)
    left = agreed.principal + agreed.service - paid.principal - paid.service
    closes = found.principal + found.service == left
    return _Taken(loan, one, found, closes, members_paid)


# --- what is written -----------------------------------------------------------------------------


def _payments(by: User, ward: str, taken: Sequence[_Taken], last: int) -> list[Row]:
    today, now, who = clock.today(), clock.now(), by.pk
    ids = ids_for(len(taken))
    return [
        Row(
            id=next(ids),
            loan_id=one.loan.id,
            ward=ward,
            year=today.year,
            number=number,
            paid_on=one.received.on,
            amount=one.received.amount,
            principal=one.split.principal,
            service=one.split.service,
            overpaid=one.split.overpaid,
            received_from=one.brought_by,
            received_by_id=who,
            entered_on=today,
            entered_at=now,
            request_id=one.received.request_id or None,
            sheet_id=one.received.sheet_id,
        )
        for number, one in enumerate(taken, start=last + 1)
    ]


_TOTALS = (
    "paid_principal",
    "paid_service",
    "overpaid",
    "status",
    "closed_on",
    "last_on",
    "members_paid",
)


def _written(
    by: User,
    ward: str,
    taken: Sequence[_Taken],
    payments: Sequence[Row],
    found: _Found,
    beside: Beside,
) -> Iterable[Statement]:
    pairs = list(zip(taken, payments, strict=True))
    yield insert(Repayment, Row._fields, payments)
    drafts = [_draft(one.loan, payment) for one, payment in pairs]
    entries, statements = ledger.written(ward, drafts, found.accounts, found.closed)
    yield from statements
    yield ledger.vouchers_given([(one, IN) for one in entries], found.vouchers)
    yield update(Loan, _TOTALS, [_totals(one) for one in taken])
    more, deeds = beside.written(payments)
    yield from more
    yield from sealed(by=by, ward=ward, end=found.end, deeds=deeds)


def _draft(loan: PlainLoan, payment: Row) -> ledger.Draft:
    move = posting.Move(
        payment.id, payment.paid_on, payment.principal, payment.service, payment.overpaid
    )
    return ledger.Draft(
        move.on,
        move.kind,
        f"repayment:{payment.id}",
        tuple(move.legs),
        f"{code(loan.number)} {loan.group_name} {receipt(payment.number, payment.year)}",
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
        one.members_paid,
        loan.id,
    )


def _deed(payment: Row) -> Deed:
    """What the trail says of a payment that was taken."""
    data = {
        "repayment": payment.id,
        "amount": payment.amount,
        "principal": payment.principal,
        "service": payment.service,
        "overpaid": payment.overpaid,
    }
    return Deed(f"loan:{payment.loan_id}", payment.paid_on, data)
