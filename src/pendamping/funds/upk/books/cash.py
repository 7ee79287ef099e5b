"""U1 money in, U2 money out, U3 cash, U4 bank: what came and went, with a balance after each line."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.entries import MONEY
from pendamping.funds.ledger.rules.vouchers import IN, TRANSFER
from pendamping.funds.upk.books.shape import Book, Column, Month, Row, Table, Tie

PAGE = 40
BANKS = tuple(key for key in MONEY if key != "cash")


def read_place(text: str) -> books.Place | None:
    """The place in an address; ``None`` where it is none."""
    try:
        day, entry, no = text.split("~")
        return date.fromisoformat(day), entry, int(no)
    except ValueError:
        return None


def _text(line: books.BookLine) -> str:
    return line.text or _("Entry")


def _url(ward: str, entry: str) -> str:
    return reverse("ledger:entry", kwargs={"ward": ward, "entry": entry})


def _columns(*amounts: str) -> list[Column]:
    return [
        Column(_("Day"), "date", 12),
        Column(_("Voucher"), "text", 14),
        Column(_("What for"), "text", 44),
        Column(_("Against"), "text", 16),
        *(Column(label, "rupiah", 18) for label in amounts),
    ]


# --- an account with the balance after each line ---------------------------------------------------


def account_table(
    ward: str, account: Any, month: Month, after: books.Place | None, page: bool
) -> Table:
    """An account in a month; ``page``: only so many lines, after a place.

    Cash and bank have money in and out; every other account debit and credit, its balance on its normal side: what
    is owed, own or earned stands positive where it is credit.
    """
    key, span = account.key, (month.first, month.last)
    opening = books.balance(ward, key, month.before)
    came, went = books.moved_in(ward, [key], *span)
    so_far = opening + (books.moved_up_to(ward, [key], *span, after) if after else 0)
    lines: Iterable[books.BookLine] = books.book_lines(
        ward, [key], *span, after=after, limit=PAGE + 1 if page else None
    )
    go_on = None
    if page:
        lines = list(lines)
        lines, go_on = _cut(lines)
    return Table(
        f"{account.code} {account.name}",
        _columns(*_heads(account), _("Running balance")),
        _running(ward, so_far, lines, month.first if after is None else None, side(account)),
        ("", "", _("Closing balance"), "", came, went, side(account) * (opening + came - went)),
        go_on,
    )


def side(account: Any) -> int:
    """1 where an account stands on the debit side, -1 on the credit side.

    >>> from types import SimpleNamespace as Of
    >>> side(Of(type="asset", contra=False)), side(Of(type="income", contra=False)), side(Of(type="asset", contra=True))
    (1, -1, -1)
    """
    return 1 if (account.type in ("asset", "expense")) != account.contra else -1


def _heads(account: Any) -> tuple[str, str]:
    if account.key in MONEY or account.fund:
        return _("In"), _("Out")
    return _("Debit"), _("Credit")


def _cut(lines: Sequence[books.BookLine]) -> tuple[Sequence[books.BookLine], str | None]:
    if len(lines) <= PAGE:
        return lines, None
    day, entry, no = lines[PAGE - 1].place
    return lines[:PAGE], f"{day.isoformat()}~{entry}~{no}"


def _running(
    ward: str, balance: int, lines: Iterable[books.BookLine], first: date | None, sign: int
) -> Iterator[Row]:
    label = _("Opening balance") if first else _("Carried over")
    yield Row((first, "", label, "", None, None, sign * balance))
    for line in lines:
        balance += line.amount
        came, went = max(line.amount, 0) or None, max(-line.amount, 0) or None
        cells = (line.on, line.voucher, _text(line), line.against, came, went, sign * balance)
        yield Row(cells, _url(ward, line.entry))


def of_accounts(
    key: str,
    code: str,
    name: str,
    ward: str,
    month: Month,
    keys: Sequence[str],
    after: str = "",
    page: bool = False,
) -> Book:
    """A book of one or several accounts: the cash book, the bank book, an account of the ledger."""
    place = read_place(after)
    tables, ties = [], []
    for one in (found for found in books.accounts(ward, None) if found.key in keys):
        table = account_table(ward, one, month, place, page)
        tables.append(table)
        closing = table.foot[-1] if table.foot else 0
        stands = side(one) * books.balance(ward, one.key, month.last)
        ties.append(
            Tie(_("Closing balance {code}").format(code=one.code), closing, _("Account"), stands)
        )
    return Book(key, code, name, tables, ties)


# --- vouchers of one model -----------------------------------------------------------------------


def of_model(
    key: str,
    code: str,
    name: str,
    ward: str,
    month: Month,
    model: str,
    after: str = "",
    page: bool = False,
) -> Book:
    """Money in (model A) or out (model B) of a month, whichever box or bank account it went through."""
    place = read_place(after)
    span = (month.first, month.last)
    lines: Iterable[books.BookLine] = books.book_lines(
        ward, MONEY, *span, model=model, after=place, limit=PAGE + 1 if page else None
    )
    go_on = None
    if page:
        lines = list(lines)
        lines, go_on = _cut(lines)
    total = sum(books.moved_in(ward, MONEY, *span, model))
    columns = _columns(_("Cash"), _("Bank"))
    banked = sum(books.moved_in(ward, BANKS, *span, model))
    foot = ("", "", _("Total"), "", total - banked, banked)
    rows = (_in_or_out(ward, line) for line in lines)
    table = Table(name, columns, rows, foot, go_on)
    return Book(key, code, name, [table], [_through(ward, month, model, total)])


def _in_or_out(ward: str, line: books.BookLine) -> Row:
    amount = abs(line.amount)
    cash = line.account == "cash"
    cells = (line.on, line.voucher, _text(line), line.against)
    return Row((*cells, amount if cash else None, None if cash else amount), _url(ward, line.entry))


def _through(ward: str, month: Month, model: str, total: int) -> Tie:
    """All that cash and bank books show on one side, without transfers between them."""
    side, span = (0 if model == IN else 1), (month.first, month.last)
    everything = books.moved_in(ward, MONEY, *span)[side]
    moved = books.moved_in(ward, MONEY, *span, TRANSFER)[side]
    there = _("U3 and U4 without transfers")
    return Tie(_("Total of the vouchers"), total, there, everything - moved)
