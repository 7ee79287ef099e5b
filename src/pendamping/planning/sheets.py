"""The plan as a workbook: a sheet of the programme, one for each year, one of the money, one of what waits."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from pendamping.planning.document import Document, Row

_HEAD = PatternFill("solid", fgColor="FF0F5C4C")
RUPIAH = '"Rp" #,##0'
WIDTHS = {1: 5, 2: 20, 3: 38}


def plan(found: Document, ward_name: str) -> bytes:
    """A version as XLSX; amounts are numbers, so that they add up in the workbook."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = _("Programme")
    said = [[found.title], [ward_name]]
    _fill(first, _head(found, year=True), [_line(found, n, one, year=True) for n, one in enumerate(found.planned(), 1)], said)  # fmt: skip
    for number, year in found.years.items():
        rows = [_line(found, n, one) for n, one in enumerate(found.planned(number), 1)]
        above = [[_("Annual plan (Renta) %(year)s") % {"year": year}], [ward_name]]
        _fill(book.create_sheet(f"Renta {year}"), _head(found), rows, above)
    money = [
        [year, *(found.sums[number][key] for key in found.sources), found.of_year(number)]
        for number, year in found.years.items()
    ]
    _fill(book.create_sheet(_("Money")), [_("Year"), *found.sources.values(), _("Together")], money)
    waiting = [
        [n, found.components.get(one.component, one.component), one.title, one.place, one.cost,
         one.excluded or one.because]
        for n, one in enumerate([*found.carried, *found.left_out], 1)
    ]  # fmt: skip
    head = ["No.", _("Component"), _("Need"), _("Where"), _("Cost"), _("Why not")]
    _fill(book.create_sheet(_("Carried forward")), head, waiting)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(found: Document, year: bool = False) -> list[str]:
    return [
        "No.", _("Component"), _("Need"), _("Where"), _("Asked by"), _("Volume"),
        *([_("Year")] if year else []), *found.sources.values(), _("Cost"),
    ]  # fmt: skip


def _line(found: Document, number: int, one: Row, year: bool = False) -> list[Any]:
    return [
        number, found.components.get(one.component, one.component), one.title, one.place,
        one.asked_by, one.volume, *([one.year] if year else []),
        *(one.sources.get(key, 0) for key in found.sources), one.cost,
    ]  # fmt: skip


def _fill(
    sheet: Any,
    head: Sequence[str],
    rows: Iterable[Sequence[Any]],
    above: Sequence[Sequence[str]] = (),
) -> None:
    for line in [*above, []] if above else []:
        sheet.append(list(line))
    sheet.append(list(head))
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
    for row in rows:
        sheet.append([_safe(value) for value in row])
    for column in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(column, 18)
    for line in sheet.iter_rows():
        for cell in line[1:]:
            if isinstance(cell.value, int):
                cell.number_format = RUPIAH


def _safe(value: Any) -> Any:
    """A text is never a formula, whatever somebody typed."""
    return (
        f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
    )
