"""The ledger in the archive: sums by year and account for everybody, every line for the board's own safe."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from pendamping.funds.ledger import queries as ledger

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
RUPIAH = "#,##0"


def yearly(ward: str, rows: Rows) -> tuple[list[str], list[list[Any]]]:
    """Heading and rows: what came into and went out of each account in each year; no word that anybody typed."""
    years = {one["id"]: one["on"].year for one in rows["entries"]}
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in rows["lines"]:
        sums[years[line["entry"]], line["account"]][line["amount"] < 0] += abs(line["amount"])
    names = _names(ward)
    head = [_("Year"), _("Account"), _("Name of the account"), _("Debit (Rp)"), _("Credit (Rp)")]
    return head, [
        [year, code, names.get(code, ""), *both] for (year, code), both in sorted(sums.items())
    ]


def every_line(ward: str, rows: Rows) -> tuple[list[str], list[list[Any]]]:
    """Heading and rows: the journal, line by line, as it was entered."""
    entries, names = {one["id"]: one for one in rows["entries"]}, _names(ward)
    head = [_("Day"), _("Entered on"), _("Entry"), _("Kind"), _("What for"), _("Account"), _("Name of the account"), _("Debit (Rp)"), _("Credit (Rp)")]  # fmt: skip
    said = []
    for line in rows["lines"]:
        entry, amount = entries[line["entry"]], line["amount"]
        said.append([
            entry["on"], entry["entered_on"], entry["id"], entry["kind"], entry.get("narration") or "", line["account"],
            names.get(line["account"], ""), max(amount, 0), max(-amount, 0),
        ])  # fmt: skip
    return head, sorted(said, key=lambda one: (one[0], one[2], one[5]))


def _names(ward: str) -> dict[str, str]:
    return {one.code: one.name for one in ledger.accounts(ward, None)}


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The table as text; words that a table program would take for a formula begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    risky = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if risky else value


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as a workbook; sums are numbers, days are days."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Ledger"))
    from openpyxl.cell import WriteOnlyCell

    first = []
    for name in head:
        cell = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        first.append(cell)
    sheet.append(first)
    for row in rows:
        sheet.append([_cell(one) for one in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
