"""The schedule of the loan book: the one definition that every loan of the site follows.

Source: doors, *The loan book, exactly*; handbook 11 nos. 1 and 13.
"""

from datetime import date

from pendamping.funds.loans.rules.schedule import Instalment, rows_of
from pendamping.kernel.money import divide, split_evenly
from pendamping.kernel.period import add_months


def book_schedule(
    *, principal: int, rate_bp: int, instalments: int, grace_months: int, disbursed: date
) -> list[Instalment]:
    """Instalment k = 1…n falls due ``grace_months + k`` months after the disbursement.

    ``rate_bp``: basis points of the principal a month. Principal of each ``P // n``; the total
    service is rounded half up once, each ``S // n``; the last instalment takes the rest of both.

    >>> row = book_schedule(principal=30_000_000, rate_bp=150, instalments=10, grace_months=2,
    ...                     disbursed=date(2004, 5, 12))[0]
    >>> row.principal, row.service
    (3000000, 450000)
    """
    service = divide(principal * rate_bp * instalments, 10_000, "half-up")
    parts = zip(
        split_evenly(principal, instalments), split_evenly(service, instalments), strict=True
    )
    dues = [add_months(disbursed, grace_months + k) for k in range(1, instalments + 1)]
    return rows_of(principal, dues, list(parts))
