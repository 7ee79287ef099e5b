"""What a loan owes on a day when its schedule did not stay as it began.

Source: doors, ``segments`` and ``closures`` of the loan book; handbook 4.2 (rescheduling, writing
off). Three things change a plan:

- a *segment*: from a day on a new schedule of what was still owed takes the place of the one before;
  payments before that day belong to the old schedule, payments from it on to the new one;
- *settled early*: a part of the service that was not yet due is no longer owed, the last of it first;
- *written off*: the loan is no longer in the book; what comes in from that day on is *recovered*.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from pendamping.funds.loans.rules.schedule import Instalment, rows_of
from pendamping.funds.loans.rules.terms import Unit
from pendamping.kernel.money import split_evenly
from pendamping.kernel.period import add_months

Kind = Literal["settled", "written-off"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A new schedule from ``start`` on; the class from before it stays for so many instalments."""

    start: date
    rows: Sequence[Instalment]
    keeps_class_for: int = 0


@dataclass(frozen=True, slots=True)
class Closure:
    """What is no longer to be paid from a day on, in whole units; taken back from ``until`` on."""

    on: date
    kind: Kind
    principal: int
    service: int
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it holds at the end of a day."""
        return self.on <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Plan:
    """The first schedule of a loan and everything that changed it, in the order of days."""

    schedule: Sequence[Instalment]
    segments: Sequence[Segment] = ()
    closures: Sequence[Closure] = ()

    def segment_on(self, day: date) -> Segment | None:
        """The segment in force at the end of a day, if any."""
        begun = [one for one in self.segments if one.start <= day]
        return max(begun, key=lambda one: one.start) if begun else None

    def closure_on(self, day: date, kind: Kind) -> Closure | None:
        """The closure of a kind that holds at the end of a day, if any."""
        return next((c for c in self.closures if c.kind == kind and c.stands_on(day)), None)

    def rows_on(self, day: date) -> Sequence[Instalment]:
        """The schedule in force at the end of a day."""
        segment = self.segment_on(day)
        rows = segment.rows if segment else self.schedule
        settled = self.closure_on(day, "settled")
        return without_service(rows, settled.service) if settled else rows

    def stages(self, day: date) -> list[tuple[date, Sequence[Instalment]]]:
        """Every schedule that was in force up to the end of a day, with its first day."""
        begun = sorted((one for one in self.segments if one.start <= day), key=lambda s: s.start)
        found = [(date.min, self.schedule), *((one.start, one.rows) for one in begun)]
        found[-1] = (found[-1][0], self.rows_on(day))
        return found

    def due_between(self, first: date, last: date) -> int:
        """Principal and service that fell due in a span, both days included, by the schedule of then."""
        known = self.stages(last)
        ends = [start for start, _ in known[1:]] + [date.max]
        return sum(
            row.total
            for (start, rows), end in zip(known, ends, strict=True)
            for row in rows
            if max(first, start) <= row.due <= last and row.due < end
        )


def segment_rows(
    *, principal: int, service: int, instalments: int, first_due: date, every: tuple[int, Unit]
) -> list[Instalment]:
    """The schedule of a segment: equal parts, the last takes the rest; due every so often.

    >>> rows = segment_rows(principal=100, service=10, instalments=3,
    ...                     first_due=date(2005, 1, 31), every=(1, "months"))
    >>> [(row.due.isoformat(), row.principal, row.service) for row in rows]
    [('2005-01-31', 33, 3), ('2005-02-28', 33, 3), ('2005-03-31', 34, 4)]
    """
    count, unit = every
    if unit == "months":
        dues = [add_months(first_due, count * k) for k in range(instalments)]
    else:
        step = timedelta(days=count * (7 if unit == "weeks" else 1))
        dues = [first_due + step * k for k in range(instalments)]
    parts = zip(
        split_evenly(principal, instalments), split_evenly(service, instalments), strict=True
    )
    return rows_of(principal, dues, list(parts))


def without_service(rows: Sequence[Instalment], service: int) -> list[Instalment]:
    """The schedule with so much less service, taken from its end."""
    found = []
    left = service
    for row in reversed(rows):
        less = min(left, row.service)
        left -= less
        total = row.total - less
        found.append(
            Instalment(row.no, row.due, row.principal, row.service - less, total, row.balance)
        )
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Parts:
    """What one payment went into, in whole units; ``recovered``: after the loan was written off."""

    principal: int = 0
    service: int = 0
    overpaid: int = 0
    recovered: int = 0

    @property
    def amount(self) -> int:
        """All of it: nothing is lost or made."""
        return self.principal + self.service + self.overpaid + self.recovered


@dataclass(frozen=True, slots=True)
class Standing:
    """A loan's money at the end of a day, in whole units.

    ``left``: what is unpaid of each row of the schedule in force. ``before``: what was paid under
    earlier schedules, ``paid``: in all. ``written_off``: the closure, where the loan is out of the book.
    """

    rows: Sequence[Instalment]
    left: Sequence[Fill]
    splits: Mapping[str, Parts]
    before: Paid
    paid: Paid
    recovered: int
    written_off: Closure | None

    @property
    def owed(self) -> int:
        """What the group still owes, principal and service; a loan that is written off stays owed."""
        return sum(row.total for row in self.left)

    @property
    def active(self) -> bool:
        """Whether the loan is in the book with something unpaid."""
        return bool(self.owed) and self.written_off is None


def standing(
    plan: Plan, payments: Iterable[Payment], day: date, order: Order = "service-first"
) -> Standing:
    """Where a loan stands at the end of a day: every payment split by the schedule of its time."""
    counting = [one for one in payments if one.counts_on(day)]
    gone = plan.closure_on(day, "written-off")
    splits: dict[str, Parts] = {}
    if gone:
        late = [one for one in counting if one.on >= gone.on]
        splits = {one.key: Parts(recovered=one.amount) for one in late}
        counting = [one for one in counting if one.on < gone.on]
    known = plan.stages(day)
    ends = [start for start, _ in known[1:]] + [date.max]
    before = now = Paid()
    for (start, rows), end in zip(known, ends, strict=True):
        here = [one for one in counting if start <= one.on < end]
        done = allocate_all(rows, here, order)
        splits |= {
            one.payment.key: Parts(one.split.principal, one.split.service, one.split.overpaid)
            for one in done
        }
        before, now = add(before, now), done[-1].after if done else Paid()
    rows = known[-1][1]
    recovered = sum(part.recovered for part in splits.values())
    return Standing(rows, remaining(rows, now), splits, before, add(before, now), recovered, gone)


def add(one: Paid, other: Paid) -> Paid:
    """Two sums of payments together."""
    return Paid(
        one.principal + other.principal,
        one.service + other.service,
        one.overpaid + other.overpaid,
    )
