"""The second half of the way: a group, its savings, its loan, its instalments, the loan book."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from tests.journeys import census
from tests.journeys.meeting import hold, sign
from tests.journeys.screen import Screen, Ward

FORMED = date(2004, 1, 20)
SAVED = (date(2004, 2, 10), date(2004, 3, 10), date(2004, 4, 10))
APPLIED = date(2004, 5, 6)
APPROVED = date(2004, 5, 9)
PAID_OUT = date(2004, 5, 12)
GROUP = "KSM Contoh Melati"
MEMBERS = census.POOR[:5]
OUTSIDER = census.OTHERS[0]
BOARD = census.HEADS[5:]  # seven of nine
OFFICES = ("ketua", "sekretaris", "bendahara")
INSTALMENTS = (
    (date(2004, 8, 12), "287.500"),
    (date(2004, 9, 12), "287.500"),
    (date(2004, 10, 12), "200.000"),
)
READ = date(2004, 11, 15)
TRAININGS = ("Pinjaman bergulir", "Kewirausahaan", "Pengembangan ekonomi rumah tangga (PERT)")


def open_the_books(ward: Ward) -> None:
    """The treasurer opens the books and enters the programme's capital."""
    treasurer = ward("treasurer")
    treasurer.follow("Buka pembukuan: Pembukuan belum dibuka")
    treasurer.fill("Hari pertama pembukuan", date(2004, 1, 2))
    treasurer.press("Buka pembukuan")
    treasurer.follow("Tulis bukti")
    treasurer.follow("Uang masuk (A)")
    treasurer.choose_containing("Masuk ke", "Kas")
    treasurer.choose_containing("Asalnya (lawannya)", "Modal")
    treasurer.fill("Jumlah", "50.000.000")
    treasurer.fill("Tanggal", FORMED)
    treasurer.fill("Keterangan", "Modal dana bergulir")
    treasurer.press("Catat dalam pembukuan")
    treasurer.sees("Benarkah Rp 50.000.000?", "Belum ada yang dibukukan")
    treasurer.press("Tetap catat")
    treasurer.sees("Bukti sudah dicatat dalam pembukuan.", "Rp 50.000.000")


def form_a_group(ward: Ward) -> None:
    """Four members, one of them not on the list, no pledge: refused. Five with the pledge: formed."""
    facilitator = ward("facilitator")
    hold(facilitator, "Rapat KSM", FORMED, [*MEMBERS, OUTSIDER])
    _open_the_form(facilitator)
    facilitator.follow(re.compile("^Catat keputusan"))
    facilitator.press("Catat keputusan ini")
    sign(facilitator, MEMBERS[:2], FORMED)
    _open_the_form(facilitator)
    facilitator.fill("Nama kelompok", GROUP)
    facilitator.fill("Pernyataan tanggung renteng ditandatangani pada", "")
    _members(facilitator, [OUTSIDER, *MEMBERS[:3]], signed=False)
    facilitator.press("Bentuk kelompok ini")
    assert facilitator.reasons() == [
        "Kelompok beranggota 4; perlu paling sedikit 5.",
        f"{OUTSIDER} tidak tercantum dalam daftar keluarga miskin.",
        "Pernyataan tanggung renteng tertulis belum ada.",
    ]
    assert facilitator.field("Nama kelompok").input_value() == GROUP
    facilitator.untick("Anggota", facilitator.card(OUTSIDER))
    facilitator.fill("Pernyataan tanggung renteng ditandatangani pada", FORMED)
    _members(facilitator, MEMBERS, signed=True)
    facilitator.press("Bentuk kelompok ini")
    facilitator.sees(f"{GROUP} terbentuk.", "20 Januari 2004")
    assert facilitator.figure("Anggota") == "5"
    assert MEMBERS[0] in facilitator.paper("Cetak pernyataan")


def _open_the_form(facilitator: Screen) -> None:
    facilitator.room("Hari ini")
    facilitator.follow("Bentuk kelompok: Belum ada kelompok")
    facilitator.follow(re.compile("^Pilih pertemuan"))


def _members(screen: Screen, names: Sequence[str], *, signed: bool) -> None:
    for name, office in zip_longest(names, OFFICES, fillvalue="anggota"):
        card = screen.card(name)
        screen.tick("Anggota", card)
        screen.choose("Peran", office, card)
        if signed:
            screen.tick("Sudah menandatangani pernyataan", card)


