"""The reserve for bad loans: what a month's end needs, and what the books hold."""

from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries
from pendamping.funds.loans.models import Loan, ReserveMonth
from pendamping.funds.loans.rules.reserve import ReserveRow, reserve_rows
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.period import month_end

PERCENT = {1: 1, 2: 5, 3: 15, 4: 50, 5: 100}


def percentages(ward: str, on: date) -> dict[int, int]:
    """The percentage of each class by its number, by the guideline."""
    classes = guidelines.section("collectibility", ward, on)
    shares = guidelines.section("reserves", ward, on)
    found = {value["number"]: int(shares[key]) for key, value in classes.items() if key in shares}
    return {**PERCENT, **found}


def ref(ward: str, month: date) -> str:
    """What the entries of a month's reserve were posted for."""
    return f"reserve:{ward}:{month.isoformat()}"


@dataclass(frozen=True, slots=True)
class Reserve:
    """A month's reserve: what is needed now, what the books hold, what was recorded (or ``None``).

    ``judged``: the day at whose end loans and books are read: the month's last, today while it runs.
    """

    month: date
    judged: date
    rows: list[tuple[Loan, ReserveRow]]
    held: int
    kept: ReserveMonth | None

    @property
    def needed(self) -> int:
        """What the loans need, by the book as it is known now."""
        return sum(row.reserve for _, row in self.rows)

    @property
    def difference(self) -> int:
        """What would have to be posted now; negative where the reserve may shrink."""
        return self.needed - self.held

    @property
    def estimate(self) -> bool:
        """Whether the month still runs."""
        return self.judged < self.month

    @property
    def by_class(self) -> list[dict[str, int]]:
        """Per class: number, loans, outstanding, percent, reserve."""
        found = []
        for number in range(1, 6):
            rows = [row for _, row in self.rows if row.collectibility == number]
            found.append(
                {
                    "number": number,
                    "loans": len(rows),
                    "outstanding": sum(row.outstanding for row in rows),
                    "percent": rows[0].percent if rows else 0,
                    "reserve": sum(row.reserve for row in rows),
                }
            )
        return found


def at(ward: str, month: date, found: "queries.Book | None" = None) -> Reserve:
    """The reserve of the month that ends on this day; ``found``: its book, where it was read already.

    A month that still runs is an estimate by today: who pays until its last day is not known.
    """
    judged = min(month, clock.today())
    book = found or queries.book(ward, judged)
    loans = {row.loan.id: row.loan for row in book.rows}
    rows = reserve_rows([row.state for row in book.rows], percentages(ward, month))
    return Reserve(
        month,
        judged,
        [(loans[row.loan_id], row) for row in rows],
        -books.balance(ward, "loan_reserve", judged),
        ReserveMonth.objects.filter(ward=ward, month=month).first(),
    )


def months(ward: str) -> list[ReserveMonth]:
    """The months whose reserve was set aside, the latest first."""
    return list(ReserveMonth.objects.filter(ward=ward).order_by("-month"))


def last_ended(on: date) -> date:
    """The last day of the latest month that has ended by a day.

    >>> last_ended(date(2005, 5, 12)), last_ended(date(2005, 5, 31))
    (datetime.date(2005, 4, 30), datetime.date(2005, 5, 31))
    """
    end = month_end(on)
    return end if end == on else on.replace(day=1) - timedelta(days=1)
