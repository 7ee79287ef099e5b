"""The first half of the way: census, designation, criteria and the poor list."""

import re
from datetime import date
from pathlib import Path

from tests.journeys import census
from tests.journeys.meeting import PLACES, hold, sign
from tests.journeys.screen import PHONE, Screen, Ward

COUNTED = date(2003, 12, 1)
POSTED = date(2003, 12, 10)
OBJECT_UNTIL = "23 Desember 2003"  # fourteen days, the day of posting the first of them
RATIFIED = date(2003, 12, 27)
LIST = "Mengesahkan daftar keluarga miskin"


def count_the_households(ward: Ward, folder: Path) -> None:
    """The cadre fills the template, reads what is wrong, mends it, and stores the census."""
    cadre = ward("cadre", PHONE)
    cadre.sees("Kelurahan ini belum punya data keluarga")
    cadre.follow("Unggah sensus: Kelurahan ini belum punya data keluarga")
    template = cadre.download("Unduh templat", folder / "templat.xlsx")
    places = census.fill(template, folder / "sensus.xlsx", census.MISTAKES)
    _upload(cadre, folder / "sensus.xlsx")
    cadre.sees("Belum disimpan: ada sel yang salah")
    why = [
        "Tulis L untuk laki-laki, P untuk perempuan.",
        "Ini bukan tanggal. Tulis tanggal/bulan/tahun, misalnya 12/05/1975, atau tahunnya saja.",
        "NIK dan KK punya 16 angka, ini 11. Kosongkan sel bila nomornya tidak diketahui.",
        "Tulis ya atau tidak.",
    ]
    for (name, column, value), reason in zip(census.MISTAKES, why, strict=True):
        cadre.sees(f"{column}: {reason}")
        cadre.sees(f"Baris {places[name]} · {name} · di berkas: {value}")
    cadre.follow("Unggah berkas yang sudah diperbaiki")
    census.fill(template, folder / "sensus-baru.xlsx", [])
    _upload(cadre, folder / "sensus-baru.xlsx")
    cadre.sees("Tidak ada sel yang salah")
    [double] = cadre.table("Mungkin ganda")
    assert double["Nama"] == census.CHILD
    assert double["Mirip dengan"].startswith(census.TWIN)
    cadre.press("Simpan sensus")
    cadre.sees("Sensus sudah disimpan.", "12 keluarga dengan 14 anggota")


def _upload(cadre: Screen, path: Path) -> None:
    cadre.upload("Berkas sensus (XLSX, CSV, atau JSON Kobo)", path)
    cadre.fill("Tanggal pendataan", COUNTED)
    cadre.press("Periksa berkas")


def settle_the_double(ward: Ward) -> None:
    """The likely double is asked about in the RT: two children, not one."""
    cadre = ward("cadre")
    cadre.room("Keluarga")
    cadre.follow("Mungkin ganda")
    cadre.sees(census.CHILD, census.TWIN)
    cadre.press("Dua orang berbeda")
    cadre.sees("Tidak tampak yang ganda")


def designate_the_ward(ward: Ward) -> None:
    """The facilitator compares two wards, sees why one fits, and keeps the decision."""
    facilitator = ward("facilitator")
    facilitator.room("Hari ini")
    facilitator.follow("Tetapkan: Kelurahan belum ditetapkan")
    own, other = facilitator.card("Calon 1"), facilitator.card("Calon 2")
    assert facilitator.field("Keluarga", own).input_value() == "12"
    assert facilitator.field("Keluarga miskin", own).input_value() == "7"
    for one, programme in ((own, "tidak"), (other, "ya")):
        facilitator.choose("Perkotaan", "ya", one)
        facilitator.choose("Pernah mendapat program", programme, one)
    facilitator.fill("Kode", "32.71.01.1001", other)
    facilitator.fill("Kelurahan", "Batu Tulis", other)
    facilitator.fill("Keluarga", 200, other)
    facilitator.fill("Keluarga miskin", 12, other)
    facilitator.press("Bandingkan")
    fits, fails = facilitator.table("Calon lokasi")
    assert fits["Memenuhi"] == "memenuhi"
    assert fits["Bagian"].startswith("58,3 %")  # 7 of 12
    assert fails["Memenuhi"] == "tidak memenuhi"
    facilitator.fill("Nomor surat", "01/P2KP/2003")
    facilitator.fill("Diputuskan tanggal", COUNTED)
    facilitator.press("Simpan keputusan")
    facilitator.sees("Keputusan tersimpan beserta alasannya.", "Surat 01/P2KP/2003", "terpilih")


