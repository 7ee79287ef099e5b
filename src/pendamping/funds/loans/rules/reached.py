"""Which instalments each payment went into, and what was unpaid of them after it. Pure Python.

Source: doors, *Allocation*; what changed a schedule: :mod:`pendamping.funds.loans.rules.plan`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pendamping.funds.loans.rules.allocation import Fill, Order, Payment, allocate_all, remaining
from pendamping.funds.loans.rules.plan import Plan


@dataclass(frozen=True, slots=True)
class Run:
    """Instalments in a row that a payment left alike; ``missing`` of each, in whole units.

    ``early``: they were not yet due on the day of the payment.
    """

    first: int
    last: int
    missing: int
    early: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """A payment's way through its schedule: what went into which instalment, and ``left`` of each
    row of the schedule once it was paid.
    """

    on: date
    fills: tuple[Fill, ...]
    left: tuple[Fill, ...]

    @property
    def behind(self) -> int:
        """What was still unpaid of all that was due by its day."""
        return sum(row.total for row in self.left if row.due <= self.on)

    @property
    def late(self) -> int:
        """What of it was past its day: what falls due on the day itself is not late yet."""
        return sum(row.total for row in self.left if row.due < self.on)

    @property
    def next(self) -> Fill | None:
        """The first instalment after its day that is not wholly paid, with what is missing of it."""
        return next((row for row in self.left if row.total and row.due > self.on), None)

    @property
    def runs(self) -> list[Run]:
        """Its instalments in order, those in a row that are left alike together."""
        missing = {row.no: row.total for row in self.left}

        def alike(pair: tuple[int, Fill]) -> tuple[int, int, bool]:
            place, fill = pair
            return fill.no - place, missing[fill.no], fill.due > self.on

        return [
            Run(found[0][1].no, found[-1][1].no, missing_each, early)
            for (_, missing_each, early), pairs in groupby(enumerate(self.fills), alike)
            if (found := list(pairs))
        ]


def reaches(
    plan: Plan, payments: Iterable[Payment], day: date, order: Order = "service-first"
) -> dict[str, Reach]:
    """The way of every payment that counts at the end of a day, by its key.

    What came in after the loan was written off goes into no instalment, and is left out.
    """
    gone = plan.closure_on(day, "written-off")
    counting = [one for one in payments if one.counts_on(day) and not (gone and one.on >= gone.on)]
    known = plan.stages(day)
    ends = [start for start, _ in known[1:]] + [date.max]
    found = {}
    for (start, rows), end in zip(known, ends, strict=True):
        for one in allocate_all(rows, [p for p in counting if start <= p.on < end], order):
            left = tuple(remaining(rows, one.after))
            found[one.payment.key] = Reach(one.payment.on, one.split.fills, left)
    return found
