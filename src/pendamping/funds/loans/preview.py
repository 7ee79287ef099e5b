"""What a payment would do, shown before it is taken."""

from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans import posting, terms
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.rules.allocation import Split, allocate


@dataclass(frozen=True, slots=True)
class Preview:
    """A payment's split, and how many later payments it would split anew."""

    amount: int
    on: date
    split: Split
    later: int

    @property
    def seen(self) -> str:
        """The mark that a form carries once this was shown."""
        return f"{self.amount}|{self.on.isoformat()}"


def of(loan: Loan, amount: int, on: date) -> Preview | None:
    """The split of an amount on a day by the loan's own rule; ``None`` where it cannot be."""
    if loan.disbursed is None or amount <= 0 or on < loan.disbursed:
        return None
    standing = [one for one in terms.payments(loan.repayments.all()) if one.reversed_on is None]
    before = [one for one in standing if one.on <= on]
    rows, order = terms.rows(loan), terms.order(loan)
    paid = posting.totals(posting.splits(rows, before, order).values())
    split = allocate(rows, amount, on, paid, order)
    return Preview(amount, on, split, len(standing) - len(before))
