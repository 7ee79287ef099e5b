"""One loan of the files as the loans room knows it, closed by that room's own rules.

The measure of the query, which knows neither instalments nor payments in turn: tests hold them against
each other loan by loan, and a split that does not fit is looked up here. Pure.

Source: doors, *The loan book, exactly* with ``segments`` and ``closures``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pendamping.funds.loans.rules import plan
from pendamping.funds.loans.rules.allocation import Order, Payment
from pendamping.funds.loans.rules.book import Loan, LoanState, state_at
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.schedule import Instalment, rows_of
from pendamping.funds.loans.rules.terms import Unit


@dataclass(frozen=True, slots=True)
class Segment:
    """A row of ``segments``: from ``start`` on these instalments stand in place of what was unpaid.

    Rows of the same ``start`` follow each other: a declining loan is one for each instalment.
    """

    start: date
    principal: int
    service: int
    instalments: int
    first_due: date
    every: tuple[int, Unit] = (1, "months")

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
    """A row of ``closures``. Settled: so much ``service`` is no longer owed. Or written off."""

    on: date
    kind: Literal["settled", "written-off"]
    service: int = 0
    reversed_on: date | None = None


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
            [plan.Segment(start, self._from(start)) for start in starts],
            [
                plan.Closure(one.on, one.kind, 0, one.service, one.reversed_on)
                for one in self.closures
            ],
        )

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

    Raises :class:`~pendamping.kernel.refusal.Refusal` where a posted split does not fit; each reason
    names the key of its payment.
    """
    return state_at(loan.known(), on, order)