def refuse_to_lend_too_early(ward: Ward) -> None:
    """The new group asks for too much, before it has saved, trained and kept books."""
    cadre = ward("cadre")
    _ask(cadre, FORMED, {MEMBERS[0]: "600.000"})
    assert cadre.reasons() == [
        f"{MEMBERS[0]} mengajukan Rp 600.000; pinjaman pertama paling banyak Rp 500.000 per anggota.",
        "Sampai 20 Januari 2004 kelompok belum pernah menabung; syaratnya 3 bulan berturut-turut.",
        *(f"Pelatihan “{topic}” belum diikuti." for topic in TRAININGS),
        "Kelompok belum memiliki pembukuan sendiri.",
    ]


def _ask(screen: Screen, on: date, amounts: dict[str, str]) -> None:
    screen.room("Pinjaman")
    screen.follow("Catat pengajuan")
    screen.follow(f"Pilih: {GROUP}")
    screen.fill("Tanggal pengajuan", on)
    for name in MEMBERS:
        screen.fill(f"Jumlah untuk {name}", amounts.get(name, "500.000"))
        screen.fill(f"Usaha {name}", "warung sayur")
    screen.press("Catat pengajuan ini")


def save_for_three_months(ward: Ward) -> None:
    """The treasurer enters what the group put by in February, March and April."""
    treasurer = ward("treasurer")
    treasurer.room("Pembukuan")
    treasurer.follow("Tabungan")
    treasurer.follow(GROUP)
    for day in SAVED:
        treasurer.fill("Jumlah", "25.000")
        treasurer.fill("Tanggal", day)
        treasurer.press("Catat")
        treasurer.sees("Benarkah tanggal", "Itu")  # an earlier month: asked once more
        treasurer.press("Tetap catat")
        treasurer.sees("Sudah dicatat: kuitansi")
        treasurer.follow("Kembali ke kartu")
    assert treasurer.figure("Tabungan") == "Rp 75.000"
    assert treasurer.figure("Bulan berturut-turut") == "3"


def train_and_keep_books(ward: Ward) -> None:
    """The three trainings and the group's own books, on the group's page."""
    facilitator = ward("facilitator")
    facilitator.room("Kelompok")
    facilitator.follow(GROUP)
    for what in (*TRAININGS, "Pembukuan kelompok diperiksa"):
        facilitator.unfold("Catat pelatihan atau pemeriksaan pembukuan")
        facilitator.choose_containing("Apa", what)
        facilitator.fill("Tanggal", date(2004, 4, 24))
        facilitator.press("Catat langkah")
        facilitator.sees("Langkah tersimpan.")


def lend(ward: Ward) -> None:
    """Applied by the cadre, approved by the board, paid out by the treasurer on 12 May 2004."""
    cadre = ward("cadre")
    _ask(cadre, APPLIED, {})
    cadre.sees(
        "Pengajuan sudah dicatat; berikutnya BKM memutuskan dan para anggota menandatangani.",
        "Rp 2.500.000",
    )
    decide_in_the_board(ward)
    treasurer = ward("treasurer")
    _sign(treasurer)
    treasurer.room("Hari ini")
    treasurer.follow(re.compile("^Cairkan"))
    treasurer.unfold("Cairkan Rp 2.500.000")
    treasurer.fill("Tanggal pencairan", PAID_OUT)
    treasurer.press("Cairkan Rp 2.500.000")
    treasurer.sees("Pinjaman sudah cair dan tercatat dalam pembukuan.")
    rows = treasurer.table("Angsuran")
    assert (rows[0]["Jatuh tempo"], rows[0]["Pokok"], rows[0]["Jasa"]) == (
        "12 Agu 2004", "Rp 250.000", "Rp 37.500",
    )  # fmt: skip
    assert rows[9]["Jatuh tempo"] == "12 Mei 2005"


