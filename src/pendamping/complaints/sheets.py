"""The register of complaints as a workbook: a sheet of the complaints, one of the months; nobody's name."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from pendamping.complaints import labels, queries
from pendamping.complaints.rules import by_month
from pendamping.kernel import clock

RUPIAH = '"Rp" #,##0'


def register(lines: Sequence[queries.Line], ward: str, ward_name: str, year: int) -> bytes:
    """The register of a year as XLSX; days and amounts are days and numbers."""
    today = clock.today()
    names = {
        part: labels.names(ward, part, today) for part in ("channels", "kinds", "scopes", "levels")
    }
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = _("Complaints")
    head = ["No.", _("Received"), _("Entered"), _("How it came"), _("Kind"), _("Scope"), _("What it is about"),
            _("Level"), _("State"), _("Overdue"), _("Answered on"), _("Closed on"), _("Confirmed"),
            _("Opened again"), _("Amount"), _("Came back")]  # fmt: skip
    _fill(
        first,
        " · ".join([_("Register of complaints"), str(year), ward_name]),
        head,
        [_row(one, names) for one in lines],
    )
    columns = [_("Month"), _("Received"), _("Closed"), _("Confirmed"), _("Opened again"), _("Overdue"),
               _("Amount"), _("Came back")]  # fmt: skip
    rows = queries.rows(ward, date(year, 1, 1), date(year, 12, 31))
    months = [
        [labels.month(key), one.received, one.closed, one.confirmed, one.reopened, one.overdue,
         one.alleged_amount, one.recovered_amount]
        for key, one in reversed(by_month(rows).items())
    ]  # fmt: skip
    _fill(book.create_sheet(_("Months")), f"{year} · {ward_name}", columns, months)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(line: queries.Line, names: dict[str, dict[str, str]]) -> list[Any]:
    one = line.complaint

    def said(part: str, key: str) -> str:
        return names[part].get(key, key)

    return [
        labels.number(one), one.received_on, one.entered_on, said("channels", one.channel),
        said("kinds", one.kind), said("scopes", one.scope), one.subject or str(labels.ABOUT[one.about]),
        said("levels", line.stands.level), labels.status(one)[0],
        _("yes") if line.stands.overdue else _("no"), one.answered_on, one.closed_on,
        _("yes") if one.confirmed else _("no"), one.reopened, one.amount, one.recovered,
    ]  # fmt: skip


def _fill(sheet: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=13)
    sheet.append([])
    sheet.append(list(head))
    for cell in sheet[3]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 2)
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # what begins with = stays a text
        for cell in sheet[sheet.max_row][-2:]:
            cell.number_format = RUPIAH
    sheet.freeze_panes = "B4"
