"""How a payment is split over the instalments of its loan.

Source: doors, *Allocation*; handbook 4.1 (payment order), 11 no. 14 (payments entered late).

Within each part (principal, service) the oldest instalment is always filled first, so the two
totals paid so far say which instalments are filled: that is all a later payment needs to know.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pendamping.funds.ledger.rules.entries import MOST
from pendamping.funds.loans.rules.schedule import Instalment
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason, refuse_if

Order = Literal["service-first", "instalment-order"]
_Part = Literal["principal", "service"]


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received for one loan on a day, in whole units.

    ``key`` is a stable id; payments of one day are taken in the order of their keys.
    ``posted`` is the (principal, service) of a split that was already posted elsewhere.
    From ``reversed_on`` on the payment no longer counts.
    """

    key: str
    on: date
    amount: int
    posted: tuple[int, int] | None = None
    reversed_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether the payment stands at the end of a day."""
        return self.on <= day and (self.reversed_on is None or day < self.reversed_on)


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid on a loan in all."""

    principal: int = 0
    service: int = 0
    overpaid: int = 0


@dataclass(frozen=True, slots=True)
class Fill:
    """What goes into one instalment, or what is still missing from it."""

    no: int
    due: date
    principal: int
    service: int

    @property
    def total(self) -> int:
        """Both parts."""
        return self.principal + self.service


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of one payment; ``fills`` names the instalments that it reaches, in order."""

    principal: int
    service: int
    overpaid: int
    fills: tuple[Fill, ...]

    @property
    def amount(self) -> int:
        """What was paid: nothing is lost or made."""
        return self.principal + self.service + self.overpaid


@dataclass(frozen=True, slots=True)
class Allocated:
    """A payment with its split and with what was paid before it."""

    payment: Payment
    split: Split
    before: Paid

    @property
    def after(self) -> Paid:
        """What was paid with this payment."""
        return Paid(
            self.before.principal + self.split.principal,
            self.before.service + self.split.service,
            self.before.overpaid + self.split.overpaid,
        )


def remaining(rows: Sequence[Instalment], paid: Paid) -> list[Fill]:
    """What is still unpaid of each instalment, all of them, in order."""
    principal, service = paid.principal, paid.service
    left = []
    for row in rows:
        in_principal, in_service = min(principal, row.principal), min(service, row.service)
        principal -= in_principal
        service -= in_service
        left.append(Fill(row.no, row.due, row.principal - in_principal, row.service - in_service))
    return left


def allocate(
    rows: Sequence[Instalment],
    amount: int,
    on: date,
    paid: Paid = Paid(),
    order: Order = "service-first",
) -> Split:
    """Split an amount that is paid on a day, given what was paid before.

    *service-first*: service of the instalments due on or before the day, oldest first; then
    their principal; then those not yet due, in order, each service then principal.
    *instalment-order*: every instalment in order, service then principal.
    What is left over is ``overpaid``. Raises
    :class:`~pendamping.kernel.refusal.Refusal` on a negative amount.
    """
    refuse_if(_negative(amount))
    left = remaining(rows, paid)
    into: dict[int, dict[_Part, int]] = {}
    rest = amount
    for index, part in _steps(left, on, order):
        taken = min(rest, getattr(left[index], part))
        if taken:
            into.setdefault(index, {})[part] = taken
            rest -= taken
    fills = tuple(
        Fill(left[index].no, left[index].due, parts.get("principal", 0), parts.get("service", 0))
        for index, parts in sorted(into.items())
    )
    return _split(fills, rest)


def _negative(amount: int, where: Mapping[str, Any] | None = None) -> list[Reason]:
    if amount >= 0:
        return []
    return [
        Reason(
            "loans.repayment.amount",
            "A payment cannot be less than zero, as {amount} is.",
            {"amount": format_rupiah(amount)},
            where or {},
        )
    ]


def _steps(left: Sequence[Fill], on: date, order: Order) -> Iterator[tuple[int, _Part]]:
    due = sum(row.due <= on for row in left) if order == "service-first" else 0
    yield from ((index, "service") for index in range(due))
    yield from ((index, "principal") for index in range(due))
    for index in range(due, len(left)):
        yield index, "service"
        yield index, "principal"


def allocate_all(
    rows: Sequence[Instalment], payments: Iterable[Payment], order: Order = "service-first"
) -> list[Allocated]:
    """Split all payments of a loan anew, by date and then by key, whatever order they come in.

    Raises :class:`~pendamping.kernel.refusal.Refusal` with every reason: negative payments,
    or else posted splits of more than its payment or of more than the loan still owes of that part.
    """
    in_order = sorted(payments, key=lambda one: (one.on, one.key))
    refuse_if(reason for one in in_order for reason in _negative(one.amount, {"payment": one.key}))
    done: list[Allocated] = []
    reasons: list[Reason] = []
    paid = Paid()
    for payment in in_order:
        if payment.posted is None:
            split = allocate(rows, payment.amount, payment.on, paid, order)
        else:
            reasons += posted_problems(rows, payment, paid)
            split = _posted(rows, payment, paid)
        done.append(Allocated(payment, split, paid))
        paid = done[-1].after
    refuse_if(reasons)
    return done


def posted_problems(rows: Sequence[Instalment], payment: Payment, paid: Paid) -> list[Reason]:
    """What is wrong with a split that was posted elsewhere; empty if nothing is."""
    principal, service = payment.posted or (0, 0)
    left = remaining(rows, paid)
    where = {"payment": payment.key}
    reasons = []
    if min(principal, service) < 0 or principal + service > payment.amount:
        reasons.append(
            Reason(
                "loans.repayment.split",
                "The split {principal} + {service} does not fit the payment of {amount}.",
                {
                    "principal": format_rupiah(principal),
                    "service": format_rupiah(service),
                    "amount": format_rupiah(payment.amount),
                },
                where,
            )
        )
    owed = sum(row.principal for row in left)
    if principal > owed:
        reasons.append(
            Reason(
                "loans.repayment.split",
                "The split pays {amount} of principal, but the loan owes only {owed} of it.",
                {"amount": format_rupiah(principal), "owed": format_rupiah(owed)},
                where,
            )
        )
    owed = sum(row.service for row in left)
    if service > owed:
        reasons.append(
            Reason(
                "loans.repayment.split",
                "The split pays {amount} of service charge, but the loan owes only {owed} of it.",
                {"amount": format_rupiah(service), "owed": format_rupiah(owed)},
                where,
            )
        )
    return reasons


def _posted(rows: Sequence[Instalment], payment: Payment, paid: Paid) -> Split:
    principal, service = payment.posted or (0, 0)
    overpaid = payment.amount - principal - service
    fills = []
    for row in remaining(rows, paid):
        fill = Fill(row.no, row.due, min(principal, row.principal), min(service, row.service))
        principal -= fill.principal
        service -= fill.service
        if fill.total:
            fills.append(fill)
    return _split(tuple(fills), overpaid)


def _split(fills: tuple[Fill, ...], overpaid: int) -> Split:
    principal = sum(fill.principal for fill in fills)
    service = sum(fill.service for fill in fills)
    return Split(principal, service, overpaid, fills)


def receipt_problems(
    *, amount: int, on: date, disbursed: date, today: date, taken_over: date | None = None
) -> list[Reason]:
    """Why a payment cannot be taken: nothing, more than the books hold, before the loan, in the future.

    ``taken_over``: the last day of an old book, of a loan that was running in it.
    """
    in_the_old_book = _in_the_old_book(on, taken_over)
    reasons = [*in_the_old_book]
    if amount > MOST:
        reasons.append(
            Reason(
                "loans.repayment.amount",
                "A payment can be {most} at most.",
                {"most": format_rupiah(MOST)},
                {"field": "amount"},
            )
        )
    if amount <= 0:
        reasons.append(
            Reason(
                "loans.repayment.amount",
                "A payment must be more than zero.",
                {},
                {"field": "amount"},
            )
        )
    if on < disbursed and not in_the_old_book:
        reasons.append(
            Reason(
                "loans.repayment.date",
                "The payment is dated {on}, before the loan was paid out on {disbursed}.",
                {"on": on.isoformat(), "disbursed": disbursed.isoformat()},
                {"field": "on"},
            )
        )
    if on > today:
        reasons.append(
            Reason(
                "loans.repayment.date",
                "The payment is dated {on}, which is still to come.",
                {"on": on.isoformat()},
                {"field": "on"},
            )
        )
    return reasons


def _in_the_old_book(on: date, taken_over: date | None) -> list[Reason]:
    """What an old book holds up to its last day stands in what was taken over of it."""
    if taken_over is None or on > taken_over:
        return []
    return [
        Reason(
            "loans.repayment.taken_over",
            "The payment is dated {on}; what was paid up to {day} stands in what was taken over from "
            "the old book.",
            {"on": on.isoformat(), "day": taken_over.isoformat()},
            {"field": "on"},
        )
    ]
