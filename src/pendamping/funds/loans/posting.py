"""What the books must hold for a loan's payments, whatever order they were entered in.

Source: handbook 11 no. 14 (the book depends on what happened when, never on the order of entry).

A payment moves money on its own day, by the split that holds at the end of that day. When a payment
is reversed, it moves back on the day of the reversal, and payments after it may change their split
on that day: each such change is a movement too. So for every payment and day there is at most one
movement, and the books are right exactly when they hold these movements and no others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans.rules.allocation import Order, Paid, Payment, allocate_all
from pendamping.funds.loans.rules.schedule import Instalment


@dataclass(frozen=True, slots=True)
class Move:
    """What a payment moves on a day, in whole rupiah; negative where it moves back."""

    payment: str
    on: date
    principal: int
    service: int
    overpaid: int

    @property
    def cash(self) -> int:
        """Money that came in (or, negative, counts as never received from that day on)."""
        return self.principal + self.service + self.overpaid

    @property
    def kind(self) -> str:
        """``repayment``, ``reversed`` or, where no money moves, ``resplit``."""
        if not self.cash:
            return "resplit"
        return "repayment" if self.cash > 0 else "reversed"

    @property
    def legs(self) -> list[tuple[str, int]]:
        """The lines of its entry, by the keys of the guideline's chart; debit positive."""
        found = [
            ("cash", self.cash),
            ("loans", -self.principal),
            ("service_income", -self.service),
            ("debt", -self.overpaid),
        ]
        return [(account, amount) for account, amount in found if amount]


_Split = tuple[int, int, int]
_NOTHING: _Split = (0, 0, 0)


def moves(
    rows: Sequence[Instalment], payments: Iterable[Payment], order: Order = "service-first"
) -> list[Move]:
    """Every movement of a loan's payments, by day."""
    known = list(payments)
    days = {one.on for one in known} | {one.reversed_on for one in known if one.reversed_on}
    standing: dict[str, _Split] = {}
    found = []
    for day in sorted(days):
        now = splits(rows, [one for one in known if one.counts_on(day)], order)
        for key in sorted(standing.keys() | now.keys()):
            before, after = standing.get(key, _NOTHING), now.get(key, _NOTHING)
            if before != after:
                change = [new - old for new, old in zip(after, before, strict=True)]
                found.append(Move(key, day, *change))
        standing = now
    return found


def splits(
    rows: Sequence[Instalment], payments: Iterable[Payment], order: Order = "service-first"
) -> dict[str, _Split]:
    """(principal, service, overpaid) of each payment by its key."""
    return {
        one.payment.key: (one.split.principal, one.split.service, one.split.overpaid)
        for one in allocate_all(rows, payments, order)
    }


def totals(found: Iterable[_Split]) -> Paid:
    """The sums of some splits."""
    all_of = list(found)
    return Paid(*(sum(split[part] for split in all_of) for part in range(3)))
