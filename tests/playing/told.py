"""The player's own list of what moved: whole rupiah, plain Python, nothing read from the books."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

LENT = "lent"
"""What a payment of a loan goes against: principal, service, what was too much, what is recovered."""

GROUPED = {
    "loans": LENT, "service_income": LENT, "debt": LENT, "other_income": LENT, "loan_reserve": LENT,
    "reserve_cost": LENT, "fixed_assets": "things", "depreciation": "things", "depreciation_cost": "things",
    "disposal_loss": "things",
}  # fmt: skip
"""Accounts that the list keeps together: what stands in which of them is the rooms' to work out."""


@dataclass
class Flow:
    """Something that moved on a day: by account, debit positive; ``until``: the day it was taken back."""

    on: date
    legs: dict[str, int]
    until: date | None = None


@dataclass
class Paid:
    """A payment of a loan, with what stands of it."""

    on: date
    amount: int
    until: date | None = None


@dataclass
class Saved:
    """What a group, or a member of it, put by (or took out, below zero)."""

    on: date
    group: str
    person: str
    amount: int
    until: date | None = None
    own: bool = True  # not where joint liability draws or is refilled: that is the group's


@dataclass
class Told:
    """Everything that was accepted, in the order in which it was."""

    flows: list[Flow] = field(default_factory=list)
    paid: dict[str, list[Paid]] = field(default_factory=dict)
    saved: list[Saved] = field(default_factory=list)
    refunded: list[tuple[str, Paid]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)  # loans whose schedule is no longer the first

    def flow(self, on: date, **legs: int) -> Flow:
        """Note what moved; what the other side of it is comes of itself where one is named."""
        one = Flow(on, {account: amount for account, amount in legs.items() if amount})
        self.flows.append(one)
        return one

    def balances(self, on: date) -> Counter:
        """By account (or accounts kept together), at the end of a day."""
        found: Counter = Counter()
        for one in self.flows:
            if one.on <= on and (one.until is None or one.until > on):
                for account, amount in one.legs.items():
                    found[GROUPED.get(account, account)] += amount
        return found

    def savings(self, on: date) -> Counter:
        """By group and person (empty: the whole group), at the end of a day."""
        found: Counter = Counter()
        for one in self.saved:
            if one.on <= on and (one.until is None or one.until > on):
                found[one.group, one.person] += one.amount
        return found

    def own_savings(self, on: date) -> Counter:
        """What each member has put by of her own, by group and person, at the end of a day."""
        found: Counter = Counter()
        for one in self.saved:
            if one.own and one.person and one.on <= on and (one.until is None or one.until > on):
                found[one.group, one.person] += one.amount
        return found

    def standing(self, loan: str) -> list[Paid]:
        """The payments of a loan that stand in the end, by day."""
        found = [one for one in self.paid.get(loan, ()) if one.until is None]
        return sorted(found, key=lambda one: one.on)

    def owed_back(self, loan: str) -> int:
        """What was given back to a group of what it paid too much."""
        return sum(one.amount for key, one in self.refunded if key == loan and one.until is None)


def split(
    principal: int, dues: list[date], percent: int, payments: list[Paid]
) -> tuple[int, int, int]:
    """What equal instalments with a flat charge take of payments: principal, service, too much.

    Service that is due first, then principal that is due, then the instalments to come, one after another.
    ``percent``: of the loan for each instalment, in hundredths of a per cent.
    """
    owed = [[due, principal * percent // 10_000, principal // len(dues)] for due in dues]
    took = [0, 0]
    over = 0
    for one in payments:
        left = one.amount
        due = [row for row in owed if row[0] <= one.on]
        ahead = [row for row in owed if row[0] > one.on]
        order = [(row, 1) for row in due] + [(row, 2) for row in due]
        order += [(row, place) for row in ahead for place in (1, 2)]
        for row, place in order:
            part = min(left, row[place])
            row[place] -= part
            took[place - 1] += part
            left -= part
        over += left
    return took[1], took[0], over
