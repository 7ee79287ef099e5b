"""The accountability report (LPJ) as a workbook: a sheet of the windows, one of the budgets, one of the cash."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from pendamping.funds.grants import labels
from pendamping.funds.grants.drafting import Draft, GrantDraft

_HEAD = PatternFill("solid", fgColor="FF0F5C4C")
RUPIAH = '"Rp" #,##0'


def report(found: Draft, ward_name: str) -> bytes:
    """The report of a tranche as XLSX; amounts are numbers, so that they add up in the workbook."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = _("Windows")
    above = [*_above(found, ward_name), [], [labels.windows_title(found.on)]]
    _fill(first, labels.windows_head(), labels.windows_rows(found), above=above)
    for title, head, rows in (_budget(found), _cash_books(found), _uses(found)):
        _fill(book.create_sheet(title), head, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


Sheet = tuple[str, list[str], list[list[Any]]]


def _above(found: Draft, ward_name: str) -> list[list[Any]]:
    return [
        [_("Accountability report (LPJ)"), found.tranche.code],
        [ward_name, date_format(found.on, "j F Y")],
        [_("Amount"), found.tranche.amount],
        [_("Used of this tranche"), found.use.part],
        [_("Residents' own part"), found.own.part, found.own.whole],
    ]


def _budget(found: Draft) -> Sheet:
    head = [_("Work"), _("Line of the budget"), _("Planned"), _("Spent")]
    rows = [
        [one.grant.code, line.what, line.planned, line.spent]
        for one in found.grants
        for line in one.lines
    ]
    return _("Budget"), head, rows


def _cash_books(found: Draft) -> Sheet:
    head = [_("Work"), _("Voucher"), _("Day"), _("What"), _("In"), _("Out"), _("Balance")]
    rows = [_cash(one, each, held) for one in found.grants for each, held in one.cash]
    return _("Cash book"), head, rows


def _uses(found: Draft) -> Sheet:
    head = [
        _("Voucher"), _("Day"), _("Window"), _("What"), _("Amount"), _("Of this tranche"),
        _("Reason"),
    ]  # fmt: skip
    rows: list[list[Any]] = [
        [each.voucher, each.on, one.window, labels.what(each), each.amount, one.part, each.why]
        for one, each in ((one, one.movement) for one in found.uses)
    ]
    return _("Used"), head, [*rows, [_("Total"), None, None, None, None, found.use.part, None]]


def _cash(one: GrantDraft, each: Any, held: int) -> list[Any]:
    paid = each.kind == "paid"
    what = each.what or labels.movement(each.kind)
    amounts = (each.amount, None) if paid else (None, each.amount)
    return [one.grant.code, each.voucher, each.on, what, *amounts, held]


def _fill(
    sheet: Any,
    head: Sequence[str],
    rows: Iterable[Sequence[Any]],
    above: Iterable[Sequence[Any]] = (),
) -> None:
    lines = [list(line) for line in above]
    for line in [*lines, []] if lines else []:
        sheet.append(line)
    sheet.append(list(head))
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
    for row in rows:
        sheet.append([_safe(value) for value in row])
    _dress(sheet, len(head))


def _dress(sheet: Any, columns: int) -> None:
    """Columns wide enough to read, whole numbers as rupiah."""
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, int):
                cell.number_format = RUPIAH


def _safe(value: Any) -> Any:
    """A text is never a formula, whatever somebody typed."""
    return (
        f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
    )
