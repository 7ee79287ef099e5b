"""Indicators as workbooks: figures are numbers, days are days, what begins with = stays a text."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from pendamping.kernel import memory
from pendamping.monitoring import labels
from pendamping.monitoring.queries import Read, Reading
from pendamping.monitoring.rules import value

FIGURE = "0.0"


def indicators(ward: str, ward_name: str, on: date) -> bytes:
    """A ward's indicators: a sheet of the figures, one of their parts, one of the months."""
    with memory.remembering(look=True):
        reading = Reading(ward, on)
        names, found = labels.names(ward, on), reading.all()
        title = " · ".join([ward_name, labels.day(on)])
        book = Workbook()
        first = book.active
        first.title = _("Indicators")  # type: ignore[union-attr]
        fill(first, title, _head(), [_row(one, names, ward, on) for one in found])
        parts = [row for one in found for row in _parts(one, names, ward, on)]
        fill(book.create_sheet(_("Parts")), title, _parts_head(), parts)
        months = [row for one in found for row in _months(reading, one, names)]
        head = [_("Indicator"), _("Day"), _("Counted"), _("Out of"), _("Figure"), _("Counted in")]
        fill(book.create_sheet(_("Months")), title, head, months)
    return kept(book)


def _head() -> list[str]:
    return [_("Indicator"), _("Formula"), _("Counted"), _("Out of"), _("Figure"), _("Counted in"), _("Target"),
            _("State"), _("Records")]  # fmt: skip


def _parts_head() -> list[str]:
    return [
        _("Indicator"),
        _("Parted"),
        _("Which"),
        _("Counted"),
        _("Out of"),
        _("Figure"),
        _("Counted in"),
    ]


def number(part: int, whole: int, unit: str) -> float | None:
    """A figure as a workbook keeps it; empty where it cannot be worked out."""
    found = value(part, whole, unit)
    return None if found is None else float(found)


def unit(one: Read) -> str:
    """The unit of an indicator in words."""
    return "%" if one.aim.unit == "percent" else _("days")


def _row(one: Read, names: dict[str, str], ward: str, on: date) -> list[Any]:
    figure = one.figure
    return [
        names.get(one.aim.key, one.aim.key), labels.formula(ward, on, one.aim.key),
        figure.part if figure.whole else None, figure.whole or None,
        number(figure.part, figure.whole, one.aim.unit), unit(one), labels.target(one),
        str(labels.BANDS[one.band][0]), len(figure.records),
    ]  # fmt: skip


def _parts(one: Read, names: dict[str, str], ward: str, on: date) -> list[list[Any]]:
    rows = []
    for each in one.figure.parts:
        known = labels.part_names(ward, on, each.by)
        rows.append(
            [names.get(one.aim.key, one.aim.key), str(labels.BY[each.by]),
             str(known.get(each.key, each.key)), each.part, each.whole,
             number(each.part, each.whole, one.aim.unit), unit(one)]
        )  # fmt: skip
    return rows


def _months(reading: Reading, one: Read, names: dict[str, str]) -> list[list[Any]]:
    return [
        [names.get(one.aim.key, one.aim.key), day, each.part, each.whole,
         number(each.part, each.whole, one.aim.unit), unit(one)]
        for day, each in reading.over_months(one.aim.key)
        if each.whole
    ]  # fmt: skip


def fill(sheet: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A title, a head that stays in sight, and the rows."""
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=13)
    sheet.append([])
    sheet.append(list(head))
    for cell in sheet[3]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(14, len(str(cell.value)) + 2)
    sheet.column_dimensions["A"].width = 38
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # what begins with = stays a text
            elif isinstance(cell.value, float):
                cell.number_format = FIGURE
    sheet.freeze_panes = "B4"


def kept(book: Workbook) -> bytes:
    """A workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
