"""An opening workbook's file as sheets of cells; what could harm is refused before it is opened."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import python_calamine

from pendamping.funds.upk.rules.opening import cells
from pendamping.funds.upk.rules.opening.sheets import Sheet
from pendamping.households.readers.formulas import without_result
from pendamping.households.readers.xlsx import SHORT_LIST, Calamine, check_workbook, is_workbook
from pendamping.kernel import signs
from pendamping.kernel.refusal import Refusal, refuse, refuse_if

LARGEST_BYTES = 5_000_000
MOST_ROWS, MOST_COLUMNS = 5_000, 40
MOST_JOINED = 20_000


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets of a workbook. Raises ``Refusal`` for a file that is empty, too large or none."""
    if not content.strip():
        raise refuse("upk.file.empty", "The file is empty.", where={"field": "file"})
    if len(content) > LARGEST_BYTES:
        raise refuse("upk.file.large", "The file is too large.", where={"field": "file"})
    if not is_workbook(content):
        raise refuse(
            "upk.opening.file",
            "This is no workbook; fill in the template and upload it as .xlsx.",
            where={"field": "file"},
        )
    check_workbook(content, SHORT_LIST)
    refuse_if(without_result(content, "upk.file.formula"))
    with Calamine():
        book = python_calamine.load_workbook(io.BytesIO(content))
        return [_sheet(book, meta) for meta in book.sheets_metadata if _is_sheet(meta)]


def _is_sheet(meta: Any) -> bool:
    return bool(meta.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _sheet(book: Any, meta: Any) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
    rows = [list(row[:MOST_COLUMNS]) for row in sheet.to_python(skip_empty_area=False)]
    while rows and all(cells.is_empty(cell) for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise refuse(
            "upk.file.rows",
            "The file has more than {most} rows; upload it in parts.",
            most=MOST_ROWS,
            where={"field": "file"},
        )
    refuse_if(signs.reasons("upk.opening.cell", meta.name, enumerate(rows, start=1)))
    _fill_down(rows, sheet.merged_cell_ranges or ())
    return Sheet(signs.visible(meta.name), rows, hidden)


def _fill_down(rows: list[list[Any]], merged: Sequence[Any]) -> None:
    """A name that is written once in cells joined over several rows stands in each of them.

    No two joined ranges of a workbook overlap; a file whose ranges cover more than its cells is refused.
    """
    if len(merged) > MOST_JOINED:
        raise _joined()
    joined = {(top, left, min(bottom, len(rows) - 1)) for (top, left), (bottom, _right) in merged}
    if sum(max(0, bottom - top) for top, _left, bottom in joined) > len(rows) * MOST_COLUMNS:
        raise _joined()
    for top, left, bottom in sorted(joined):
        if top >= len(rows) or left >= len(rows[top]):
            continue
        said = rows[top][left]
        if not isinstance(said, str) or not any(sign.isalpha() for sign in said):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = said


def _joined() -> Refusal:
    return refuse(
        "upk.file.joined",
        "The workbook has far more joined cells than a list needs. Copy the list into a fresh template "
        "and try again.",
        where={"field": "file"},
    )


def kept(sheets: list[Sheet]) -> list[dict[str, Any]]:
    """The cells as they are stored until the fund begins."""
    return [
        {"name": one.name, "hidden": one.hidden, "rows": [[_cell(cell) for cell in row] for row in one.rows]}
        for one in sheets
    ]  # fmt: skip


def _cell(cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return cell if isinstance(cell, int | float | bool) else cells.text(cell)[:200]


def as_sheets(stored: list[dict[str, Any]]) -> list[Sheet]:
    """The sheets again, from what is stored."""
    return [Sheet(one["name"], one["rows"], one["hidden"]) for one in stored]
