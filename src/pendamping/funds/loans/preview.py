"""What a payment would do, shown before it is taken."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.entries import closed_problems
from pendamping.funds.loans import checks, posting, terms
from pendamping.funds.loans.models import ACTIVE, CLOSED, LOST, Loan, Repayment
from pendamping.funds.loans.rules.allocation import Split, allocate, receipt_problems
from pendamping.funds.loans.rules.plan import standing
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

MOST = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """A payment's split, how many later payments it would split anew, and what is recovered by it."""

    amount: int
    on: date
    split: Split
    later: int
    recovered: int = 0
    anew: tuple[str, ...] = ()  # receipts of the later payments
    same_day: tuple[Repayment, ...] = ()  # what is in the book of this day already
    due: int = 0  # what was unpaid, before it, of all that was due by its day
    instalment: int = 0  # the largest instalment of the schedule
    most: int = 0  # so many instalments at once are nothing unusual (guideline)
    asks_day: bool = False  # the day lies far back, or in an earlier month (guideline)
    days_ago: int = 0

    @property
    def short(self) -> int:
        """What of all that was due by its day is still unpaid after it, in whole rupiah.

        >>> Preview(87_500, date(2004, 9, 12), Split(50_000, 37_500, 0, ()), 0, due=575_000).short
        487500
        """
        return max(self.due - self.split.service - self.split.principal, 0)

    @property
    def asks(self) -> bool:
        """Whether anything of it is asked about once more before it is taken."""
        return self.asks_sum or self.asks_day

    @property
    def asks_sum(self) -> bool:
        """Whether the sum is asked about once more: far more than is due, or an instalment too much.

        >>> def paying(amount, due=287_500, overpaid=0):
        ...     split = Split(0, amount - overpaid, overpaid, ())
        ...     return Preview(amount, date(2004, 8, 12), split, 0, due=due, instalment=287_500, most=3).asks_sum
        >>> paying(862_500), paying(862_501), paying(2_875_000)
        (False, True, True)
        >>> paying(1_150_000, due=1_150_000), paying(300_000, overpaid=12_500), paying(600_000, overpaid=312_500)
        (False, False, True)
        """
        if not self.most or self.recovered:
            return False
        usual = max(self.due, self.most * self.instalment)
        return self.amount > usual or self.split.overpaid >= self.instalment > 0

    @property
    def seen(self) -> str:
        """The mark that a form carries once this was shown: it changes with all that is shown."""
        shown = (self.amount, self.on, self.split.service, self.split.principal, self.recovered)
        return "|".join(map(str, (*shown, self.later, *(one.receipt for one in self.same_day))))


def of(loan: Loan, amount: int, on: date) -> Preview | None:
    """The split of an amount on a day by the loan's own rule; ``None`` where it cannot be."""
    begins = _first(loan)
    if begins is None or amount <= 0 or not begins <= on <= clock.today():
        return None
    entered = list(loan.repayments.all())
    same_day = tuple(one for one in entered if one.paid_on == on and one.reversed_on is None)
    known = terms.payments(loan, entered)
    later = sum(one.reversed_on is None and one.on > on for one in known)
    plan, order = terms.plan(loan), terms.order(loan)
    counting = [one for one in known if one.reversed_on is None and one.on <= on]
    now = standing(plan, counting, on, order)
    if now.written_off:
        return Preview(amount, on, Split(0, 0, 0, ()), later, amount, same_day, **_day(loan, on))
    segment = plan.segment_on(on)
    here = [one.key for one in counting if segment is None or one.on >= segment.start]
    paid = posting.totals(now.splits[key] for key in here)
    split = allocate(now.rows, amount, on, paid, order)
    due = sum(row.total for row in now.left if row.due <= on)
    return Preview(
        amount,
        on,
        split,
        later,
        same_day=same_day,
        anew=tuple(one.receipt for one in entered if one.reversed_on is None and one.paid_on > on),
        due=due,
        instalment=max((row.total for row in now.rows), default=0),
        most=int(guidelines.section("lending", loan.ward, on).get("ask_above_instalments", MOST)),
        **_day(loan, on),
    )


def _day(loan: Loan, on: date) -> dict[str, Any]:
    return {"asks_day": books.asks_day(loan.ward, on), "days_ago": (clock.today() - on).days}


def against(loan: Loan, amount: int, on: date) -> list[Reason]:
    """Why a payment of this day cannot be taken, before it is sent: what taking it would refuse.

    A loan that was paid off since takes a payment from before that day: it was only entered late. One that
    was written off takes what is recovered. Nothing is taken in a month whose books are closed.
    """
    late = loan.status == CLOSED and loan.closed_on is not None and on <= loan.closed_on
    open_for_it = late or loan.status == LOST
    if found := [] if open_for_it else checks.state(loan.status, ACTIVE, loan.id):
        return found
    return [
        *receipt_problems(amount=amount, on=on, today=clock.today(), **terms.first_days(loan)),
        *checks.before_change(on, terms.changes(loan)),
        *(_more_than_owed(loan, amount) if loan.status == LOST else ()),
        *closed_problems(on, books.closed_until(loan.ward)),
    ]


def _more_than_owed(loan: Loan, amount: int) -> list[Reason]:
    known = terms.for_book(loan, loan.repayments.all())
    now = standing(known.plan, known.payments, date.max, terms.order(loan))
    return checks.recovery(amount, now.owed - now.recovered)


def _first(loan: Loan) -> date | None:
    """The first day of a payment: what an old book counts up to its last day is not paid again."""
    after = loan.taken_over_on
    return after + timedelta(days=1) if after else loan.disbursed
