"""How long a group has saved, and when money may move. Pure Python.

Source: handbook 2.5 (three consecutive months with group saving), 11 no. 15.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.funds.ledger.rules.entries import MOST
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason


def months_in_a_row(days: Iterable[date], on: date) -> int:
    """In how many calendar months in a row the group saved, up to this month or the last.

    A month without a deposit breaks the row; the month that still runs does not, until it ends.

    >>> days = [date(2004, 1, 30), date(2004, 2, 2), date(2004, 3, 5), date(2004, 3, 19)]
    >>> months_in_a_row(days, date(2004, 4, 20)), months_in_a_row(days, date(2004, 5, 1))
    (3, 0)
    """
    months = {day.year * 12 + day.month for day in days if day <= on}
    last = on.year * 12 + on.month
    if last not in months:
        last -= 1
    count = 0
    while last - count in months:
        count += 1
    return count


def row_began(days: Iterable[date], on: date) -> date | None:
    """The first deposit of the months in a row that :func:`months_in_a_row` counts; ``None`` of none.

    >>> days = [date(2003, 12, 5), date(2004, 2, 2), date(2004, 3, 5), date(2004, 3, 19)]
    >>> row_began(days, date(2004, 4, 20)), row_began(days, date(2004, 5, 1))
    (datetime.date(2004, 2, 2), None)
    """
    known = sorted(day for day in days if day <= on)
    count = months_in_a_row(known, on)
    if not count:
        return None
    last = known[-1].year * 12 + known[-1].month
    return next(day for day in known if day.year * 12 + day.month > last - count)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to a card on a day: plus or minus whole rupiah."""

    on: date
    amount: int


def lowest_after(changes: Iterable[Change], on: date) -> int:
    """The lowest balance at the end of any day from ``on`` on.

    >>> card = [Change(date(2004, 1, 1), 500), Change(date(2004, 3, 1), -200)]
    >>> lowest_after(card, date(2004, 2, 1)), lowest_after(card, date(2003, 1, 1))
    (300, 0)
    """
    by_day: dict[date, int] = {on: 0}
    for change in changes:
        by_day[change.on] = by_day.get(change.on, 0) + change.amount
    balance, lowest = 0, None
    for day in sorted(by_day):
        balance += by_day[day]
        if day >= on:
            lowest = balance if lowest is None else min(lowest, balance)
    return lowest or 0


def problems(*, amount: int, on: date, today: date, formed_on: date) -> list[Reason]:
    """Why a movement cannot be entered: nothing paid, more than the books hold, before the group, or in the future."""
    found = []
    if amount <= 0:
        found.append(
            Reason("savings.amount", "The amount must be more than zero.", {}, {"field": "amount"})
        )
    if amount > MOST:
        found.append(
            Reason(
                "savings.amount",
                "A deposit can be {most} at most.",
                {"most": format_rupiah(MOST)},
                {"field": "amount"},
            )
        )
    if on < formed_on:
        found.append(
            Reason(
                "savings.date",
                "The group was formed on {formed}; {on} lies before it.",
                {"formed": formed_on.isoformat(), "on": on.isoformat()},
                {"field": "on"},
            )
        )
    if on > today:
        found.append(
            Reason(
                "savings.date", "{on} is still to come.", {"on": on.isoformat()}, {"field": "on"}
            )
        )
    return found


WHOLE = Reason(
    "savings.balance", "{amount} cannot be taken out; the card allows {most} on that day."
)
OWN = Reason(
    "savings.own", "{amount} cannot be taken out; of her own savings {most} is there on that day."
)
COMMON = Reason(
    "savings.common",
    "{amount} cannot be taken out for the whole group; {most} of the card is common on that day. What "
    "members put by for themselves each of them takes out herself.",
)
"""Whose money is too little: the card's, a member's own, the group's common savings."""


def overdrawn(changes: Iterable[Change], amount: int, on: date, of: Reason = WHOLE) -> list[Reason]:
    """Why an amount cannot leave a card, or a part ``of`` it, on a day: it may never fall below zero."""
    most = lowest_after(changes, on)
    if amount <= most:
        return []
    values = {"amount": format_rupiah(amount), "most": format_rupiah(max(most, 0))}
    return [Reason(of.clause, of.text, values, {"field": "amount"})]


COMMON_SIGNERS = 2


def signer_problems(
    signers: Collection[str], officers: Collection[str], least: int, code: str
) -> list[Reason]:
    """Why the group's common savings do not go out: too few of its officers signed, or somebody else did.

    ``signers``, ``officers`` of the day: persons' ids; ``least``: how many the guideline ``code`` asks for.

    >>> [one.clause for one in signer_problems(["a"], ["a", "b", "c"], 2, "p2kp2")]
    ['savings.p2kp2.common_signers']
    >>> [one.clause for one in signer_problems(["a", "x", "b"], ["a", "b", "c"], 2, "p2kp2")]
    ['savings.signer']
    >>> signer_problems(["c", "a"], ["a", "b", "c"], 2, "p2kp2")
    []
    """
    where = {"field": "signers"}
    if set(signers) - set(officers):
        text = N_("Only who holds an office of the group on that day signs for it.")
        return [Reason("savings.signer", text, {}, where)]
    if len(set(signers)) >= least:
        return []
    return [
        Reason(
            f"savings.{code}.common_signers",
            "What the group saved in common goes out with the signatures of {least} of its officers; "
            "{count} signed.",
            {"least": least, "count": len(set(signers))},
            where,
        )
    ]
