"""A bank statement's file as rows of cells: OFX, MT940, XLSX, XLS or CSV; the content decides, not the name."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import python_calamine

from pendamping.funds.upk.rules import bank_file, bank_mt940, bank_ofx
from pendamping.households.readers.csv_text import encoding_of
from pendamping.households.readers.formulas import without_result
from pendamping.households.readers.xlsx import SHORT_LIST, Calamine, check_workbook, is_workbook
from pendamping.kernel import signs
from pendamping.kernel.refusal import refuse, refuse_if

LARGEST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_CELLS = 40
SEPARATORS = ";,\t|"
TABLE, OFX, MT940 = "table", "ofx", "mt940"
HEAD = 4_000


@dataclass(frozen=True, slots=True)
class File:
    """A statement's file: which kind, its rows of cells, and the number of its account where it says one."""

    kind: str
    rows: list[list[Any]]
    number: str = ""


def read(content: bytes) -> File:
    """A statement's file. Raises ``Refusal`` for one that is empty, too large, or that cannot be read."""
    head = content[:HEAD].decode(
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "ignore"
    )
    if not is_workbook(content) and len(content) <= LARGEST_BYTES:
        if bank_ofx.looks_so(head):
            return _filed(bank_ofx.read(bank_file.text_lines(content, bank_ofx.declared(content))))
        if bank_mt940.looks_so(head.replace("{4:", "\n").replace("\r", "\n")):
            return _filed(bank_mt940.read(bank_file.text_lines(content)))
    return File(TABLE, rows_of(content))


def _filed(found: bank_file.Filed) -> File:
    return File(found.kind, found.rows(), found.number)


def rows_of(content: bytes) -> list[list[Any]]:
    """The rows of the first sheet, or of the text; cells are texts, numbers and days.

    Raises ``Refusal`` for a file that is empty, too large or no table.
    """
    if not content.strip():
        raise refuse("upk.file.empty", "The file is empty.", where={"field": "file"})
    if len(content) > LARGEST_BYTES:
        raise refuse("upk.file.large", "The file is too large.", where={"field": "file"})
    sheet, rows = _workbook(content) if is_workbook(content) else ("CSV", _text(content))
    if len(rows) > MOST_ROWS:
        raise refuse(
            "upk.file.rows",
            "The file has more than {most} rows; upload it in parts.",
            most=MOST_ROWS,
            where={"field": "file"},
        )
    found = [row[:MOST_CELLS] for row in rows]
    refuse_if(signs.reasons("upk.bank.cell", sheet, enumerate(found, start=1)))
    return found


def _workbook(content: bytes) -> tuple[str, list[list[Any]]]:
    check_workbook(content, SHORT_LIST)
    refuse_if(without_result(content, "upk.file.formula"))
    with Calamine():
        book = python_calamine.load_workbook(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
        return sheet.name, [list(row) for row in rows]


def _text(content: bytes) -> list[list[Any]]:
    text = content.decode(encoding_of(content), errors="replace").rstrip("\x1a")
    head = text[:4000]
    separator = max(SEPARATORS, key=head.count)
    try:
        rows = csv.reader(io.StringIO(text), delimiter=separator)
        return [list(row) for row in islice(rows, MOST_ROWS + 1)]
    except csv.Error as error:
        raise refuse(
            "upk.file.text",
            "The file is no table of text; save it as .xlsx or .csv and try again.",
            where={"field": "file"},
        ) from error


def as_text(cell: Any) -> str:
    """A cell as it is kept: days in ISO form, whole numbers without a point."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else f"{cell:.2f}"
    return "" if cell is None else str(cell).strip()
