"""Twelve households of two RTs for the template of the census; everybody in them is made up."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

POOR = ["Contoh Aminah", "Contoh Budiarti", "Contoh Cahyani", "Contoh Darsono", "Contoh Endang",
        "Contoh Fatimah", "Contoh Gunawan"]  # fmt: skip
OTHERS = ["Contoh Hartati", "Contoh Irawan", "Contoh Jumadi", "Contoh Kartika", "Contoh Lestari"]
MEN = {"Contoh Darsono", "Contoh Gunawan", "Contoh Irawan", "Contoh Jumadi"}
HEADS = [*POOR, *OTHERS]
CHILD = "Contoh Bagus Setiawan"  # who is written twice, in two households, with one letter less
TWIN = "Contoh Bagus Setiawn"


def rows() -> list[dict[str, Any]]:
    """One row for each person, by the headings of the template; correct."""
    found = []
    for number, name in enumerate(HEADS, 1):
        man = name in MEN
        found.append(
            {
                "No. keluarga": str(number),
                "RW": "01",
                "RT": f"{number % 2 + 1:02d}",
                "Alamat": f"Gang Melati {number}",
                "Nama": name,
                "Jenis kelamin": "L" if man else "P",
                "Tanggal lahir": date(1960 + number, number, 10 + number),
                "Hubungan": "Kepala keluarga",
                "Pekerjaan": "berdagang",
                "Pendidikan": "SD",
                "Miskin": "ya" if name in POOR else "tidak",
            }
        )
        if number in {2, 9}:
            found.append(
                {"No. keluarga": str(number), "Nama": CHILD if number == 2 else TWIN,
                 "Jenis kelamin": "L", "Tanggal lahir": date(1992, 3, 4), "Hubungan": "Anak"}
            )  # fmt: skip
    return found


# what is written wrongly at first: (name, heading, value)
MISTAKES = [
    ("Contoh Cahyani", "Jenis kelamin", "X"),
    ("Contoh Endang", "Tanggal lahir", "31/02/1965"),
    ("Contoh Hartati", "NIK", "32710112345"),
    ("Contoh Kartika", "Miskin", "mungkin"),
]


def fill(template: Path, filled: Path, mistakes: list[tuple[str, str, str]]) -> dict[str, int]:
    """Write the rows into a copy of the template; returns the row of each person in the sheet."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    wrong = {(name, heading): value for name, heading, value in mistakes}
    places = {}
    for place, row in enumerate(rows(), 2):
        places[row["Nama"]] = place
        for heading, value in _with(row, wrong).items():
            sheet.cell(place, headings[heading], value)
    book.save(filled)
    return places


def _with(row: dict[str, Any], wrong: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    mine = {heading: value for (name, heading), value in wrong.items() if name == row["Nama"]}
    return {**row, **mine}
