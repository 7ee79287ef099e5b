"""The empty workbook of a complaint book: one sheet to fill, one that explains."""

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from pendamping.complaints.importing import HEADINGS
from pendamping.kernel.refusal import N_, Translate

SHEET, GUIDE = "Pengaduan", "Petunjuk"
_HEAD = PatternFill("solid", fgColor="FF0F5C4C")
MEANING: Mapping[str, str] = {
    "number": N_("The number in your book. Each stands once; it says later which row is here already."),
    "received_on": N_("The day on which the complaint came in, such as 3/5/2004."),
    "channel": N_("As the guideline names it: Tatap muka, Buku pengaduan, Telepon … Empty: Buku pengaduan."),
    "kind": N_("Informatif or Masalah. Empty: Masalah."),
    "about": N_("What it is about, in the words of the form for complaints. Empty: something else."),
    "subject": N_("A few words for the register, which is printed: names nobody."),
    "text": N_("What happened."),
    "hope": N_("What is hoped for. May be empty."),
    "misuse": N_("ya where money is said to be misused; then the amount is needed."),
    "amount": N_("Whole rupiah, where money is meant."),
    "recovered": N_("Whole rupiah that came back, at most the amount."),
    "due_on": N_("The day by which it was to be answered, where your book says so. Empty: by the guideline."),
    "answered_on": N_("Empty where it is not answered yet."),
    "answer": N_("What was answered; the complainant may read it."),
    "closed_on": N_("Empty where it is not settled yet."),
    "confirmed": N_("ya where the complainant said that it is settled."),
    "name": N_("May be empty: a complaint needs no name. It is kept apart and shown to nobody without a reason."),
    "contact": N_("Phone or other contact of who complains. May be empty."),
    "address": N_("Address of who complains. May be empty."),
    "sex": N_("L or P. May be empty."),
    "against": N_("Whom it is about. Those neither see nor handle it."),
}  # fmt: skip
_WIDE = {"text": 44, "answer": 36, "subject": 28, "name": 24, "address": 24}
DAYS = ("received_on", "due_on", "answered_on", "closed_on")
PREPARED_ROWS = 300


def template(translate: Translate) -> bytes:
    """The empty workbook; headings stay Indonesian, as in the complaint book."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    guide = book.create_sheet(GUIDE)
    for at, (name, heading) in enumerate(HEADINGS.items(), start=1):
        cell = sheet.cell(1, at, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = _WIDE.get(name, 15)
        if name in DAYS:
            for row in range(2, PREPARED_ROWS + 2):
                sheet.cell(row, at).number_format = "dd/mm/yyyy"
        guide.cell(at, 1, heading).font = Font(bold=True)
        guide.cell(at, 2, translate(MEANING[name])).alignment = Alignment(wrap_text=True)
    sheet.freeze_panes = "B2"
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 20, 90
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