def write_down_the_criteria(ward: Ward) -> None:
    """The residents' signs of poverty, from the examples of the guideline."""
    facilitator = ward("facilitator")
    facilitator.room("Daftar miskin")
    facilitator.follow("Tuliskan kriteria")
    facilitator.press("Simpan sebagai versi baru")
    facilitator.sees("Kriteria sudah ditulis; rembug mengesahkannya.", "Makan dua kali sehari")


def draft_the_list(ward: Ward) -> None:
    """The cadre ticks, RT by RT, by which criteria each household is poor."""
    cadre = ward("cadre")
    cadre.room("Daftar miskin")
    cadre.follow("Mulai daftar")
    cadre.sees("Sensus menandai 7 dari 12 keluarga sebagai miskin.")
    cadre.press("Mulai rancangan")
    for place in PLACES:
        cadre.choose_containing("RT", place)
        cadre.press("Simpan dan tampilkan")
        for name in census.POOR:
            if cadre.card(name).count():
                cadre.tick("Makan dua kali sehari", cadre.card(name))
        cadre.press("Simpan RT ini")
    assert (cadre.figure("Keluarga dalam daftar"), cadre.figure("Tanpa kriteria")) == ("7", "0")


def post_the_list(ward: Ward) -> None:
    """Posted; ratifying it before the residents could object is refused."""
    cadre = ward("cadre")
    cadre.follow("Umumkan daftar")
    cadre.fill("Tanggal", POSTED)
    cadre.press("Umumkan daftar")
    cadre.sees("Daftar diumumkan; warga dapat menyanggah.")


def go_on_to(ward: Ward, day: date, words: str) -> None:
    """The ward's administrator moves the practice date on; ``words``: the day as it is written."""
    administrator = ward("ward-admin")
    administrator.banner("Pindahkan tanggal")
    administrator.fill("Hari yang dihitung sebagai hari ini", day)
    administrator.press("Pindahkan tanggal")
    administrator.sees(f"hari ini sekarang dihitung sebagai {words}")


def find_it_too_early_to_ratify(ward: Ward) -> None:
    """The residents meet before their neighbours could object: that meeting is not offered, and why is said."""
    facilitator = ward("facilitator")
    hold(facilitator, "Rembug warga", POSTED, census.HEADS, eligible=12)
    facilitator.sees("kuorum tercapai")
    facilitator.room("Daftar miskin")
    facilitator.follow("Sahkan daftar")
    facilitator.sees(OBJECT_UNTIL, "Belum ada rembug warga yang dapat mengesahkannya")
    assert facilitator.page.get_by_role("button", name="Sahkan", exact=True).count() == 0


def ratify_criteria_and_list(ward: Ward) -> None:
    """After the objection period: a meeting, its quorum, two decisions, minutes; then both hold."""
    facilitator = ward("facilitator")
    hold(facilitator, "Rembug warga", RATIFIED, census.HEADS, eligible=12)
    facilitator.sees("kuorum tercapai")
    for what in ("Sahkan kriteria", "Sahkan daftar"):
        facilitator.room("Daftar miskin")
        facilitator.follow(what)
        facilitator.follow(re.compile("Catat keputusan dalam rapat.*27 Desember 2003"))
        facilitator.press("Catat keputusan ini")
        facilitator.sees("Keputusan sudah dicatat.")
    sign(facilitator, census.HEADS[:2], RATIFIED)
    for what in ("Sahkan kriteria", "Sahkan daftar"):
        facilitator.room("Daftar miskin")
        facilitator.follow(what)
        facilitator.choose_containing("Rapat", "27 Desember 2003")
        facilitator.press("Sahkan")
    facilitator.sees("Daftar disahkan; keluarga di dalamnya terhitung miskin.")
    facilitator.room("Keluarga")
    assert facilitator.figure("Keluarga miskin") == "7"
