"""A census file to practise on: six households, with mistakes that the upload names and asks about."""

import io
from datetime import date

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from pendamping.households import queries as households

NAME = "sensus-latihan.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# family, RW, RT, name, sex, born, relation, work, poor
ROWS: tuple[tuple[str, str, str, str, str, object, str, str, str], ...] = (
    ("101", "01", "01", "Nining Latihan", "P", date(1979, 3, 12), "Kepala keluarga", "pedagang", "ya"),
    ("101", "", "", "Oding Latihan", "L", date(2004, 7, 1), "Anak", "", ""),
    ("102", "01", "02", "Parman Latihan", "L", "31/02/1980", "Kepala keluarga", "tukang", "tidak"),
    ("102", "", "", "Rukmini Latihan", "P", date(1983, 9, 9), "Istri", "", ""),
    ("103", "02", "01", "Sarip Latihan", "L", date(1971, 1, 20), "Kepala keluarga", "buruh", "ya"),
    ("103", "", "", "Tarsih Latihan", "", date(1974, 11, 5), "Istri", "", ""),
    ("104", "02", "02", "Ujang Latihan", "L", date(1985, 5, 17), "Kepala keluarga", "sopir", "tidak"),
    ("104", "", "", "Wiwin Latihan", "P", date(1988, 8, 8), "Kepala keluarga", "", ""),
    ("105", "02", "09", "Yayah Latihan", "P", date(1990, 2, 2), "Kepala keluarga", "pedagang", "ya"),
    ("106", "01", "01", "Zaenal Latihan", "L", date(1995, 6, 30), "Kepala keluarga", "buruh", "tidak"),
    ("106", "", "", "Entin Latihan", "P", date(1985, 6, 30), "Anak", "", ""),
)  # fmt: skip
""" 31 February, a missing sex and a second head must be mended; an RT that nobody has named yet and a child
older than its father are asked about."""


def workbook() -> bytes:
    """The template of the census with these rows in it, as XLSX, in the reader's language."""
    book = load_workbook(io.BytesIO(households.census_template(_)))
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    headings = ("No. keluarga", "RW", "RT", "Nama", "Jenis kelamin", "Tanggal lahir", "Hubungan",
                "Pekerjaan", "Miskin")  # fmt: skip
    for number, row in enumerate(ROWS, start=2):
        for heading, value in zip(headings, row, strict=True):
            if value:
                sheet.cell(row=number, column=places[heading], value=value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
