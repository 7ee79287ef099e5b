"""The cash books of the board's windows: each its own money, month by month, beside the UPK's books."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.funds.grants import queries as grants
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.books import cash
from pendamping.funds.upk.books.shape import Book, Column, Month, Row, Table, Tie

PREFIX = "window-"


def keys(ward: str) -> list[str]:
    """The windows that have accounts in the ward's journal, in the order of their codes."""
    return list(dict.fromkeys(one.fund for one in books.accounts(ward, books.BOARD)))


def book(key: str, ward: str, month: Month, after: str = "", page: bool = False) -> Book:
    """The cash book of a window in a month: what lies in the bank, what groups hold, and what of all that
    came is where.
    """
    own = [one for one in books.accounts(ward, books.BOARD) if one.fund == key]
    holds = [one.key for one in own if one.type == "asset"]
    name = _("Cash book of the window {window}").format(
        window=grants.window_name(ward, month.last, key)
    )
    read = cash.of_accounts(PREFIX + key, "", name, ward, month, holds, after, page)
    stands = books.turnovers(ward, month.first, month.last)
    return Book(
        read.key,
        read.code,
        read.name,
        [*read.tables, _summary(ward, month, own, stands)],
        [*read.ties, _whole(own, stands)],
    )


def _summary(
    ward: str, month: Month, own: Sequence[Any], stands: dict[str, books.Turnover]
) -> Table:
    """Every account of the window, with what it was before, what came and went, and what it is."""
    columns = [
        Column(_("Account"), "text", 44),
        *(Column(one, "rupiah", 18) for one in (_("Before"), _("Debit"), _("Credit"), _("After"))),
    ]
    rows = []
    for one in own:
        found, side = stands.get(one.key, books.Turnover()), 1 if _debit(one) else -1
        cells = (side * found.opening, found.debit, found.credit, side * found.stands)
        page = reverse("upk:book", kwargs={"ward": ward, "book": "account"})
        url = f"{page}?month={month.key}&account={one.code}"
        rows.append(Row((f"{one.code} {one.name}", *cells), url))
    return Table(_("The window as a whole"), columns, rows)


def _debit(account: Any) -> bool:
    return account.type in ("asset", "expense")


def _whole(own: Sequence[Any], stands: dict[str, books.Turnover]) -> Tie:
    """What is there is what came, less what was spent."""
    there = sum(stands[one.key].stands for one in own if one.type == "asset" and one.key in stands)
    rest = sum(stands[one.key].stands for one in own if one.type != "asset" and one.key in stands)
    return Tie(_("In the bank and with groups"), there, _("What came, less what was spent"), -rest)
