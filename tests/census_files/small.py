"""Small census files for tests: a right one, and what may be wrong with one cell."""

import csv
import io
from collections.abc import Mapping, Sequence

HEADINGS = [
    "No. keluarga", "No. KK", "RW", "RT", "Alamat", "Nama", "NIK", "Jenis kelamin",
    "Tanggal lahir", "Umur", "Hubungan", "Pekerjaan", "Pendidikan", "Miskin",
]  # fmt: skip

# Plainly fictional people; the numbers are made as NIKs are made.
RIGHT: list[list[str]] = [
    ["1", "3271011203050011", "05", "02", "Gang A 1", "Contoh Darman", "3271011205700001", "L", "12/05/1970", "", "Kepala keluarga", "buruh", "SD", "ya"],
    ["1", "", "", "", "", "Contoh Wiwin", "3271015003740002", "P", "10/03/1974", "", "Istri", "", "SD", ""],
    ["1", "", "", "", "", "Contoh Sekar", "", "P", "01/02/2001", "", "Anak", "", "", ""],
    ["2", "belum ada", "5", "2", "Gang A 2", "Misal Ratmi", "-", "P", "1948", "", "kepala keluarga", "", "", "tidak"],
    ["3", "", "06", "01", "Gang B 7", "Umpama Basir", "0000000000000000", "L", "", "41", "KK", "", "", "tidak"],
    ["3", "", "", "", "", "Umpama Lela", "", "P", "", "38", "istri", "", "", ""],
]  # fmt: skip


def changed(row: int, **cells: str) -> list[list[str]]:
    """The right rows with cells of one row (0 is the first person) replaced, by heading word."""
    found = [list(each) for each in RIGHT]
    for word, value in cells.items():
        at = next(i for i, h in enumerate(HEADINGS) if h.lower().endswith(word.replace("_", " ")))
        found[row][at] = value
    return found


def as_csv(
    rows: Sequence[Sequence[str]] = RIGHT,
    headings: Sequence[str] = HEADINGS,
    *,
    separator: str = ",",
    encoding: str = "utf-8",
) -> bytes:
    """The rows as CSV bytes."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def many(households: int, first: int = 1) -> bytes:
    """A ward's worth of households of three, as CSV."""
    rows = []
    for number in range(first, first + households):
        poor = "ya" if number % 5 == 0 else "tidak"
        rw, rt = f"{number % 12 + 1:02d}", f"{number % 4 + 1:02d}"
        name = word(number)
        people: Sequence[Mapping[str, str]] = (
            {"n": f"Darto {name}", "s": "L", "b": str(1950 + number % 30), "h": "kepala keluarga"},
            {"n": f"Lasmi {name}", "s": "P", "b": str(1955 + number % 30), "h": "istri"},
            {"n": f"Tole {name}", "s": "L", "b": str(1990 + number % 10), "h": "anak"},
        )
        for each in people:
            rows.append(
                [str(number), "", rw, rt, f"Gang {number}", each["n"], "", each["s"], each["b"],
                 "", each["h"], "", "", poor]
            )  # fmt: skip
    return as_csv(rows)


def word(number: int) -> str:
    """A made-up name that differs for each number."""
    found = ""
    for _ in range(4):
        number, rest = divmod(number, 20)
        found += "bacadafagahajakalamanaparasatawayazabedo"[rest * 2 : rest * 2 + 2]
    return found.capitalize()
