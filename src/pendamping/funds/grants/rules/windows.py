"""Three windows of one grant: money that is restricted to its purpose and cannot cross by itself.

A window's money lies in the board's bank account, or is held by a group for its work, or has been
spent. Source: handbook 3.5 (components), 2.4 (the UPK's money apart), 5.2 (entry in the cash book).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import accumulate

from pendamping.funds.ledger.rules.entries import MOST
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason

USES = ("spent", "given", "passed-on")
"""The movements that use the grant: after them the money is no longer the board's nor a group's."""

KINDS: Mapping[str, tuple[str, str]] = {
    # kind of movement: (account that gets, account that gives), each "<window>_<name>"
    "received": ("bank", "grant"),
    "paid": ("held", "bank"),
    "spent": ("spent", "held"),
    "returned": ("bank", "held"),
    "given": ("spent", "bank"),
    "passed-on": ("spent", "bank"),
    "moved-out": ("grant", "bank"),
    "moved-in": ("bank", "grant"),
}
"""What each movement does to a window's accounts; debit first."""


def legs(window: str, kind: str, amount: int) -> list[tuple[str, int]]:
    """The two lines of a movement, by the keys of the guideline's chart.

    >>> legs("social", "given", 500_000)
    [('social_spent', 500000), ('social_bank', -500000)]
    """
    debit, credit = KINDS[kind]
    return [(f"{window}_{debit}", amount), (f"{window}_{credit}", -amount)]


@dataclass(frozen=True, slots=True)
class Change:
    """A movement of a window on a day; what was taken back does not count from ``until`` on."""

    window: str
    kind: str
    on: date
    amount: int
    grant: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a window's money is: whole rupiah."""

    received: int
    moved_in: int
    moved_out: int
    bank: int
    held: int
    spent: int

    @property
    def moved(self) -> int:
        """What came from other windows less what went to them."""
        return self.moved_in - self.moved_out


def standing(changes: Iterable[Change], window: str, on: date) -> Standing:
    """Where the money of a window is at the end of a day; bank + held + spent = received + moved in - moved out."""
    sums = dict.fromkeys(KINDS, 0)
    for one in changes:
        gone = one.until is not None and one.until <= on
        if one.window == window and one.on <= on and not gone:
            sums[one.kind] += one.amount
    spent = sum(sums[kind] for kind in USES)
    held = sums["paid"] - sums["spent"] - sums["returned"]
    return Standing(
        received=sums["received"],
        moved_in=sums["moved-in"],
        moved_out=sums["moved-out"],
        bank=sums["received"] + sums["moved-in"] - sums["moved-out"] - held - spent,
        held=held,
        spent=spent,
    )


def in_all(stands: Iterable[Standing]) -> Standing:
    """All windows together, each figure added up; what moved between them cancels out.

    >>> in_all([Standing(100, 0, 30, 70, 0, 0), Standing(50, 30, 0, 80, 0, 0)])
    Standing(received=150, moved_in=30, moved_out=30, bank=150, held=0, spent=0)
    """
    known = list(stands)
    return Standing(
        **{one.name: sum(getattr(each, one.name) for each in known) for one in fields(Standing)}
    )


def least(changes: Sequence[Change], since: date, *, account: str, of: str) -> int:
    """The least that lies in an account at the end of any day from ``since`` on.

    ``account``: ``"bank"`` of the window ``of``, or ``"held"`` by the grant ``of``.
    """
    days: dict[date, int] = {since: 0}
    for one in changes:
        if (one.window if account == "bank" else one.grant) != of:
            continue
        debit, credit = KINDS[one.kind]
        sign = (debit == account) - (credit == account)
        days[max(one.on, since)] = days.get(max(one.on, since), 0) + sign * one.amount
        if one.until is not None:
            end = max(one.until, since)
            days[end] = days.get(end, 0) - sign * one.amount
    return min(accumulate(days[day] for day in sorted(days)))


def overdrawn(there: int, amount: int, name: str, *, held: bool = False) -> list[Reason]:
    """Why a sum cannot leave: no more than is there, on that day and on every day since."""
    if amount <= there:
        return []
    values = {
        "amount": format_rupiah(amount),
        "name": name,
        "there": format_rupiah(max(there, 0)),
    }
    where = {"field": "amount"}
    if held:
        return [
            Reason(
                "grants.held",
                "{amount} cannot be entered: {name} holds only {there} of the grant.",
                values,
                where,
            )
        ]
    return [
        Reason(
            "grants.window",
            "{amount} cannot leave the window {name}: only {there} is there. Another window's money "
            "does not stand in for it; a meeting may move money between windows.",
            values,
            where,
        )
    ]


def day_problems(on: date, today: date, first: date | None = None) -> list[Reason]:
    """Why something cannot have happened on a day: still to come, or before what it follows."""
    where = {"field": "on"}
    if on > today:
        return [Reason("grants.date", "{on} is still to come.", {"on": on.isoformat()}, where)]
    if first is not None and on < first:
        return [
            Reason(
                "grants.date",
                "{on} lies before {first}, the day of what it follows.",
                {"on": on.isoformat(), "first": first.isoformat()},
                where,
            )
        ]
    return []


def amount_problems(amount: int) -> list[Reason]:
    """A sum must be more than nothing, and no more than books hold."""
    if amount > MOST:
        most = {"most": format_rupiah(MOST)}
        return [Reason("grants.amount", "A sum can be {most} at most.", most, {"field": "amount"})]
    if amount > 0:
        return []
    return [Reason("grants.amount", "The amount must be more than zero.", {}, {"field": "amount"})]
