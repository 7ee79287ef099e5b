"""What of a loan is past its day. What falls due on the day itself is not: it may still be paid."""

from datetime import date

from pendamping.funds.loans import terms
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.rules.plan import standing


def late(loan: Loan, on: date) -> tuple[int, int]:
    """The sum (whole rupiah) and the number of instalments that are past their day at the end of a day."""
    payments = [one for one in terms.payments(loan, loan.repayments.all()) if one.counts_on(on)]
    left = standing(terms.plan(loan), payments, on, terms.order(loan)).left
    past = [row.total for row in left if row.due < on and row.total]
    return sum(past), len(past)
