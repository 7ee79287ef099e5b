"""A table as a file gives it, before any rule."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pendamping.households.rules.columns import Columns, find_header, is_label_row, match

Row = tuple[int, list[Any]]
AMONG = 25  # the headings are looked for among so many first rows


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below the headings that say something in a known column; may be gone through again."""

    source: Iterable[Row]  # every row of the sheet, anew each time
    columns: Columns
    skip: int = 0

    def __iter__(self) -> Iterator[Row]:
        known = sorted(self.columns.at.values())
        for row in islice(self.source, self.skip, None):
            cells = row[1]
            if has_content(cells[at] for at in known if at < len(cells)):
                yield row


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
    first = list(islice(rows, AMONG + 1))
    found = find_header([row for _, row in first[:AMONG]])
    if found is None:
        return None
    number, headings = first[found]
    columns = match(headings)
    skip = found + 1
    if len(first) > skip and is_label_row(columns.headings, first[skip][1]):
        skip += 1
    if len(first) > skip and _only_numbers_columns(first[skip][1]):
        skip += 1
    return Table(sheet, number, columns, Body(rows, columns, skip))


def _only_numbers_columns(row: list[Any]) -> bool:
    """Whether a row only counts the columns, ``1 2 3`` or ``(1) (2) (3)``, as printed forms do."""
    said = [str(cell).strip("() ").removesuffix(".0") for cell in row]
    said = [cell for cell in said if cell]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]


def has_content(row: Iterable[Any]) -> bool:
    """Whether any cell of a row says something."""
    return any(cell is not None and cell != "" and str(cell).strip() for cell in row)
