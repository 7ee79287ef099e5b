"""Workbooks that people download: the empty census template, and the list of wrong cells."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pendamping.kernel.refusal import N_, Translate

SHEET = "Anggota"
GUIDE = "Petunjuk"
# heading, width, what to write there; headings stay Indonesian, as on the family card
COLUMNS: Sequence[tuple[str, int, str]] = (
    ("No. keluarga", 12, N_("A number for each household. All its members have the same number.")),
    ("No. KK", 20, N_("16 digits of the family card. Leave empty if there is none yet.")),
    ("RW", 6, N_("Enough in the row of the head.")),
    ("RT", 6, N_("Enough in the row of the head.")),
    ("Alamat", 28, N_("Street and number. Enough in the row of the head.")),
    ("Nama", 28, N_("Full name of the person.")),
    (
        "NIK",
        20,
        N_(
            "16 digits. Leave empty if it is not known; do not invent one. Checked: digits 7 to 12 are the date of birth (day, month, year; women: day + 40), so they must agree with date of birth and sex."
        ),
    ),
    ("Jenis kelamin", 13, N_("L for male, P for female.")),
    ("Tanggal lahir", 14, N_("Day/month/year, such as 12/05/1975. Only the year is allowed.")),
    ("Umur", 7, N_("Only if the date of birth is not known.")),
    ("Hubungan", 18, N_("Exactly one Kepala keluarga in each household.")),
    ("Pekerjaan", 18, N_("What the person does for a living. May be empty.")),
    ("Pendidikan", 16, N_("Highest school. May be empty.")),
    ("Miskin", 9, N_("ya or tidak, for the whole household. Enough in the row of the head.")),
)
RELATIONS = (
    "Kepala keluarga",
    "Istri",
    "Suami",
    "Anak",
    "Menantu",
    "Cucu",
    "Orang tua",
    "Mertua",
    "Famili lain",
    "Pembantu",
    "Lainnya",
)
LISTS = {
    "Jenis kelamin": ("L", "P"),
    "Hubungan": RELATIONS,
    "Miskin": ("ya", "tidak"),
    "Pendidikan": ("Tidak sekolah", "SD", "SMP", "SMA", "Diploma", "Sarjana"),
}
TEXT_COLUMNS = ("No. keluarga", "No. KK", "RW", "RT", "NIK")
PREPARED_ROWS = 2000
_HEAD = PatternFill("solid", fgColor="FF0F5C4C")


def template(translate: Translate | None = None) -> bytes:
    """The census template: one row for each person, lists to choose from, a page of guidance."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _write_headings(sheet, [heading for heading, _, _ in COLUMNS])
    for position, (heading, width, _) in enumerate(COLUMNS, start=1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = width
        if heading in TEXT_COLUMNS:
            sheet.column_dimensions[letter].number_format = "@"
            for row in range(2, PREPARED_ROWS + 2):
                sheet.cell(row, position).number_format = "@"
        if heading in LISTS:
            _offer(sheet, letter, LISTS[heading], strict=heading != "Pendidikan")
    _write_guide(book.create_sheet(GUIDE), translate or str)
    return _bytes(book)


def _write_headings(sheet: Worksheet, headings: Sequence[str]) -> None:
    for position, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, position, heading)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = _HEAD
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, letter: str, choices: Sequence[str], *, strict: bool) -> None:
    rule = DataValidation(
        type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=strict
    )
    rule.add(f"{letter}2:{letter}{PREPARED_ROWS + 1}")
    sheet.add_data_validation(rule)


def _write_guide(sheet: Worksheet, say: Translate) -> None:
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 90
    sheet["A1"] = say(N_("How to fill the list"))
    sheet["A1"].font = Font(bold=True, size=14)
    intro = N_(
        "One row for each person, on the first sheet. Begin each household with its head. "
        "Nothing is stored before you have seen what is wrong and have confirmed."
    )
    sheet["A2"] = say(intro)
    for row, (heading, _, meaning) in enumerate(COLUMNS, start=4):
        sheet.cell(row, 1, heading).font = Font(bold=True)
        sheet.cell(row, 2, say(meaning)).alignment = Alignment(wrap_text=True)


ERROR_HEADINGS = (N_("Sheet"), N_("Row"), N_("Column"), N_("Value"), N_("Reason"))


def findings_workbook(
    findings: Iterable[Mapping[str, Any]], translate: Translate | None = None
) -> bytes:
    """The wrong cells as a workbook; values stay text, whatever they begin with."""
    say = translate or str
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Periksa"
    _write_headings(sheet, [say(heading) for heading in ERROR_HEADINGS])
    for letter, width in zip("ABCDE", (16, 8, 22, 30, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    for number, row in enumerate(_rows(findings), start=2):
        for position, value in enumerate(row, start=1):
            cell = sheet.cell(number, position)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a value that begins with = is no formula here
    return _bytes(book)


def findings_csv(findings: Iterable[Mapping[str, Any]], translate: Translate | None = None) -> str:
    """The wrong cells as CSV; what a spreadsheet would take for a formula is made harmless."""
    say = translate or str
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([say(heading) for heading in ERROR_HEADINGS])
    writer.writerows([_harmless(value) for value in row] for row in _rows(findings))
    return text.getvalue()


def _rows(findings: Iterable[Mapping[str, Any]]) -> Iterable[list[Any]]:
    for each in findings:
        yield [each["sheet"], each["row"], each["column"], each["value"], each["reason"]]


def _harmless(value: Any) -> Any:
    risky = isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{value}" if risky else value


def _bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
