"""Lists of dossiers that ran on paper, as workbooks or CSV: read, and the empty one to fill."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import python_calamine
from openpyxl import Workbook
from openpyxl.styles import Font

from pendamping.households.readers.xlsx import SHORT_LIST, Calamine, check_workbook
from pendamping.kernel import clock, signs
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.verification import guideline
from pendamping.verification.guideline import Rule
from pendamping.verification.rules import paper as rules

MOST_BYTES = 5_000_000
KIND_WORDS = {
    "proposal": ("usulan", "proposal"),
    "loan": ("pinjaman", "loan"),
    "tranche": ("termin", "tranche"),
    "report": ("lpj", "laporan", "report"),
}


def read(data: bytes, ward: str) -> tuple[str, list[dict[str, Any]], list[rules.Wrong]]:
    """The sheet's name, whole dossiers ready for ``actions.bring_in``, and every wrong cell."""
    sheet, table = _table(data)
    listed = list(table)
    refuse_if(signs.reasons("verification.paper.cell", sheet, listed))
    sheet, rows = signs.visible(sheet), iter(listed)
    head = next(rows, (1, []))
    at = rules.headings(head[1])
    missing = [rules.HEADINGS[key] for key in rules.NEEDED if key not in at]
    if missing:
        raise refuse(
            "verification.paper.headings",
            "The first row has no heading {columns}",
            columns=", ".join(missing),
        )
    today = clock.today()
    found, wrong = rules.read(rows, at, words(guideline.rule(ward, today)), today)
    for each in found:
        each["ward"] = ward
        each["ref"] = f"paper:{ward}:{each['number']}"
    return sheet, found, wrong


def words(rule: Rule) -> rules.Words:
    """What the list may say under this guideline: keys, and names in every language."""
    names: dict[str, dict[str, str]] = {}
    for section in ("verification_tiers", "verification_results", "verification_reasons"):
        names[section] = {}
        for key, entry in rule.raw[section].items():
            said = [key, *entry["name"].values(), *([entry["short"]] if "short" in entry else [])]
            names[section] |= {" ".join(text.lower().split()): key for text in said}
    kinds = [kind for chain in rule.chains.values() for kind in chain.dossiers]
    names["kinds"] = {word: kind for kind in kinds for word in (kind, *KIND_WORDS.get(kind, ()))}
    return rules.Words(rule.chains, rule.tiers, names)


def _table(data: bytes) -> tuple[str, Iterator[tuple[int, Sequence[Any]]]]:
    if len(data) > MOST_BYTES:
        raise _too_large()
    if data[:4] == b"PK\x03\x04":
        return _workbook(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or "\x00" in text:
        raise refuse(
            "verification.paper.text", "The file is neither a workbook nor a table in UTF-8"
        )
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        listed = list(islice(rows, rules.MOST_ROWS + 2))
    except csv.Error:
        raise refuse(
            "verification.paper.text", "The file is neither a workbook nor a table in UTF-8"
        ) from None
    if len(listed) > rules.MOST_ROWS + 1:
        raise _too_large()
    return "CSV", iter(list(enumerate(listed, 1)))


def _workbook(data: bytes) -> tuple[str, Iterator[tuple[int, Sequence[Any]]]]:
    check_workbook(data, SHORT_LIST)
    with Calamine():
        book = python_calamine.load_workbook(io.BytesIO(data))
        name = book.sheet_names[0]
        rows = book.get_sheet_by_name(name).to_python(
            skip_empty_area=False, nrows=rules.MOST_ROWS + 1
        )
    if len(rows) > rules.MOST_ROWS:
        raise _too_large()
    return name, iter(list(enumerate(rows, 1)))


def _too_large() -> Exception:
    return refuse(
        "verification.paper.large", "The list is larger than can be brought in at once; split it"
    )


EXAMPLE = (
    "1", "usulan", "Perbaikan jalan gang", "24.500.000", "05/07/2004", "UP", "05/07/2004",
    "10/07/2004", "Layak", "", "", "UPL",
)  # fmt: skip


def template() -> bytes:
    """The empty list, with one row as an example: a row for each stay in a tier."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Berkas"
    for rows, values in ((1, rules.HEADINGS.values()), (2, EXAMPLE)):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(rows, column, value)
            cell.number_format = "@"
            if rows == 1:
                cell.font = Font(bold=True)
                sheet.column_dimensions[cell.column_letter].width = max(len(value) + 4, 14)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
