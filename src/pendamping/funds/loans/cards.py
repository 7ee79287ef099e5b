"""A loan card (U6) at the end of a day."""

from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans import card_lines, indicators, terms
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.funds.loans.rules.allocation import Fill, Paid
from pendamping.funds.loans.rules.book import LoanState, state_at
from pendamping.funds.loans.rules.plan import standing
from pendamping.funds.loans.rules.schedule import Instalment


@dataclass(frozen=True, slots=True)
class CardRow:
    """An instalment with what is still missing of it; ``state``: paid, part, late, now or empty."""

    row: Instalment
    left: Fill
    state: str

    @property
    def paid(self) -> int:
        """What has been paid of it."""
        return self.row.total - self.left.total


@dataclass(frozen=True, slots=True)
class Card:
    """A loan card (U6) at the end of a day."""

    loan: Loan
    on: date
    rows: list[CardRow]
    payments: list[Repayment]
    paid: Paid
    state: LoanState | None

    @property
    def lines(self) -> list[card_lines.CardLine]:
        """What it lists of payments, as the books hold it."""
        return card_lines.of(self.loan, self.on) if self.rows else []

    @property
    def oldest(self) -> CardRow | None:
        """The oldest instalment whose day is past and that is not wholly paid."""
        return self.next if self.next and self.next.row.due < self.on else None

    @property
    def coming(self) -> CardRow | None:
        """The first instalment of this day or a later one that is not wholly paid."""
        return next((row for row in self.rows if row.left.total and row.row.due >= self.on), None)

    @property
    def next(self) -> CardRow | None:
        """The first instalment that is not wholly paid."""
        return next((row for row in self.rows if row.left.total), None)

    @property
    def due_now(self) -> int:
        """What is unpaid of instalments due by the day."""
        return self.due_by(self.on)

    @property
    def left(self) -> int:
        """Everything that is unpaid, principal and service."""
        return sum(row.left.total for row in self.rows)

    @property
    def preset(self) -> int:
        """What a group is asked for: all that is due, else the next instalment."""
        return self.due_now or (self.next.left.total if self.next else 0)

    def due_by(self, day: date) -> int:
        """What is unpaid of instalments due on or before a day."""
        return sum(row.left.total for row in self.rows if row.row.due <= day)


def card_of(found: Loan, on: date) -> Card:
    """The card of a loan that was read with its payments."""
    if found.begins is None or found.begins > on:
        return Card(found, on, [], [], Paid(), None)
    repayments = list(found.repayments.all())
    known = terms.for_book(found, repayments)
    state = state_at(known, on, terms.order(found), indicators.class_from(found.ward, on))
    now = standing(known.plan, known.payments, on, terms.order(found))
    rows = [
        CardRow(row, missing, _state(row, missing, on))
        for row, missing in zip(now.rows, now.left, strict=True)
    ]
    entered = [one for one in repayments if one.paid_on <= on]
    return Card(found, on, rows, entered, now.paid, state)


def _state(row: Instalment, left: Fill, on: date) -> str:
    if not left.total:
        return "paid"
    if row.due <= on:
        return "now" if row.due == on else "late"
    return "part" if left.total < row.total else ""
