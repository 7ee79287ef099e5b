"""One loan of the files as the loans room knows it, closed by that room's own rules.

The measure of the query, which knows neither instalments nor payments in turn: tests hold them against
each other loan by loan, and a split that does not fit is looked up here. Pure.

Source: doors, *The loan book, exactly* with ``segments`` and ``closures``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pendamping.funds.loans.rules import plan
from pendamping.funds.loans.rules.allocation import Order, Payment
from pendamping.funds.loans.rules.book import Loan, LoanState, state_at
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.schedule import Instalment, rows_of
from pendamping.funds.loans.rules.terms import Unit
from pendamping.kernel.refusal import N_, Reason, refuse_if


@dataclass(frozen=True, slots=True)
class Segment:
    """A row of ``segments``: from ``start`` on these instalments stand in place of what was unpaid.

    Rows of the same ``start`` follow each other: a declining loan is one for each instalment.
    ``place``: the row of the file. ``keeps_class_for``: as long as fewer of them are wholly paid, the class
    and the instalments behind of the day before stay.
    """

    start: date
    principal: int
    service: int
    instalments: int
    first_due: date
    every: tuple[int, Unit] = (1, "months")
    place: int = 0
    keeps_class_for: int = 0

    @property
    def rows(self) -> list[Instalment]:
        """Its instalments."""
        return plan.segment_rows(
            principal=self.principal,
            service=self.service,
            instalments=self.instalments,
            first_due=self.first_due,
            every=self.every,
        )


@dataclass(frozen=True, slots=True)
class Closure:
    """A row of ``closures``. Settled: so much ``service`` is no longer owed. Or written off with so much
    ``principal``; 0: the file does not say.
    """

    on: date
    kind: Literal["settled", "written-off"]
    service: int = 0
    reversed_on: date | None = None
    principal: int = 0
    place: int = 0

    def stands_on(self, day: date) -> bool:
        """Whether it holds at the end of a day."""
        return self.on <= day and (self.reversed_on is None or day < self.reversed_on)


@dataclass(frozen=True, slots=True)
class FiledLoan:
    """A row of ``loans`` with everything that the other files say of it."""

    loan_id: str
    ward: str
    group_id: str
    principal: int
    rate_bp: int
    instalments: int
    grace_months: int
    disbursed: date
    payments: Sequence[Payment] = ()
    segments: Sequence[Segment] = ()
    closures: Sequence[Closure] = ()

    def known(self) -> Loan:
        """The loan as the loans room knows it."""
        schedule = book_schedule(
            principal=self.principal,
            rate_bp=self.rate_bp,
            instalments=self.instalments,
            grace_months=self.grace_months,
            disbursed=self.disbursed,
        )
        starts = sorted({one.start for one in self.segments})
        return Loan(
            self.loan_id,
            self.ward,
            self.group_id,
            self.disbursed,
            schedule,
            self.payments,
            [plan.Segment(start, self._from(start), self._keeps(start)) for start in starts],
            [
                plan.Closure(one.on, one.kind, 0, one.service, one.reversed_on)
                for one in self.closures
            ],
        )

    def _keeps(self, start: date) -> int:
        """For how many new instalments the class of before stays; a loan that was closed keeps none."""
        if any(one.stands_on(start - timedelta(days=1)) for one in self.closures):
            return 0
        return max(one.keeps_class_for for one in self.segments if one.start == start)

    def _from(self, start: date) -> list[Instalment]:
        """The instalments that stand from a day on."""
        here = sorted(
            (one for one in self.segments if one.start == start), key=lambda one: one.first_due
        )
        rows = [row for one in here for row in one.rows]
        parts = [(row.principal, row.service) for row in rows]
        return rows_of(sum(one.principal for one in here), [row.due for row in rows], parts)


def state(loan: FiledLoan, on: date, order: Order = "service-first") -> LoanState | None:
    """The loan at the end of a day, ``None`` where it was not yet paid out.

    Raises :class:`~pendamping.kernel.refusal.Refusal` where a posted split does not fit, where a segment
    or a writing off makes or loses principal, where a segment asks for service beyond any rate or comes after
    a closure, or where settling takes away more than was owed; each reason names the key of its payment or
    its place.
    """
    counting = [one for one in loan.payments if one.counts_on(on)]
    stands = [replace(one, reversed_on=None) for one in counting]
    if loan.disbursed <= on:  # first: else payments that fit would be held against what was waived
        refuse_if([*_closed_before(loan, on), *_waived(loan, on, order)])
    found = state_at(replace(loan.known(), payments=stands), on, order)
    if found is not None:
        refuse_if([*_segments_that_do_not_fit(loan, on, order), *_losses(loan, on, order)])
    return found


def _closed_before(loan: FiledLoan, on: date) -> Iterator[Reason]:
    """A loan that was closed gets no new instalments while the closure stands."""
    text = N_("Loan {loan} was closed on {closed}; new instalments from {day} on do not fit it.")
    closed = min((one.on for one in loan.closures if one.stands_on(on)), default=date.max)
    late = [one for one in loan.segments if closed <= one.start <= on]
    for start in sorted({one.start for one in late}):
        values = {"loan": loan.loan_id, "closed": closed, "day": start}
        place = min(one.place for one in late if one.start == start)
        yield Reason("closing.after_closure", text, values, {"segment": place})


def _waived(loan: FiledLoan, on: date, order: Order) -> Iterator[Reason]:
    """What settling takes away was owed: service that was paid stays paid, and no principal is lost."""
    text = N_(
        "Loan {loan} is settled on {day} with {service} of service and {principal} of principal no longer"
        " owed; on the day before, {owed} of service and {owed_principal} of principal were owed."
    )
    for one in loan.closures:
        if one.kind != "settled" or not one.stands_on(on):
            continue
        owed = left_before(loan, one.on, on, order, settled=False)
        if one.service > owed.service or one.principal > owed.principal:
            values = {
                "loan": loan.loan_id, "day": one.on, "service": one.service,
                "principal": one.principal, "owed": owed.service, "owed_principal": owed.principal,
            }  # fmt: skip
            yield Reason("closing.settled", text, values, {"closure": one.place})


def _segments_that_do_not_fit(loan: FiledLoan, on: date, order: Order) -> Iterator[Reason]:
    """A new schedule spreads the principal that was owed, no more and no less, and beside the service that
    was owed it asks for no more than the principal once in each instalment: past every rate of a loan.
    """
    text = N_(
        "The new instalments of loan {loan} from {day} on hold {principal} of principal;"
        " on the day before, {owed} were owed."
    )
    for start in sorted({one.start for one in loan.segments if one.start <= on}):
        here = [one for one in loan.segments if one.start == start]
        principal = sum(one.principal for one in here)
        owed = left_before(loan, start, on, order)
        where = {"segment": min(one.place for one in here)}
        if principal != owed.principal:
            values = {
                "loan": loan.loan_id, "day": start, "principal": principal, "owed": owed.principal,
            }  # fmt: skip
            yield Reason("closing.segment", text, values, where)
        service = sum(one.service for one in here)
        most = owed.service + principal * sum(one.instalments for one in here)
        if service > most:
            values = {"loan": loan.loan_id, "day": start, "service": service, "most": most}
            yield Reason("closing.segment_service", _SERVICE, values, where)


_SERVICE = N_(
    "The new instalments of loan {loan} from {day} on ask for {service} of service; more than {most} no rate"
    " of a loan comes to."
)


def _losses(loan: FiledLoan, on: date, order: Order) -> Iterator[Reason]:
    """What is written off is the principal that was owed."""
    text = N_(
        "Loan {loan} is written off on {day} with {principal} of principal;"
        " on the day before, {owed} were owed."
    )
    for one in loan.closures:
        if one.kind != "written-off" or not one.principal or not one.stands_on(on):
            continue
        owed = left_before(loan, one.on, on, order).principal
        if one.principal != owed:
            values = {"loan": loan.loan_id, "day": one.on, "principal": one.principal, "owed": owed}
            yield Reason("closing.written_off", text, values, {"closure": one.place})


@dataclass(frozen=True, slots=True)
class Left:
    """What is owed of each part, in whole units."""

    principal: int
    service: int


def left_before(
    loan: FiledLoan, day: date, on: date, order: Order, *, settled: bool = True
) -> Left:
    """What was owed at the end of the day before ``day``, by the payments that count at the end of ``on``.

    ``settled``: with a settlement that stands then, where no later schedule takes its place.
    """
    known = loan.known()
    earlier = [one for one in known.segments if one.start < day]
    later = any(day <= one.start <= on for one in known.segments)
    stays = settled and not later
    closures = [one for one in known.closures if one.kind == "written-off" or stays]
    payments = [one for one in known.payments if one.on < day]
    found = plan.standing(plan.Plan(known.schedule, earlier, closures), payments, on, order)
    return Left(sum(row.principal for row in found.left), sum(row.service for row in found.left))
