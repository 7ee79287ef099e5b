"""A register as a file gives it: one sheet of a workbook or a CSV, its headings and its rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import python_calamine

from pendamping.complaints.rules.mapping import RegisterMap, missing_columns
from pendamping.households.readers import csv_text, xlsx
from pendamping.kernel.refusal import N_, refuse

LARGEST_BYTES = 20_000_000
AMONG = 25  # the headings are looked for among so many first rows
Row = tuple[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its headings; ``unread``: those that the mapping does not name."""

    sheet: str
    header: list[str]
    body: list[Row]
    unread: list[str]

    def cells(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row that says something, by heading, with its number in the file."""
        for place, row in self.body:
            if any(cell is not None and str(cell).strip() for cell in row):
                yield place, dict(zip(self.header, row, strict=False))


def read(content: bytes, mapping: RegisterMap) -> Table:
    """The first sheet that has the columns of a mapping; refuses a file that lacks one, naming it."""
    if not content.strip():
        raise refuse("complaints.file", N_("The file is empty."))
    if len(content) > LARGEST_BYTES:
        raise refuse(
            "complaints.file", N_("The file is larger than {most} MB; send it year by year."),
            most=LARGEST_BYTES // 1_000_000,
        )  # fmt: skip
    sheets = _workbook(content) if xlsx.is_workbook(content) else [("CSV", _text(content))]
    tables = [_table(sheet, rows, mapping) for sheet, rows in sheets]
    best = max(tables, key=lambda one: len(set(one.header) & set(mapping.columns())))
    refused = missing_columns(mapping, best.header, best.sheet)
    if refused:
        raise refused
    return best


def _table(sheet: str, rows: Sequence[Row], mapping: RegisterMap) -> Table:
    wanted = set(mapping.columns())
    heads = [[_heading(cell) for cell in row] for _place, row in rows[:AMONG]] or [[]]
    at = max(range(len(heads)), key=lambda place: len(wanted & set(heads[place])))
    unread = [name for name in heads[at] if name and name not in wanted]
    return Table(sheet, heads[at], list(rows[at + 1 :]), unread)


def _heading(cell: Any) -> str:
    return " ".join(str(cell or "").replace("\ufeff", "").split())


def _workbook(content: bytes) -> list[tuple[str, list[Row]]]:
    xlsx.check_workbook(content, xlsx.SHORT_LIST)
    with xlsx.Calamine():
        book = python_calamine.load_workbook(io.BytesIO(content))
        return [
            (name, list(enumerate(book.get_sheet_by_name(name).iter_rows(), start=1)))
            for name in book.sheet_names
        ]
    raise AssertionError("calamine gives sheets or is refused")


def _text(content: bytes) -> list[Row]:
    text = content.decode(csv_text.encoding_of(content))
    first = text.partition("\n")[0]
    separator = max(csv_text.SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        raise refuse(
            "complaints.file",
            N_("Row {row}: a cell does not end; a quotation mark may be missing."),
            row=line,
            where={"row": line},
        ) from None
    return rows
