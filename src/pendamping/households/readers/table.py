"""A table as a file gives it, before any rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pendamping.households.rules.columns import Columns, find_header, is_label_row, match

Row = tuple[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its headings matched to fields, its rows with their numbers in the file."""

    sheet: str
    header_row: int
    columns: Columns
    rows: list[Row]


def table_of(sheet: str, rows: list[Row]) -> Table | None:
    """Find the headings and cut them off; ``None`` where no row names two known columns."""
    found = find_header([row for _, row in rows[:25]])
    if found is None:
        return None
    number, headings = rows[found]
    columns = match(headings)
    body = rows[found + 1 :]
    if body and is_label_row(columns.headings, body[0][1]):
        body = body[1:]
    return Table(sheet, number, columns, rows_with_content(columns, body))


def rows_with_content(columns: Columns, rows: Iterable[Row]) -> list[Row]:
    """The rows that say something in a known column."""
    known = sorted(columns.at.values())
    return [row for row in rows if has_content(row[1][at] for at in known if at < len(row[1]))]


def has_content(row: Iterable[Any]) -> bool:
    """Whether any cell of a row says something."""
    return any(cell is not None and cell != "" and str(cell).strip() for cell in row)
