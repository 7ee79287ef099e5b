"""What the books must hold for a loan's payments, whatever order they were entered in.

Source: handbook 11 no. 14 (the book depends on what happened when, never on the order of entry).

A payment moves money on its own day, by the split that holds at the end of that day. When a payment
is reversed, it moves back on the day of the reversal, and payments after it may change their split
on that day: each such change is a movement too. So for every payment and day there is at most one
movement, and the books are right exactly when they hold these movements and no others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans.rules.allocation import Order, Paid, Payment
from pendamping.funds.loans.rules.plan import Parts, Plan, standing


@dataclass(frozen=True, slots=True)
class Move:
    """What a payment moves on a day, in whole rupiah; negative where it moves back."""

    payment: str
    on: date
    principal: int
    service: int
    overpaid: int
    recovered: int = 0

    @property
    def cash(self) -> int:
        """Money that came in (or, negative, counts as never received from that day on)."""
        return self.principal + self.service + self.overpaid + self.recovered

    @property
    def kind(self) -> str:
        """``repayment``, ``reversed`` or, where no money moves, ``resplit``."""
        if not self.cash:
            return "resplit"
        return "repayment" if self.cash > 0 else "reversed"

    @property
    def legs(self) -> list[tuple[str, int]]:
        """The lines of its entry, by the keys of the guideline's chart; debit positive."""
        return self.legs_of("cash")

    def legs_of(self, money: str) -> list[tuple[str, int]]:
        """The same where the money comes out of another account: what the joint savings pay is no cash."""
        found = [
            (money, self.cash),
            ("loans", -self.principal),
            ("service_income", -self.service),
            ("debt", -self.overpaid),
            ("other_income", -self.recovered),
        ]
        return [(account, amount) for account, amount in found if amount]


NOTHING = Parts()


def difference(move: Move, held: Mapping[str, int]) -> Move | None:
    """What is still to be posted of a movement where its payment and day hold this much already; ``None`` where
    nothing is. ``held``: by account key, debit positive; entries balance, so the money follows from the rest.

    >>> whole = Move("K-0110", date(2005, 5, 12), 500_000, 100_000, 0)
    >>> difference(whole, {}) == whole, difference(whole, dict(whole.legs))
    (True, None)
    >>> left = difference(whole, {"cash": 600_000, "loans": -600_000})
    >>> left.kind, left.legs
    ('resplit', [('loans', 100000), ('service_income', -100000)])
    """
    left = Move(
        move.payment,
        move.on,
        move.principal + held.get("loans", 0),
        move.service + held.get("service_income", 0),
        move.overpaid + held.get("debt", 0),
        move.recovered + held.get("other_income", 0),
    )
    return left if left.legs else None


def moves(plan: Plan, payments: Iterable[Payment], order: Order = "service-first") -> list[Move]:
    """Every movement of a loan's payments, by day.

    Where nothing was reversed and nothing was closed, no payment changes the split of one before it:
    one look at the end gives them all. Otherwise day by day.
    """
    known = list(payments)
    if plan.closures or any(one.reversed_on for one in known):
        return by_day(plan, known, order)
    splits = standing(plan, known, date.max, order).splits
    days = {one.key: one.on for one in known}
    return [
        _move(key, days[key], NOTHING, splits[key])
        for key in sorted(splits, key=lambda key: (days[key], key))
        if splits[key] != NOTHING
    ]


def by_day(plan: Plan, payments: Iterable[Payment], order: Order = "service-first") -> list[Move]:
    """The same, by looking at the end of every day on which something happened."""
    known = list(payments)
    days = {one.on for one in known} | {one.reversed_on for one in known if one.reversed_on}
    for closure in plan.closures:
        days |= {closure.on, closure.until or closure.on}
    before: Mapping[str, Parts] = {}
    found = []
    for day in sorted(days):
        now = standing(plan, known, day, order).splits
        for key in sorted(before.keys() | now.keys()):
            old, new = before.get(key, NOTHING), now.get(key, NOTHING)
            if old != new:
                found.append(_move(key, day, old, new))
        before = now
    return found


def _move(key: str, day: date, old: Parts, new: Parts) -> Move:
    return Move(
        key,
        day,
        new.principal - old.principal,
        new.service - old.service,
        new.overpaid - old.overpaid,
        new.recovered - old.recovered,
    )


def totals(found: Iterable[Parts]) -> Paid:
    """What some payments paid of one schedule."""
    known = list(found)
    return Paid(
        sum(one.principal for one in known),
        sum(one.service for one in known),
        sum(one.overpaid for one in known),
    )
