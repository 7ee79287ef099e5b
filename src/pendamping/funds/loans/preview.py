"""What a payment would do, shown before it is taken."""

from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans import posting, terms
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.rules.allocation import Split, allocate
from pendamping.funds.loans.rules.plan import standing


@dataclass(frozen=True, slots=True)
class Preview:
    """A payment's split, how many later payments it would split anew, and what is recovered by it."""

    amount: int
    on: date
    split: Split
    later: int
    recovered: int = 0

    @property
    def seen(self) -> str:
        """The mark that a form carries once this was shown."""
        return f"{self.amount}|{self.on.isoformat()}"


def of(loan: Loan, amount: int, on: date) -> Preview | None:
    """The split of an amount on a day by the loan's own rule; ``None`` where it cannot be."""
    if loan.disbursed is None or amount <= 0 or on < loan.disbursed:
        return None
    known = terms.payments(loan.repayments.all())
    later = sum(one.reversed_on is None and one.on > on for one in known)
    plan, order = terms.plan(loan), terms.order(loan)
    counting = [one for one in known if one.reversed_on is None and one.on <= on]
    now = standing(plan, counting, on, order)
    if now.written_off:
        return Preview(amount, on, Split(0, 0, 0, ()), later, recovered=amount)
    segment = plan.segment_on(on)
    here = [one.key for one in counting if segment is None or one.on >= segment.start]
    paid = posting.totals(now.splits[key] for key in here)
    return Preview(amount, on, allocate(now.rows, amount, on, paid, order), later)
