"""The split of one payment on a loan of the usual terms, without writing its schedule out.

The same as :func:`.allocation.allocate` on :func:`.book_schedule.book_schedule`, to the rupiah: each
part of an instalment is a whole share of the loan, so what is due by a day is a product, not a sum.
Source: doors, *The loan book, exactly*.
"""

from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans.rules.allocation import Order, Paid
from pendamping.kernel.period import whole_months


@dataclass(frozen=True, slots=True)
class PlainTerms:
    """A flat monthly loan, grace before its instalments, no service in the grace."""

    principal: int
    rate_bp: int
    instalments: int
    grace_months: int
    disbursed: date

    @property
    def service(self) -> int:
        """All the service charge: rounded half up once."""
        return (self.principal * self.rate_bp * self.instalments + 5_000) // 10_000

    def due(self, on: date) -> int:
        """How many instalments fall due on or before a day."""
        passed = whole_months(self.disbursed, on) - self.grace_months
        return max(0, min(passed, self.instalments))

    def first(self, upto: int) -> tuple[int, int]:
        """Principal and service of the first so many instalments."""
        if upto == self.instalments:
            return self.principal, self.service
        return (
            self.principal // self.instalments * upto,
            self.service // self.instalments * upto,
        )


def split(
    terms: PlainTerms, amount: int, on: date, paid: Paid, order: Order = "service-first"
) -> Paid:
    """What goes of an amount to principal and to service, and what is overpaid.

    >>> loan = PlainTerms(5_000_000, 150, 10, 2, date(2004, 5, 12))
    >>> split(loan, 575_000, date(2004, 8, 12), Paid())
    Paid(principal=500000, service=75000, overpaid=0)
    """
    number, due = terms.instalments, terms.due(on)
    whole = {"service": terms.service, "principal": terms.principal}
    filled = {"service": paid.service, "principal": paid.principal}
    rest = amount

    def fill(part: str, upto: int) -> None:
        """Fill a part of the first so many instalments, as far as the money goes."""
        nonlocal rest
        owed = whole[part] if upto == number else whole[part] // number * upto
        taken = min(rest, max(owed - filled[part], 0))
        filled[part] += taken
        rest -= taken

    if order == "service-first":
        fill("service", due)
        fill("principal", due)
    for upto in range(due + 1 if order == "service-first" else 1, number + 1):
        if not rest:
            break
        fill("service", upto)
        fill("principal", upto)
    return Paid(filled["principal"] - paid.principal, filled["service"] - paid.service, rest)
