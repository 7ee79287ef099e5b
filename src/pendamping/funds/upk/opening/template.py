"""The workbook that a treasurer fills from the old books: one sheet for each list, one that explains."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pendamping.funds.upk.opening.reading import accounts
from pendamping.funds.upk.rules.opening import adding_up, cells, sheets
from pendamping.kernel.refusal import N_, Translate

GUIDE = "Petunjuk"
PREPARED_ROWS = 300
_HEAD = PatternFill("solid", fgColor="FF0F5C4C")
_WIDE = {"name": 30, "group": 24, "code": 10}
MEANING: Sequence[tuple[str, str]] = (
    ("Saldo", N_("What each account of the old ledger holds at the end of its last day, in whole rupiah. Write it without a minus; only a loss of earlier years has one. Leave empty what does not exist.")),
    ("Pinjaman", N_("One row for each loan that is not paid back, with what was paid of it in all. The service charge is a month's, in percent of the principal.")),
    ("Anggota", N_("One row for each member of a loan: the same number or group, the name as in the census, her part of the principal. RW and RT where several have the name.")),
    ("Tabungan", N_("What each group has saved, or each member of it; leave the member empty for savings of the whole group.")),
    ("Inventaris", N_("Each thing that the unit owns, what it cost, and what was taken off by that day. Leave the sheet empty where there is nothing.")),
)  # fmt: skip


def template(ward: str, on: Any, translate: Translate) -> bytes:
    """The empty workbook, with the accounts of the ward's chart."""
    book = Workbook()
    kinds = (sheets.BALANCES, sheets.LOANS, sheets.MEMBERS, sheets.SAVINGS, sheets.THINGS)
    _guide(book.worksheets[0], translate)
    for kind in kinds:
        _list(book.create_sheet(kind.title), kind)
    chart = book["Saldo"]
    known = [one for one in accounts(ward, on) if one.key not in adding_up.OWN]
    for row, one in enumerate(known, start=2):
        chart.cell(row, 1, one.code).number_format = "@"
        chart.cell(row, 2, one.name)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


ROOM = 10
"""Rows that are made ready for the members of a loan."""


def to_name(given: Sequence[sheets.Sheet], unnamed: Sequence[Any]) -> bytes:
    """An uploaded workbook again, with rows for the members of each loan whose members it does not name:
    names and parts are left to be written. ``unnamed``: lines of loans.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in given:
        sheet = book.create_sheet(one.name[:31])
        sheet.sheet_state = "hidden" if one.hidden else "visible"
        for row in one.rows:
            _plain_row(sheet, row)
    known = [one for one in given if not one.hidden and sheets.kind_of(one) == sheets.MEMBERS.key]
    if known:
        _rows_to_name(book[known[0].name[:31]], sheets.places(known[0]), unnamed)
    else:
        name = sheets.MEMBERS.title
        sheet = book.create_sheet(name if name not in book.sheetnames else f"{name} KSM")
        _list(sheet, sheets.MEMBERS)
        places = {one.key: at for at, one in enumerate(sheets.MEMBERS.fields)}
        _rows_to_name(sheet, places, unnamed, first=2)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _plain_row(sheet: Worksheet, row: Sequence[Any]) -> None:
    at = sheet.max_row + 1 if sheet._cells else 1
    for column, value in enumerate(row, start=1):
        if value in (None, ""):
            continue
        cell = sheet.cell(at, column, value)
        if isinstance(value, str):
            cell.data_type = "s"  # a text that looks like a formula stays a text


def _rows_to_name(
    sheet: Worksheet, places: Mapping[str, int], unnamed: Sequence[Any], first: int = 0
) -> None:
    """Number and group of each loan before so many empty rows; ``places``: columns from 0."""
    at = first or sheet.max_row + 1
    for one in unnamed:
        for _ in range(ROOM):
            for key, said in (("number", one.old.number), ("group", one.group_name)):
                if key in places and said:
                    sheet.cell(at, places[key] + 1, said).data_type = "s"
            at += 1


def _list(sheet: Worksheet, kind: sheets.Kind) -> None:
    for at, one in enumerate(kind.fields, start=1):
        cell = sheet.cell(1, at, one.heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _WIDE.get(one.key, 16)
        form = _format(one)
        for row in range(2, PREPARED_ROWS + 2) if form else ():
            sheet.cell(row, at).number_format = form
    sheet.freeze_panes = "A2"


def _format(one: sheets.Field) -> str:
    """How the cells of a column are shown: sums grouped, days as days, numbers of loans as text."""
    if one.read is sheets.MONEY:
        return "#,##0"
    if one.read is cells.read_when:
        return "DD/MM/YYYY"
    return "@" if one.key in ("number", "rw", "rt", "code") else ""


def _guide(sheet: Worksheet, say: Translate) -> None:
    sheet.title = GUIDE
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 90
    sheet["A1"] = say(N_("Balances of the old book"))
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = say(N_("Fill the sheets from the old books. Nothing is entered before you have seen it all and the board has agreed."))  # fmt: skip
    for row, (title, meaning) in enumerate(MEANING, start=4):
        sheet.cell(row, 1, title).font = Font(bold=True)
        sheet.cell(row, 2, say(meaning)).alignment = Alignment(wrap_text=True, vertical="top")
