"""A month in a treasurer's life: May 2005 of the case, from an instalment to the printed close.

The treasurer takes and counts the cash; the book-keeper lays the bank beside the book and closes. On SQLite
in ``make test``, on PostgreSQL too in ``make prove``; the long journey is walked on both each time.
"""

import re
from datetime import date

import pytest

from pendamping.demo.people import PASSWORD
from tests.closing import in_pieces
from tests.journeys.prepared import on_postgres
from tests.journeys.screen import LAPTOP, PHONE, Screen, numbers
from tests.journeys.site import serving

if on_postgres():
    pytestmark = pytest.mark.prove

LAST, AFTER = date(2005, 5, 31), date(2005, 6, 3)
STATEMENT = (
    "Tanggal;Uraian;Debet;Kredit;Saldo\n"
    "13/05/2005;Setoran tunai;;1.000.000,00;1.000.000,00\n"
    "31/05/2005;Bunga;;2.500,00;1.002.500,00\n"
)


@pytest.fixture
def people(browser, tmp_path):
    """The case on a server of its own: who is called gets a browser."""
    opened = []

    def call(username, size=LAPTOP):
        page = browser.new_context(viewport=size, accept_downloads=True).new_page()
        opened.append(page)
        return Screen(page, site.url, username, PASSWORD)

    with serving(tmp_path / "site", "empang") as site:
        yield call
        for page in opened:
            page.context.close()


def test_a_month_in_a_treasurers_life(people, tmp_path):
    treasurer = people("upk")
    take_a_sheet(treasurer)
    write_vouchers(treasurer)
    move_the_day(people("admin"))
    look_at_what_is_missing(treasurer)
    count_the_cash(treasurer)
    keeper = people("pembukuan")
    set_the_reserve_aside(keeper)
    lay_the_bank_beside_the_book(keeper, tmp_path)
    coordinator = people("bkm", PHONE)
    see_that_april_comes_first(keeper)
    approve(coordinator, "April 2005")
    close_the_month(keeper)
    approve(coordinator, "Mei 2005")
    read_the_printed_close(treasurer)


def take_a_sheet(treasurer):
    """The first group that still owes this month's instalment pays it on its sheet."""
    treasurer.room("Pinjaman")
    treasurer.follow("Hari setoran")
    treasurer.tick(re.compile(r"tagihan: Rp"))
    treasurer.press("Isi lembar setoran")
    treasurer.press("Jumlahkan")
    treasurer.sees("Hitung uangnya")
    treasurer.press("Uangnya cocok, bukukan")
    treasurer.sees("Lembar")


def write_vouchers(treasurer):
    """Transport is paid, and a million taken to the bank."""
    for kind, sides, other, amount, what in (
        ("Uang keluar (B)", ("Dibayar dari", "Untuk apa (lawannya)"), "Transpor", "75.000",
         "Transpor penagihan"),
        ("Pemindahan (C)", ("Dari akun", "Ke akun"), "Bank UPK", "1.000.000", "Setor ke bank"),
    ):  # fmt: skip
        treasurer.room("Pembukuan")
        treasurer.follow("Tulis bukti")
        treasurer.follow(kind)
        treasurer.choose_containing(sides[0], "Kas")
        treasurer.choose_containing(sides[1], other)
        treasurer.fill("Jumlah", amount)
        treasurer.fill("Keterangan", what)
        treasurer.press("Catat dalam pembukuan")
        treasurer.sees("Bukti sudah dicatat dalam pembukuan.")


def move_the_day(administrator):
    administrator.banner("Pindahkan tanggal")
    administrator.fill("Hari yang dihitung sebagai hari ini", AFTER)
    administrator.press("Pindahkan tanggal")
    administrator.sees("hari ini sekarang dihitung sebagai 3 Juni 2005")


def look_at_what_is_missing(treasurer):
    treasurer.room("Pembukuan")
    treasurer.follow("Tutup buku")
    treasurer.follow("Buka daftar periksa")
    assert treasurer.heading() == "Tutup buku Mei 2005"
    treasurer.sees(
        "Kas belum dihitung untuk akhir hari 31 Mei 2005.",
        "Cadangan bulan ini belum disisihkan.",
        "Bank UPK: belum ada rekening koran sampai 31 Mei 2005.",
    )


