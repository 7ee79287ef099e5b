"""Whether the balances with which a fund begins here add up, with each other and with the lists.

Source: handbook 4.5 (loan cards and savings cards equal 11030 and 21020); the rest is our own design.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.funds.ledger.rules.entries import MONEY, Leg
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason

DIFFERENCE = "opening_difference"
"""The account that takes what does not balance while the list is made; nothing is left in it."""
OWN = (DIFFERENCE, "year_profit")
"""Accounts that no balance is written for."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the chart. ``contra``: an asset that stands on the credit side."""

    key: str
    code: str
    name: str
    type: str
    contra: bool = False

    @property
    def credit(self) -> bool:
        """Whether its balance usually stands on the credit side, so that it is written without a minus."""
        return (self.type not in ("asset", "expense")) != self.contra


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists come to, whole rupiah: principal still owed, what groups paid too much, savings,
    prices of the inventory and what was taken off them.
    """

    outstanding: int = 0
    overpaid: int = 0
    saved: int = 0
    cost: int = 0
    taken_off: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """An account beside the list that stands behind it; whole rupiah. ``least``: may hold more."""

    key: str
    balance: int
    listed: int
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether they agree."""
        return self.balance >= self.listed if self.least else self.balance == self.listed


def legs(accounts: Iterable[Account], balances: Mapping[str, int]) -> list[Leg]:
    """The lines of the opening entry, debit positive; what they lack stands against :data:`DIFFERENCE`.

    >>> chart = [Account("cash", "11010", "Kas", "asset"), Account("initial_fund", "31010", "Modal", "equity")]
    >>> legs(chart, {"cash": 500, "initial_fund": 500})
    [('cash', 500), ('initial_fund', -500)]
    >>> legs(chart, {"cash": 500, "initial_fund": 400})[-1]
    ('opening_difference', -100)
    """
    found = [
        (one.key, -balances[one.key] if one.credit else balances[one.key])
        for one in accounts
        if balances.get(one.key)
    ]
    off = sum(amount for _, amount in found)
    return [*found, (DIFFERENCE, -off)] if off else found


def difference(accounts: Iterable[Account], balances: Mapping[str, int]) -> int:
    """What the debit side has more than the credit side: zero where they balance."""
    return -dict(legs(accounts, balances)).get(DIFFERENCE, 0)


def ties(balances: Mapping[str, int], lists: Lists) -> list[Tie]:
    """Each account that has a list behind it."""
    pairs = (
        ("loans", lists.outstanding, False),
        ("savings", lists.saved, False),
        ("debt", lists.overpaid, True),
        ("fixed_assets", lists.cost, False),
        ("depreciation", lists.taken_off, False),
    )
    return [Tie(key, balances.get(key, 0), listed, least) for key, listed, least in pairs]


def problems(
    accounts: Iterable[Account], balances: Mapping[str, int], lists: Lists, on: date
) -> list[Reason]:
    """Everything for which the fund cannot begin with these balances; empty if nothing."""
    known = {one.key: one for one in accounts}
    return [
        *_nothing(balances),
        *_signs(known, balances),
        *_own(known, balances),
        *_year(known, balances, on),
        *_lists(known, balances, lists),
        *_balanced(known, balances),
    ]


def _nothing(balances: Mapping[str, int]) -> Iterator[Reason]:
    if not any(balances.values()):
        yield Reason("upk.opening.nothing", "No account has a balance yet.")


def _signs(known: Mapping[str, Account], balances: Mapping[str, int]) -> Iterator[Reason]:
    for key in (*MONEY, "loans", "loan_reserve", "savings", "debt", "fixed_assets", "depreciation"):
        if key in known and balances.get(key, 0) < 0:
            yield Reason(
                "upk.opening.below_zero",
                "{account} cannot stand below zero.",
                {"account": _said(known[key])},
                {"account": key},
            )


def _own(known: Mapping[str, Account], balances: Mapping[str, int]) -> Iterator[Reason]:
    if balances.get("year_profit"):
        yield Reason(
            "upk.opening.year_profit",
            "The profit of the running year is what income and cost come to: write them in their own "
            "accounts, and what was earned before this year in that of earlier years.",
            {},
            {"account": "year_profit"},
        )


def _year(known: Mapping[str, Account], balances: Mapping[str, int], on: date) -> Iterator[Reason]:
    if (on.month, on.day) != (12, 31):
        return
    if any(balances.get(key) for key, one in known.items() if one.type in ("income", "expense")):
        yield Reason(
            "upk.opening.year",
            "On 31 December the year is over: write what income and cost came to into the profit of "
            "earlier years, and leave their accounts empty.",
            {},
            {"account": "prior_profit"},
        )


def _lists(
    known: Mapping[str, Account], balances: Mapping[str, int], lists: Lists
) -> Iterator[Reason]:
    for tie in ties(balances, lists):
        if tie.holds or tie.key not in known:
            continue
        yield Reason(
            "upk.opening.tie",
            "{account} has {balance}, the list behind it comes to {listed}: {off} between them.",
            {
                "account": _said(known[tie.key]),
                "balance": format_rupiah(tie.balance),
                "listed": format_rupiah(tie.listed),
                "off": format_rupiah(abs(tie.balance - tie.listed)),
            },
            {"account": tie.key},
        )


def _balanced(known: Mapping[str, Account], balances: Mapping[str, int]) -> Iterator[Reason]:
    off = difference(known.values(), balances)
    if off:
        account = known.get(DIFFERENCE)
        yield Reason(
            "upk.opening.difference",
            "What the fund has and where it came from differ by {off}; {account} must come to zero. Find "
            "what is missing; what cannot be found, the board decides on, and it is written as profit or "
            "loss of earlier years.",
            {"off": format_rupiah(abs(off)), "account": _said(account) if account else DIFFERENCE},
            {"off": off, "account": DIFFERENCE},
        )


def _said(account: Account) -> str:
    return f"{account.code} {account.name}"
