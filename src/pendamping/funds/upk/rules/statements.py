"""Running balances and the statements of a month, from what stands in each account.

Source: handbook 4.5 [S26]: books U1 to U9; balance sheet, profit and loss.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate


def running(opening: int, amounts: Iterable[int]) -> list[int]:
    """The balance after each amount.

    >>> running(1_000_000, [575_000, -200_000])
    [1575000, 1375000]
    """
    return list(accumulate(amounts, initial=opening))[1:]


@dataclass(frozen=True, slots=True)
class Standing:
    """An account at the end of a day: ``balance`` in whole rupiah, debit positive."""

    code: str
    name: str
    type: str
    balance: int


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """What a fund has, owes and owns; every sum as the statement prints it, contra accounts negative.

    ``profit``: income less cost that no close has moved to equity yet.
    """

    assets: tuple[tuple[str, str, int], ...]
    liabilities: tuple[tuple[str, str, int], ...]
    equity: tuple[tuple[str, str, int], ...]
    profit: int

    @property
    def total_assets(self) -> int:
        """Everything that the fund has."""
        return _sum(self.assets)

    @property
    def total_liabilities(self) -> int:
        """Everything that the fund owes."""
        return _sum(self.liabilities)

    @property
    def total_equity(self) -> int:
        """Capital and profit."""
        return _sum(self.equity) + self.profit


def balance_sheet(accounts: Sequence[Standing]) -> BalanceSheet:
    """The balance sheet of what stands in the accounts; those that hold nothing are left out."""
    profit = -sum(one.balance for one in accounts if one.type in ("income", "expense"))
    return BalanceSheet(
        _rows(accounts, "asset", 1),
        _rows(accounts, "liability", -1),
        _rows(accounts, "equity", -1),
        profit,
    )


def _rows(accounts: Sequence[Standing], type_: str, sign: int) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (one.code, one.name, sign * one.balance)
        for one in accounts
        if one.type == type_ and one.balance
    )


def _sum(rows: Iterable[tuple[str, str, int]]) -> int:
    return sum(amount for _code, _name, amount in rows)