def set_the_reserve_aside(keeper):
    keeper.room("Pembukuan")
    keeper.follow("Tutup buku")
    keeper.follow("Buka daftar periksa")
    keeper.follow("Sisihkan cadangan")
    keeper.press("Bentuk cadangan Mei 2005")
    keeper.sees("Belum ada yang dibukukan")
    keeper.press("Ya, bukukan")


def lay_the_bank_beside_the_book(keeper, folder):
    """The deposit is matched by itself; the interest is entered by one press."""
    file = folder / "mei.csv"
    file.write_text(STATEMENT, encoding="utf-8")
    keeper.room("Pembukuan")
    keeper.follow("Tutup buku")
    keeper.follow("Rekening koran")
    keeper.choose_containing("Rekening yang mana", "Bank UPK")
    keeper.upload("Rekening koran (OFX, MT940, XLSX, XLS atau CSV)", file)
    keeper.press("Unggah rekening koran")
    keeper.sees("Terbaca: 2 baris", "Saldo awal Rp 0, saldo akhir Rp 1.002.500.")
    keeper.press("Masukkan")
    keeper.sees("Belum cocok", "Bunga")
    keeper.press("Bunga bank")
    keeper.sees("Sudah cocok")
    assert "1.002.500" in keeper.paper("Cetak")


def count_the_cash(treasurer):
    """Note by note, before the supervisor; the books are shown once something is counted, and a note is missed."""
    treasurer.room("Pembukuan")
    treasurer.follow("Tutup buku")
    treasurer.follow("Hitung kas")
    treasurer.fill("Tanggal", LAST)
    treasurer.press("Tampilkan")
    assert not re.search(r"Menurut buku Rp", treasurer.read())
    treasurer.fill(note(100_000), 1)
    treasurer.press("Jumlahkan dan bandingkan dengan buku")
    [said] = re.findall(r"Menurut buku (Rp [\d.]+)", treasurer.read())
    pieces = in_pieces(numbers([said])[0])
    for value, number in pieces.items():
        treasurer.fill(note(value), number)
    treasurer.sees(f"Terhitung di kotak kas {said}", "Selisih Rp 0")  # added up while one types
    treasurer.fill(note(100_000), pieces[100_000] - 1)
    treasurer.sees("Selisih -Rp 100.000")
    treasurer.fill("Disaksikan oleh", "Contoh Pengawas")
    treasurer.press("Simpan hitungan")
    assert "tulis alasan selisih" in " ".join(treasurer.reasons())
    treasurer.fill(note(100_000), pieces[100_000])
    treasurer.press("Simpan hitungan")
    treasurer.sees("Hitungan tersimpan.")
    assert said.removeprefix("Rp ") in treasurer.paper("Cetak")


def note(value):
    """The label of a note or coin; its space does not break."""
    return re.compile(rf"^Rp\s{value:,}\s*$".replace(",", r"\."))


def close_the_month(keeper):
    keeper.room("Pembukuan")
    keeper.follow("Tutup buku")
    keeper.follow("Buka daftar periksa")
    keeper.press("Tutup buku Mei 2005")
    keeper.sees("Bulan sudah ditutup.", "ditutup, menunggu BKM")


def see_that_april_comes_first(keeper):
    keeper.room("Pembukuan")
    keeper.follow("Tutup buku")
    keeper.follow("Buka daftar periksa")
    keeper.sees("30 April 2005")
    assert keeper.page.get_by_role("button", name="Tutup buku Mei 2005").count() == 0


def approve(coordinator, month):
    coordinator.room("Pembukuan")
    coordinator.follow("Tutup buku")
    coordinator.follow(month)
    coordinator.press("Setujui tutup buku")
    coordinator.sees("disetujui", "Disetujui oleh Contoh Koordinator")


def read_the_printed_close(treasurer):
    treasurer.room("Pembukuan")
    treasurer.follow("Tutup buku")
    treasurer.follow("Mei 2005")
    close = treasurer.paper("Cetak berita acara")
    for said in ("Mei 2005", "Contoh Pembukuan", "Contoh Koordinator", "Neraca percobaan", "LAR"):
        assert said in close
