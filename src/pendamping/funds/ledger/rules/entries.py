"""What an entry must be before the database is asked.

Source: handbook 4.5 (books), house plan idea 4 (double entry, corrections are reversals).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

Leg = tuple[str, int]
"""Account (its code, or its key in the guideline's chart) and amount: debit positive."""

MOST = 10**15
"""No amount in a ward's books is larger; it keeps typing errors and overflow out. In whole rupiah."""


def problems(
    legs: Sequence[Leg],
    *,
    on: date,
    today: date,
    accounts: Mapping[str, date],
    closed: date | None = None,
) -> list[Reason]:
    """Everything that keeps an entry out of the books; empty if nothing does.

    ``accounts``: code or key of each account of the ward and the day it was opened. ``closed``: the
    last day up to which the books are closed.
    """
    if not accounts:
        return [Reason("ledger.open", "The books of this ward have not been opened yet.")]
    return [
        *_dates(legs, on, today, accounts),
        *closed_problems(on, closed),
        *_legs(legs, accounts),
        *_balance(legs),
    ]


def closed_problems(on: date, closed: date | None) -> list[Reason]:
    """Why nothing is posted on a day that lies in a closed month.

    >>> [one.clause for one in closed_problems(date(2005, 4, 30), date(2005, 4, 30))]
    ['ledger.closed']
    >>> closed_problems(date(2005, 5, 1), date(2005, 4, 30))
    []
    """
    if closed is None or on > closed:
        return []
    return [
        Reason(
            "ledger.closed",
            "The books are closed up to {closed}; {on} lies in a closed month. Enter it on the day "
            "on which the money reached the fund, or have the board reopen the month.",
            {"closed": closed.isoformat(), "on": on.isoformat()},
            {"field": "on", "closed": closed.isoformat()},
        )
    ]


def _dates(
    legs: Sequence[Leg], on: date, today: date, accounts: Mapping[str, date]
) -> Iterable[Reason]:
    opened = max((accounts[name] for name, _ in legs if name in accounts), default=None)
    if opened and on < opened:
        yield Reason(
            "ledger.date",
            "The books were opened on {opened}; {on} lies before it.",
            {"opened": opened.isoformat(), "on": on.isoformat()},
            {"field": "on"},
        )
    if on > today:
        yield Reason(
            "ledger.date",
            "{on} is still to come; the books record what has happened.",
            {"on": on.isoformat()},
            {"field": "on"},
        )


def _legs(legs: Sequence[Leg], accounts: Mapping[str, date]) -> Iterable[Reason]:
    if len(legs) < 2:
        yield Reason("ledger.two_lines", "An entry needs at least two lines.")
    for number, (name, amount) in enumerate(legs, start=1):
        where = {"line": number, "account": name}
        if name not in accounts:
            yield Reason(
                "ledger.account", "The ward's books have no account {name}.", {"name": name}, where
            )
        if amount == 0 or abs(amount) > MOST:
            yield Reason(
                "ledger.amount",
                "Line {line} must have an amount above zero, and {most} at most.",
                {"line": number, "most": format_rupiah(MOST)},
                where,
            )


def _balance(legs: Sequence[Leg]) -> Iterable[Reason]:
    off = sum(amount for _, amount in legs)
    if off:
        yield Reason(
            "ledger.balance",
            "Debit and credit differ by {off}.",
            {"off": format_rupiah(abs(off))},
            {"off": off},
        )


def fund_problems(legs: Sequence[Leg], funds: Mapping[str, str]) -> list[Reason]:
    """Why an entry may not join the accounts it names: a fund's money never mixes with another's.

    ``funds``: by code or key of each account the window it belongs to; ``""`` is the UPK's own fund.
    Money moves from one fund to another by two entries, each whole within its fund.
    Source: handbook 2.4 (money of the UPK apart), 3.5 (components).
    """
    touched = sorted({funds[name] for name, _ in legs if name in funds})
    if len(touched) < 2:
        return []
    return [
        Reason(
            "ledger.fund",
            "One entry cannot join two funds: each window of the board and the UPK keep their own "
            "money.",
            {},
            {"funds": touched},
        )
    ]


@dataclass(frozen=True, slots=True)
class VoucherKind:
    """A kind of voucher: whether money comes in to, or goes out of, cash and bank."""

    key: str
    money_debit: bool
    money_credit: bool


VOUCHERS = {
    kind.key: kind
    for kind in (
        VoucherKind("in", True, False),
        VoucherKind("out", False, True),
        VoucherKind("transfer", True, True),
    )
}
"""Vouchers of handbook 4.5: model A (money in), B (money out), C (between cash and bank)."""

MONEY = ("cash", "bank", "joint_liability_bank")
"""Keys of the accounts that hold money."""


@dataclass(frozen=True, slots=True)
class HandAccount:
    """An account as vouchers by hand see it: ``by_hand``: the kinds that the chart opens it to; ``kept``:
    what keeps it otherwise (``loans``, ``closing``, ``profit`` …)."""

    key: str
    name: str
    by_hand: Sequence[str] = ()
    kept: str = ""


def voucher_problems(kind: str, *, debit: HandAccount, credit: HandAccount) -> list[Reason]:
    """Why two accounts do not make this voucher: the chart lists what is open to vouchers by hand."""
    found = []
    for one in (debit, credit):
        if kind not in one.by_hand and (kind in VOUCHERS or not one.by_hand):
            clause, text = _not_by_hand(one, kind)
            found.append(Reason(clause, text, {"account": one.name}, {"account": one.key}))
    if debit.key == credit.key:
        found.append(Reason("ledger.same_account", "Money cannot go from an account to itself."))
    rule = VOUCHERS.get(kind)
    sides = debit.key in MONEY, credit.key in MONEY
    if rule is None or (rule.money_debit, rule.money_credit) != sides:
        found.append(
            Reason(
                "ledger.voucher",
                "These accounts do not fit the voucher: money in goes to cash or bank, money out "
                "comes from them, a transfer stays between them.",
                {},
                {"kind": kind, "debit": debit.key, "credit": credit.key},
            )
        )
    return found


def _not_by_hand(one: HandAccount, kind: str) -> tuple[str, str]:
    """Clause and text of why an account is not moved by a voucher of this kind."""
    if one.kept == "closing":
        return "ledger.closing", N_(
            "{account} is moved by the closing of months and years, not by hand."
        )
    if one.kept == "profit":
        return "ledger.profit", N_(
            "{account} is moved by the sharing of the profit; what is paid from a share is entered on "
            "the page of its year."
        )
    if one.kept:
        return "ledger.control", N_("{account} is kept by its own cards; enter it there.")
    if not one.by_hand:
        return "ledger.by_hand", N_(
            "{account} is not open to vouchers by hand; another page moves it."
        )
    if kind == "in":
        return "ledger.by_hand", N_("No money comes in from {account} by hand.")
    if kind == "out":
        return "ledger.by_hand", N_("No money goes out to {account} by hand.")
    return "ledger.by_hand", N_("No transfer by hand touches {account}.")


def money_problems(key: str, name: str, *, amount: int, there: int) -> list[Reason]:
    """Why money cannot leave an account: no more can be taken than is there, on no day since.

    ``there``: the least that the account holds from the day on, in whole rupiah.
    """
    if key not in MONEY or amount <= there:
        return []
    return [
        Reason(
            "ledger.below_zero",
            "{amount} cannot leave {account}: there is only {there}. Look at the day, and whether "
            "money that came in is still to be entered.",
            {
                "amount": format_rupiah(amount),
                "account": name,
                "there": format_rupiah(max(there, 0)),
            },
            {"field": "amount"},
        )
    ]


def debt_problems(name: str, *, amount: int, owed: int) -> list[Reason]:
    """Why a voucher does not pay a debt back: no more than came in as debt, on no day since.

    ``owed``: the least that vouchers by hand and the opening balances left to pay, in whole rupiah.

    >>> [one.clause for one in debt_problems("Utang", amount=125_000, owed=0)]
    ['ledger.debt']
    """
    if amount <= owed:
        return []
    return [
        Reason(
            "ledger.debt",
            "Of {account} only {owed} was borrowed and is still to be paid back. What a group paid too much is given "
            "back on the page of its loan.",
            {"account": name, "owed": format_rupiah(max(owed, 0))},
            {"field": "amount"},
        )
    ]
