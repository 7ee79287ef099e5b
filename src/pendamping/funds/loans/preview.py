"""What a payment would do, shown before it is taken."""

from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans import posting, terms
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.funds.loans.rules.allocation import Split, allocate
from pendamping.funds.loans.rules.plan import standing
from pendamping.kernel import clock


@dataclass(frozen=True, slots=True)
class Preview:
    """A payment's split, how many later payments it would split anew, and what is recovered by it."""

    amount: int
    on: date
    split: Split
    later: int
    recovered: int = 0
    same_day: tuple[Repayment, ...] = ()  # what is in the book of this day already

    @property
    def seen(self) -> str:
        """The mark that a form carries once this was shown: it changes with all that is shown."""
        shown = (self.amount, self.on, self.split.service, self.split.principal, self.recovered)
        return "|".join(map(str, (*shown, self.later, *(one.receipt for one in self.same_day))))


def of(loan: Loan, amount: int, on: date) -> Preview | None:
    """The split of an amount on a day by the loan's own rule; ``None`` where it cannot be."""
    if loan.disbursed is None or amount <= 0 or not loan.disbursed <= on <= clock.today():
        return None
    entered = list(loan.repayments.all())
    same_day = tuple(one for one in entered if one.paid_on == on and one.reversed_on is None)
    known = terms.payments(entered)
    later = sum(one.reversed_on is None and one.on > on for one in known)
    plan, order = terms.plan(loan), terms.order(loan)
    counting = [one for one in known if one.reversed_on is None and one.on <= on]
    now = standing(plan, counting, on, order)
    if now.written_off:
        return Preview(amount, on, Split(0, 0, 0, ()), later, amount, same_day)
    segment = plan.segment_on(on)
    here = [one.key for one in counting if segment is None or one.on >= segment.start]
    paid = posting.totals(now.splits[key] for key in here)
    split = allocate(now.rows, amount, on, paid, order)
    return Preview(amount, on, split, later, same_day=same_day)
