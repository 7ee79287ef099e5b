"""A table as a file gives it, before any rule."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pendamping.households.rules.columns import (
    Columns,
    complete,
    find_header,
    is_label_row,
    match,
)
from pendamping.kernel.refusal import Refusal, refuse
from pendamping.kernel.signs import unreadable, visible

Row = tuple[int, list[Any]]
AMONG = 25  # the headings are looked for among so many first rows
MOST_SIGNS = 2_000  # of a cell that is read: the longest address has a tenth of it


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below the headings that say something in a known column; may be gone through again."""

    source: Iterable[Row]  # every row of the sheet, anew each time
    columns: Columns
    skip: int = 0
    sheet: str = ""

    def __iter__(self) -> Iterator[Row]:
        known = sorted(self.columns.at.values())
        for row in islice(self.source, self.skip, None):
            cells = row[1]
            read = [cells[at] for at in known if at < len(cells)]
            for cell in read:
                if type(cell) is str and len(cell) > MOST_SIGNS:
                    raise self._too_long(row, cell)
            if has_content(read):
                yield row

    def _too_long(self, row: Row, cell: str) -> Refusal:
        heading = next(
            self.columns.headings[at] for at in self.columns.at.values() if row[1][at] is cell
        )
        return refuse(
            "households.file.cell",
            "Sheet {sheet}, row {row}, column {column}: this cell has {count} signs, far more than a "
            "census needs (at most {most}). Look at what was pasted there; in a text file a quotation "
            "mark may be missing.",
            sheet=self.sheet,
            row=row[0],
            column=heading,
            count=len(cell),
            most=MOST_SIGNS,
            where={"sheet": self.sheet, "row": row[0], "column": heading},
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its headings matched to fields, its rows with their numbers in the file."""

    sheet: str
    header_row: int
    columns: Columns
    rows: Body


def table_of(sheet: str, rows: Iterable[Row]) -> Table | None:
    """Find the headings and cut them off; ``None`` where no row names two known columns.

    ``rows`` can be gone through more than once.
    """
    sheet = visible(sheet)
    first = list(islice(rows, AMONG + 1))
    found = find_header([row for _, row in first[:AMONG]])
    if found is None:
        return None
    number, headings = first[found]
    skip = found + 1
    if len(first) > skip and (whole := complete(headings, first[skip][1])):
        headings, skip = whole, skip + 1
    if found and (whole := complete(headings, first[found - 1][1], above=True)):
        headings = whole
    columns = match([visible(cell) if unreadable(cell) else cell for cell in headings])
    if len(first) > skip and is_label_row(columns.headings, first[skip][1]):
        skip += 1
    if len(first) > skip and _only_numbers_columns(first[skip][1]):
        skip += 1
    return Table(sheet, number, columns, Body(rows, columns, skip, sheet))


def _only_numbers_columns(row: list[Any]) -> bool:
    """Whether a row only counts the columns, ``1 2 3`` or ``(1) (2) (3)``, as printed forms do."""
    said = [str(cell).strip("() ").removesuffix(".0") for cell in row]
    said = [cell for cell in said if cell]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]


def has_content(row: Iterable[Any]) -> bool:
    """Whether any cell of a row says something."""
    return any(cell is not None and cell != "" and str(cell).strip() for cell in row)
