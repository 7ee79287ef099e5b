"""One loan of the files, closed the plain way: every instalment a row, every payment in turn.

The measure of the query, which knows neither: tests hold them against each other loan by loan, and a
split that does not fit is looked up here. Pure; built on the loans room's own rules.

Source: doors, *The loan book, exactly* with ``segments`` and ``closures``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pendamping.funds.loans.rules.allocation import (
    Fill,
    Order,
    Paid,
    Payment,
    allocate_all,
    remaining,
)
from pendamping.funds.loans.rules.book import LoanState, classify
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.schedule import Instalment, rows_of
from pendamping.funds.loans.rules.terms import Unit
from pendamping.kernel.money import split_evenly
from pendamping.kernel.period import add_months


@dataclass(frozen=True, slots=True)
class Segment:
    """From ``start`` on these instalments stand in place of what was unpaid.

    Segments of the same ``start`` follow each other: a declining loan is one for each instalment.
    """

    start: date
    principal: int
    service: int
    instalments: int
    first_due: date
    every: tuple[int, Unit] = (1, "months")

    def dues(self) -> list[date]:
        """The due dates, counted from the first each time."""
        count, unit = self.every
        if unit == "months":
            return [add_months(self.first_due, count * k) for k in range(self.instalments)]
        step = timedelta(days=count * (7 if unit == "weeks" else 1))
        return [self.first_due + step * k for k in range(self.instalments)]

    def parts(self) -> Iterator[tuple[int, int]]:
        """(principal, service) of each instalment."""
        principal = split_evenly(self.principal, self.instalments)
        return zip(principal, split_evenly(self.service, self.instalments), strict=True)


@dataclass(frozen=True, slots=True)
class Closure:
    """Settled: so much ``service`` is no longer owed, the last first. Written off: out of the book."""

    on: date
    kind: Literal["settled", "written-off"]
    service: int = 0
    reversed_on: date | None = None

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

    def eras(self, day: date) -> list[tuple[date, list[Instalment]]]:
        """Each schedule that held by a day, with its first day."""
        first = book_schedule(
            principal=self.principal,
            rate_bp=self.rate_bp,
            instalments=self.instalments,
            grace_months=self.grace_months,
            disbursed=self.disbursed,
        )
        found = [(self.disbursed, first)]
        for start in sorted({one.start for one in self.segments if one.start <= day}):
            here = [one for one in self.segments if one.start == start]
            found.append((start, _joined(sorted(here, key=lambda one: one.first_due))))
        settled = [one for one in self.closures if one.kind == "settled" and one.stands_on(day)]
        waived = sum(one.service for one in settled)
        found[-1] = (found[-1][0], without_service(found[-1][1], waived))
        return found

    def written_off(self, day: date) -> date | None:
        """The day from which the loan is out of the book, if it is by a day."""
        gone = [one.on for one in self.closures if one.kind == "written-off" and one.stands_on(day)]
        return min(gone, default=None)


def _joined(segments: Sequence[Segment]) -> list[Instalment]:
    dues = [due for one in segments for due in one.dues()]
    parts = [part for one in segments for part in one.parts()]
    return rows_of(sum(one.principal for one in segments), dues, parts)


def without_service(rows: Sequence[Instalment], service: int) -> list[Instalment]:
    """The schedule with so much less service, taken from its end."""
    found = []
    for row in reversed(rows):
        less = min(service, row.service)
        service -= less
        found.append(replace(row, service=row.service - less, total=row.total - less))
    return found[::-1]


def state(loan: FiledLoan, on: date, order: Order = "service-first") -> LoanState | None:
    """The loan at the end of a day, ``None`` where it was not yet paid out.

    Raises :class:`~pendamping.kernel.refusal.Refusal` where a posted split does not fit; each reason
    names the key of its payment.
    """
    if loan.disbursed > on:
        return None
    gone = loan.written_off(on)
    counting = [one for one in loan.payments if one.counts_on(on) and (not gone or one.on < gone)]
    eras = loan.eras(on)
    ends = [start for start, _ in eras[1:]] + [date.max]
    paid = []
    for (start, rows), end in zip(eras, ends, strict=True):
        done = allocate_all(rows, [one for one in counting if start <= one.on < end], order)
        paid.append(done[-1].after if done else Paid())
    rows = eras[-1][1]
    left = remaining(rows, paid[-1])
    before = sum(one.principal + one.service for one in paid[:-1])
    due = before + sum(row.total for row in rows if row.due <= on)
    active = gone is None and any(row.total for row in left)
    return _state(loan, on, left if active else [], due, paid, rows[-1].due < on)


def _state(
    loan: FiledLoan, on: date, left: Sequence[Fill], due: int, paid: Sequence[Paid], past_end: bool
) -> LoanState:
    behind = [row for row in left if row.due <= on and row.total]
    oldest = behind[0].due if behind else None
    return LoanState(
        loan_id=loan.loan_id,
        ward=loan.ward,
        group_id=loan.group_id,
        active=bool(left),
        outstanding_principal=sum(row.principal for row in left),
        arrears_principal=sum(row.principal for row in behind),
        arrears_service=sum(row.service for row in behind),
        instalments_behind=len(behind),
        oldest_unpaid_due=oldest,
        days_past_due=(on - oldest).days if oldest else 0,
        collectibility=classify(len(behind), past_end) if left else None,
        due=due,
        paid=sum(one.principal + one.service for one in paid),
        overpaid=sum(one.overpaid for one in paid),
    )
