"""Books as XLSX, written row by row: real dates and numbers, widths, headings on every printed page."""

import io
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from pendamping.funds.upk.books.shape import Book, Column, Month, Table

FORMATS = {"rupiah": '#,##0;[Red]-#,##0;"-"', "number": "0", "date": "dd-mm-yyyy", "text": "@"}
_HEAD = PatternFill("solid", fgColor="FF0F5C4C")
_BOLD, _WHITE, _TITLE = Font(bold=True), Font(bold=True, color="FFFFFFFF"), Font(bold=True, size=14)


def workbook(found: Iterable[Book], ward_name: str, month: Month) -> bytes:
    """Books of a month, a sheet each."""
    out = Workbook(write_only=True)
    for one in found:
        _sheet(out, one, ward_name, month)
    stream = io.BytesIO()
    out.save(stream)
    return stream.getvalue()


def _sheet(out: Workbook, book: Book, ward_name: str, month: Month) -> None:
    sheet: Any = out.create_sheet(title(book))
    tables = [*book.tables, *book.more()]
    for place in range(max(len(table.columns) for table in tables)):
        widths = [table.columns[place].width for table in tables if place < len(table.columns)]
        sheet.column_dimensions[get_column_letter(place + 1)].width = max(widths)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:3"
    sheet.append([_cell(sheet, f"{book.code} {book.name}".strip(), font=_TITLE)])
    sheet.append([_cell(sheet, ward_name)])
    sheet.append([_cell(sheet, _("As of")), _cell(sheet, month.last, "date")])
    for table in tables:
        _table(sheet, table)
    for tie in book.ties:
        said = _("agree") if tie.holds else _("DO NOT AGREE")
        sheet.append([])
        texts = [_cell(sheet, tie.here), _cell(sheet, tie.amount, "rupiah")]
        sheet.append(
            [*texts, _cell(sheet, tie.there), _cell(sheet, tie.other, "rupiah"), _cell(sheet, said)]
        )


def title(book: Book) -> str:
    """The name of a book's sheet, as spreadsheets allow it.

    >>> title(Book("u8", "U8", "Buku besar dan neraca percobaan", ()))
    'U8 Buku besar dan neraca percob'
    """
    return re.sub(r"[\\/*?:\[\]]", " ", f"{book.code} {book.name}".strip())[:31]


def _table(sheet: Any, table: Table) -> None:
    sheet.append([])
    sheet.append([_cell(sheet, table.title, font=_BOLD)])
    sheet.append([_cell(sheet, one.label, font=_WHITE, fill=_HEAD) for one in table.columns])
    for row in table.rows:
        sheet.append(_cells(sheet, table.columns, row.cells))
    if table.foot:
        sheet.append(_cells(sheet, table.columns, table.foot, _BOLD))


def _cells(
    sheet: Any, columns: Iterable[Column], values: Iterable[Any], font: Any = None
) -> list[Any]:
    return [
        _cell(sheet, value, column.kind, font) if value not in (None, "") else None
        for column, value in zip(columns, values, strict=True)
    ]


def _cell(sheet: Any, value: Any, kind: str = "text", font: Any = None, fill: Any = None) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # what begins with = stays a text
    elif isinstance(value, date | int):
        cell.number_format = FORMATS[kind]
    if font is not None:
        cell.font = font
    if fill is not None:
        cell.fill = fill
    return cell
