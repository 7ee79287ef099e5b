"""Income and cost by month and beside the year before; the balance sheet at both ends of the year."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.books.shape import Column, Row, Table, Tie
from pendamping.funds.upk.rules.statements import BalanceSheet, Standing, balance_sheet
from pendamping.funds.upk.rules.yearly import Span
from pendamping.funds.upk.yearly.shape import Part, money, text

TYPES = ("income", "expense")
Side = tuple[tuple[str, str, int], ...]


def moved(ward: str, first: date, last: date) -> dict[str, list[tuple[Any, int]]]:
    """Income and cost of a span by type, both positive, as the close of a year reads them."""
    found: dict[str, list[tuple[Any, int]]] = {kind: [] for kind in TYPES}
    for one, amount in books.moved(ward, first, last, types=TYPES):
        found[one.type].append((one, -amount if one.type == "income" else amount))
    return found


def totals(ward: str, first: date, last: date) -> tuple[int, int]:
    """Income and cost of a span."""
    found = moved(ward, first, last)
    earned, spent = (sum(amount for _one, amount in found[kind]) for kind in TYPES)
    return earned, spent


def had_books(ward: str, on: date) -> bool:
    """Whether the ward's books were open on a day."""
    opened = books.opened_on(ward)
    return opened is not None and opened <= on


def income_cost(ward: str, span: Span) -> Part:
    """Income, cost and profit month by month, then account by account beside the year before."""
    opened = books.opened_on(ward)
    rows = [
        (one, *totals(ward, one, last))
        for one, last in span.months
        if opened is None or last >= opened
    ]
    months = Table(
        _("Month by month"),
        [text(_("Month")), money(_("Income")), money(_("Cost")), money(_("Profit or loss"))],
        [
            Row((date_format(one, "F Y"), earned, spent, earned - spent))
            for one, earned, spent in rows
        ],
        (_("The year"), *_sums(rows)),
    )
    earned, spent = totals(ward, span.first, span.last)
    in_months = sum(one[1] - one[2] for one in rows)
    ties = [
        Tie(_("Profit of all months"), in_months, _("Profit of the year"), earned - spent),
    ]
    sides = [_side(ward, span, kind, title) for kind, title in _titles()]
    return Part("income", _("Income and cost"), (), [months, *sides], ties)


def _sums(rows: list[tuple[date, int, int]]) -> tuple[int, int, int]:
    earned, spent = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return earned, spent, earned - spent


def _titles() -> Iterable[tuple[str, str]]:
    return (("income", _("Income")), ("expense", _("Cost")))


def _side(ward: str, span: Span, kind: str, title: str) -> Table:
    """Each account of income (or cost): this year, the year before, what is more or less."""
    known = had_books(ward, span.before[1])
    now = dict(moved(ward, span.first, span.last)[kind])
    then = dict(moved(ward, *span.before)[kind]) if known else {}
    accounts = sorted({*now, *then}, key=lambda one: one.code)
    rows = [(f"{one.code} {one.name}", now.get(one, 0), then.get(one, 0)) for one in accounts]
    sums = (_("Total"), sum(row[1] for row in rows), sum(row[2] for row in rows))
    columns = [text(_("Account")), *beside(span, known=known)]
    if not known:
        return Table(title, columns, [Row(row[:2]) for row in rows], sums[:2])
    shown = [Row((*row, row[1] - row[2])) for row in rows]
    return Table(title, [*columns, money(_("More or less"))], shown, (*sums, sums[1] - sums[2]))


def labels(span: Span) -> tuple[str, str]:
    """How a year and the one before it are named over their columns: a year that runs beside as much of the other."""
    before = span.before[1]
    if span.whole:
        return str(span.year), str(before.year)
    said = _("{year}, to {day}")
    this, that = (
        said.format(year=day.year, day=date_format(day, "j M")) for day in (span.last, before)
    )
    return this, that


def beside(span: Span, *, known: bool, column: Callable[[str], Column] = money) -> list[Column]:
    """The columns of a year and, where the books ``known`` it, of the one before it."""
    return [column(one) for one in labels(span)[: 1 + known]]


# --- balance sheet ------------------------------------------------------------------------------


def sheet(ward: str, on: date) -> BalanceSheet:
    """The balance sheet at the end of a day, as the books of its month have it."""
    return balance_sheet(
        [
            Standing(row.account.code, row.account.name, row.account.type, row.debit - row.credit)
            for row in books.trial_balance(ward, on)
        ]
    )


def balance(ward: str, span: Span) -> Part:
    """What the fund has, owes and owns, at the end of the year and of the year before."""
    then, now = sheet(ward, span.eve), sheet(ward, span.last)
    earned, spent = totals(ward, span.first, span.last)
    whole = now.profit == earned - spent  # no earlier year waits for its close
    unclosed = ("", _("Profit of the year") if whole else _("Profit not yet closed"))
    own = (
        (*then.equity, (*unclosed, then.profit)),
        (*now.equity, (*unclosed, now.profit)),
    )
    tables = [
        _both(span, _("Assets"), then.assets, now.assets),
        _both(span, _("Liabilities"), then.liabilities, now.liabilities),
        _both(span, _("Capital"), *own),
    ]
    ties = [
        Tie(
            _("Assets, {day}").format(day=date_format(day, "j F Y")),
            one.total_assets,
            _("Liabilities and capital"),
            one.total_liabilities + one.total_equity,
        )
        for day, one in ((span.eve, then), (span.last, now))
    ]
    return Part("balance", _("Balance sheet"), (), tables, ties)


def _both(span: Span, title: str, then: Side, now: Side) -> Table:
    """One side of the sheet at both ends, by account."""
    before = {row[:2]: row[2] for row in then}
    after = {row[:2]: row[2] for row in now}
    keys = sorted({*before, *after}, key=lambda key: (not key[0], key))
    rows = [(f"{key[0]} {key[1]}".strip(), before.get(key, 0), after.get(key, 0)) for key in keys]
    shown = [Row((name, old, new, new - old)) for name, old, new in rows if old or new]
    old, new = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return Table(
        title,
        [text(_("Account")), *ends(span), money(_("More or less"))],
        shown,
        (_("Total"), old, new, new - old),
    )


def ends(span: Span) -> list[Column]:
    """The columns of the last day before the year and of its last one."""
    return [money(date_format(day, "j M Y")) for day in (span.eve, span.last)]
