"""U8 ledger and trial balance, U9 income and cost, balance sheet, profit and loss."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.books.cash import account_table
from pendamping.funds.upk.books.shape import Book, Column, Month, Row, Table, Tie
from pendamping.funds.upk.rules.statements import Standing, balance_sheet

TYPES = ("income", "expense")


def ledger(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """The trial balance of a month: what stood, what moved, what stands; every account behind it."""
    rows, sums = [], [0, 0, 0, 0]
    touched = []
    turnovers = books.turnovers(ward, month.first, month.last)
    for one in books.accounts(ward):
        turned = turnovers.get(one.key, books.Turnover())
        opening, stands = turned.opening, turned.stands
        if turned == books.Turnover():
            continue
        touched.append(one)
        moved = (turned.debit, turned.credit, max(stands, 0), max(-stands, 0))
        sums = [total + amount for total, amount in zip(sums, moved, strict=True)]
        url = reverse("upk:book", kwargs={"ward": ward, "book": "account"})
        cells = (one.code, one.name, opening, *(amount or None for amount in moved))
        rows.append(Row(cells, f"{url}?month={month.key}&account={one.code}"))
    columns = [
        Column(_("Account"), "text", 10),
        Column(_("Name"), "text", 36),
        Column(_("Opening balance"), "rupiah", 18),
        Column(_("Debit of the month"), "rupiah", 18),
        Column(_("Credit of the month"), "rupiah", 18),
        Column(_("Balance, debit"), "rupiah", 18),
        Column(_("Balance, credit"), "rupiah", 18),
    ]
    trial = Table(_("Trial balance"), columns, rows, ("", _("Total"), None, *sums))
    ties = [
        Tie(_("Debit of the month"), sums[0], _("Credit of the month"), sums[1]),
        Tie(_("Balances, debit"), sums[2], _("Balances, credit"), sums[3]),
    ]
    return Book(key, code, name, [trial], ties, partial(_accounts, ward, touched, month))


def _accounts(ward: str, wanted: Iterable[Any], month: Month) -> list[Table]:
    return [account_table(ward, one, month, None, False) for one in wanted]


# --- income and cost ------------------------------------------------------------------------------


def _moved(ward: str, since: date, until: date) -> dict[str, int]:
    """Income and cost by code, both positive."""
    found = books.moved(ward, since, until, types=TYPES)
    return {one.code: -amount if one.type == "income" else amount for one, amount in found}


def income_cost(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """U9: every account of income and cost, of the month and since January, with its lines behind it."""
    tables, totals = _two_sides(ward, month)
    profit = [totals["income"][n] - totals["expense"][n] for n in (0, 1)]
    tables.append(_profit_line(profit))
    accounts = [one for one in books.accounts(ward) if one.type in TYPES]
    known = _moved(ward, month.first, month.last)
    behind = partial(_accounts, ward, [one for one in accounts if one.code in known], month)
    return Book(key, code, name, tables, [_year_tie(ward, month, profit[1])], behind)


def profit_loss(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """The statement: income, cost, what is left, of the month and since January."""
    tables, totals = _two_sides(ward, month)
    profit = [totals["income"][n] - totals["expense"][n] for n in (0, 1)]
    tables.append(_profit_line(profit))
    return Book(key, code, name, tables, [_year_tie(ward, month, profit[1])])


def _columns() -> list[Column]:
    return [
        Column(_("Account"), "text", 10),
        Column(_("Name"), "text", 40),
        Column(_("This month"), "rupiah", 20),
        Column(_("Since 1 January"), "rupiah", 20),
    ]


def _two_sides(ward: str, month: Month) -> tuple[list[Table], dict[str, tuple[int, int]]]:
    now = _moved(ward, month.first, month.last)
    year = _moved(ward, date(month.last.year, 1, 1), month.last)
    tables, totals = [], {}
    for kind, title in (("income", _("Income")), ("expense", _("Cost"))):
        found = [one for one in books.accounts(ward) if one.type == kind and one.code in year]
        rows = [Row((one.code, one.name, now.get(one.code, 0), year[one.code])) for one in found]
        totals[kind] = (sum(row.cells[2] for row in rows), sum(row.cells[3] for row in rows))
        tables.append(Table(title, _columns(), rows, ("", _("Total"), *totals[kind])))
    return tables, totals


def _profit_line(profit: list[int]) -> Table:
    title = _("Profit or loss")
    return Table(title, _columns(), [Row(("", _("Income less cost"), *profit))])


def _year_tie(ward: str, month: Month, profit: int) -> Tie:
    """What the journal moved in income and cost since January, with no account left out."""
    found = books.moved(ward, date(month.last.year, 1, 1), month.last, types=TYPES)
    journal = -sum(amount for _one, amount in found)
    return Tie(_("Profit since 1 January"), profit, _("Journal"), journal)


# --- balance sheet -----------------------------------------------------------------------------------


def balance(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """What the fund has, what it owes and what is its own at the end of the month."""
    standing = [
        Standing(row.account.code, row.account.name, row.account.type, row.debit - row.credit)
        for row in books.trial_balance(ward, month.last)
    ]
    sheet = balance_sheet(standing)
    columns = [
        Column(_("Account"), "text", 10),
        Column(_("Name"), "text", 44),
        Column(_("Amount"), "rupiah", 22),
    ]

    def linked(found: Iterable[tuple[str, str, int]]) -> list[Row]:
        """Each figure leads to the lines of its account in the month."""
        return [Row(row, f"{url}?month={month.key}&account={row[0]}") for row in found]

    url = reverse("upk:book", kwargs={"ward": ward, "book": "account"})
    own = linked(sheet.equity)
    own.append(Row(("", _("Profit not yet closed"), sheet.profit)))
    owed = sheet.total_liabilities + sheet.total_equity
    tables = [
        Table(_("Assets"), columns, linked(sheet.assets),
              ("", _("Total assets"), sheet.total_assets)),
        Table(_("Liabilities"), columns, linked(sheet.liabilities),
              ("", _("Total liabilities"), sheet.total_liabilities)),
        Table(_("Capital"), columns, own, ("", _("Total capital"), sheet.total_equity)),
    ]  # fmt: skip
    tie = Tie(_("Total assets"), sheet.total_assets, _("Liabilities and capital"), owed)
    return Book(key, code, name, tables, [tie])
