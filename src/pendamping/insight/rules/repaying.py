"""Loans of a record at a day, by the rules of the loan book (doors, *The loan book, exactly*)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.funds.loans.rules.allocation import Payment
from pendamping.funds.loans.rules.book import Loan, state_at
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.plan import Closure, Segment, segment_rows
from pendamping.funds.loans.rules.reading import read_every
from pendamping.insight.rules.warned import Row, Rows, known, later


@dataclass(frozen=True, slots=True)
class Owing:
    """A loan that was paid out by a day; ``unpaid``: the due day of its oldest instalment not wholly paid by then.
    ``runs``: something of it is still to be paid."""

    loan: str
    group: str
    disbursed: date
    first_due: date
    runs: bool
    unpaid: date | None

    def late(self, on: date) -> int:
        """Days since the oldest unpaid instalment fell due."""
        return (on - self.unpaid).days if self.unpaid else 0

    def since(self, days: int) -> date:
        """The first day on which it was unpaid for more than so many days."""
        if self.unpaid is None:
            raise ValueError(self.loan)
        return self.unpaid + timedelta(days=days + 1)


def owing(rows: Rows, on: date, as_of: date) -> list[Owing]:
    """Loans paid out by the end of ``on``, as they stood then by what was known on ``as_of``; those written off
    are left out."""
    found = []
    for loan in _loans(rows, as_of):
        state = state_at(loan, on)
        if state is not None and not state.written_off:
            found.append(
                Owing(loan.loan_id, loan.group_id, loan.disbursed, loan.schedule[0].due, state.active,
                      state.oldest_unpaid_due)
            )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Fell:
    """An instalment that fell due; ``in_time``: so many days later it and all before it were paid."""

    loan: str
    group: str
    due: date
    in_time: bool


def fallen_due(rows: Rows, after: date, as_of: date, days: int) -> list[Fell]:
    """Instalments due after a day, by what was known on ``as_of``; by loan. Those whose days have been over for less
    than as many days again are left out: what came for them may not be entered yet."""
    found = []
    for loan in _loans(rows, as_of):
        for row in loan.schedule:
            last = row.due + timedelta(days=days)
            if not (after < row.due and last + timedelta(days=days) < as_of):
                continue
            state = state_at(loan, last)
            if state is not None and not state.written_off:
                unpaid = state.oldest_unpaid_due
                in_time = unpaid is None or unpaid > row.due
                found.append(Fell(loan.loan_id, loan.group_id, row.due, in_time))
    return found


def _loans(rows: Rows, as_of: date) -> Iterator[Loan]:
    paid: dict[str, list[Payment]] = defaultdict(list)
    for row in known(rows, "repayments", "paid_on", as_of):
        paid[row["loan_id"]].append(
            Payment(str(row.get("id") or row["paid_on"]), row["paid_on"], row["amount"], _posted(row),
                    later(row, "reversed_on", as_of))
        )  # fmt: skip
    segments, closures = _changes(rows, "segments"), _changes(rows, "closures")
    for row in known(rows, "loans", "disbursed", as_of):
        key = row["loan_id"]
        schedule = book_schedule(
            principal=row["principal"], rate_bp=row["rate_bp"], instalments=row["instalments"],
            grace_months=row["grace_months"], disbursed=row["disbursed"],
        )  # fmt: skip
        yield Loan(
            key, row["ward"], row["group_id"], row["disbursed"], schedule, paid[key],
            [_segment(one) for one in segments[key]],
            [Closure(one["on"], one["kind"], one["principal"], one["service"]) for one in closures[key]],
        )  # fmt: skip


def _posted(row: Row) -> tuple[int, int] | None:
    if row.get("principal") is None or row.get("service") is None:
        return None
    return row["principal"], row["service"]


def _changes(rows: Rows, resource: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows.get(resource, ()):
        found[row["loan_id"]].append(row)
    return found


def _segment(row: Row) -> Segment:
    schedule = segment_rows(
        principal=row["principal"], service=row["service"], instalments=row["instalments"],
        first_due=row["first_due"], every=read_every(row["every"]),
    )  # fmt: skip
    return Segment(row["from"], schedule, row.get("keeps_class_for") or 0)