def decide_in_the_board(ward: Ward) -> None:
    """Nobody approves alone: the board meets, decides and signs; then its decision is carried out."""
    chair = ward("chair")
    _open_the_application(chair)
    chair.sees("Belum ada rapat yang memutuskan permohonan ini")
    hold(chair, "Rapat anggota BKM", APPROVED, BOARD, eligible=9)
    chair.sees("kuorum tercapai", "7/9")
    _open_the_application(chair)
    chair.unfold("Keputusan ini belum dicatat di rapatnya?")
    chair.follow(re.compile("^Catat keputusan dalam rapat"))
    chair.press("Catat keputusan ini")
    sign(chair, BOARD[:2], APPROVED)
    _open_the_application(chair)
    chair.unfold("Setujui pinjaman")
    chair.fill("Tanggal keputusan", APPROVED, chair.sheet("Setujui pinjaman"))
    chair.press("Setujui pinjaman")
    chair.sees("Pinjaman disetujui.")


def _open_the_application(chair: Screen) -> None:
    chair.room("Hari ini")
    chair.follow(re.compile(f"{GROUP} mengajukan"))


def _sign(treasurer: Screen) -> None:
    """Before the money leaves every member signs for her own part, and her family agrees."""
    treasurer.room("Pinjaman")
    treasurer.follow(re.compile(GROUP))
    treasurer.sees("Berikutnya: tanda tangan")
    treasurer.follow("Catat tanda tangan")
    treasurer.fill("Ditandatangani tanggal", PAID_OUT)
    treasurer.fill("Saksi penandatanganan", "Contoh kader")
    for name in MEMBERS:
        card = treasurer.card(name)
        treasurer.tick(f"{name} menandatangani sendiri", card)
        treasurer.fill("Siapa dari keluarga yang setuju", "Suami", card)
    treasurer.press("Catat tanda tangan")
    treasurer.room("Hari ini")


def take_three_instalments(ward: Ward) -> None:
    """In full in August and September, short in October; each with its receipt, then the card."""
    treasurer = ward("treasurer")
    treasurer.room("Pinjaman")
    treasurer.follow(re.compile(GROUP))
    for day, amount in INSTALMENTS:
        treasurer.follow("Terima angsuran")
        treasurer.fill("Diterima tanggal", day)
        treasurer.fill("Uang yang diterima", amount)
        treasurer.wait_for(f"Rp {amount} yang diterima")
        treasurer.press("Terima pembayaran")
        treasurer.sees("Benarkah diterima", "Hari ini 15 November 2004.")  # they are entered late
        treasurer.press(re.compile(f"Ya, Rp {amount} memang diterima"))
        treasurer.sees("Diterima: kuitansi")
        number = treasurer.heading().removeprefix("Kuitansi ")
        receipt = treasurer.paper("Cetak kuitansi")
        assert number in receipt
        assert GROUP in receipt
        assert f"Rp {amount}" in receipt
        treasurer.crumb(1)
    card = treasurer.paper("Kartu pinjaman")
    assert GROUP in card
    assert "Rp 287.500" in card
    assert "Rp 200.000" in card


def read_the_loan_book(ward: Ward) -> None:
    """On 15 November 2004, as a treasurer counts it by hand.

    Lent 2.500.000, so 250.000 of principal and 37.500 of service each month from 12 August on. Four
    instalments are due. Paid: 287.500 + 287.500, and of 200.000 first 37.500 of service, then 162.500
    of principal: 662.500 of principal and 112.500 of service in all.

    Left: 2.500.000 - 662.500 = 1.837.500. In arrears: 1.000.000 - 662.500 = 337.500 of principal and
    150.000 - 112.500 = 37.500 of service, 375.000 in all. The third instalment is not whole and the
    fourth is not paid: two behind, since 12 October, 34 days, class 2; fewer than three, so not at risk.
    """
    chair = ward("chair")
    chair.room("Pinjaman")
    chair.unfold("Lainnya: tunggakan")
    chair.follow("Buku pinjaman")
    chair.sees("Pada akhir 15 November 2004")
    [row] = chair.table("Tiap pinjaman per 15 November 2004")
    assert GROUP in row["Pinjaman"]
    assert (row["Sisa pokok"], row["Tunggakan"]) == ("Rp 1.837.500", "Rp 375.000")
    assert (row["Menunggak"], row["Hari lewat tempo"]) == ("2", "34")
    assert row["Kolektibilitas"] == "2 perhatian khusus"
    assert chair.figure("Sisa pokok") == "Rp 1.837.500"
    assert chair.figure("Tunggakan: sudah lewat harinya") == "Rp 375.000"
    chair.sees("Rp 1.150.000", "Rp 775.000", "di antaranya pokok Rp 337.500")
