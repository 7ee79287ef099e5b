"""A stage for tests of a fund that ran on paper: its old book as a workbook, worked out by hand.

The sums are those of docs/worked/opening.md.
"""

import io
from datetime import date

from openpyxl import Workbook

from pendamping.funds.upk import actions as upk
from pendamping.households import queries as residents
from tests import lending
from tests.gatherings import board_decides

LAST, TODAY = date(2004, 12, 31), date(2005, 1, 10)
BALANCES = {
    "11010": 650_000,
    "11021": 2_000_000,
    "11030": 2_550_000,
    "12010": 232_500,
    "12020": 600_000,
    "12021": 100_000,
    "21020": 500_000,
    "31010": 4_500_000,
    "32010": 467_500,
}
HEADINGS = {
    "Saldo": ("Kode", "Perkiraan", "Saldo"),
    "Pinjaman": (
        "No. pinjaman", "Nama KSM", "Tanggal cair", "Pokok pinjaman", "Jasa per bulan (%)",
        "Kali angsuran", "Tenggang (bulan)", "Pokok sudah dibayar", "Jasa sudah dibayar",
        "Kelebihan bayar", "Pinjaman ke",
    ),
    "Anggota": ("No. pinjaman", "Nama KSM", "Nama anggota", "RW", "RT", "Bagian pokok"),
    "Tabungan": ("Nama KSM", "Nama anggota", "RW", "RT", "Saldo tabungan"),
    "Inventaris": (
        "Nama barang", "Tanggal beli", "Harga beli", "Nilai sisa", "Umur (bulan)",
        "Sudah disusutkan",
    ),
}  # fmt: skip


def people(cast, number=8):
    """So many women of the ward, as (id, name)."""
    ids = lending.residents_of(cast, number)
    known = residents.persons(cast.ward, ids)
    return [(one, known[one].name) for one in ids]


def rows(names):
    """The old book of the worked example: five women of Mawar, three of Melati."""
    mawar, melati = names[:5], names[5:8]
    return {
        "Saldo": [(code, "", amount) for code, amount in BALANCES.items()],
        "Pinjaman": [
            ("1", "Mawar", date(2004, 5, 12), 2_500_000, 1.5, 10, 2, 1_000_000, 150_000, None, 1),
            ("2", "Melati", date(2004, 3, 10), 1_500_000, 1.5, 10, 2, 450_000, 67_500, None, 1),
        ],
        "Anggota": [
            *(("1", "Mawar", name, "", "", 500_000) for name in mawar),
            *(("2", "Melati", name, "", "", 500_000) for name in melati),
        ],
        "Tabungan": [("Mawar", "", "", "", 300_000), ("Melati", "", "", "", 200_000)],
        "Inventaris": [("Meja", date(2004, 3, 1), 600_000, 0, 60, 100_000)],
    }


def workbook(sheets, *, headings=HEADINGS, hidden=(), change=None):
    """The bytes of a workbook with these rows below the headings of the template."""
    book = Workbook()
    book.remove(book.active)
    for title, content in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(headings[title])
        for row in content:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def stage(cast, content, on=LAST, name="saldo.xlsx"):
    """The treasurer uploads a workbook."""
    return upk.stage_opening(
        by=cast.treasurer, ward=cast.ward, on=on, filename=name, content=content
    )


def confirm(cast, found, on=TODAY):
    """The treasurer hands it in, the board decides and another person confirms."""
    upk.propose_opening(by=cast.treasurer, ward=cast.ward)
    meeting = board_decides(cast, f"upk.confirm_opening:{found.id}", on=on)
    return upk.confirm_opening(by=cast.chair, ward=cast.ward, meeting_id=meeting)


def begin(cast, sheets=None, on=LAST):
    """A fund that has begun with the old book of the worked example."""
    sheets = sheets or rows([name for _, name in people(cast)])
    return confirm(cast, stage(cast, workbook(sheets), on))
