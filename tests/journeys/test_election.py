"""An election by the screen, from the RTs to the board: each sheet typed by two, a tie, a run-off, the seats."""

import json
import re
from datetime import date

import pytest

from tests.journeys.screen import PHONE, Screen
from tests.journeys.site import serving

pytestmark = pytest.mark.prove  # every sheet is typed twice: a quarter of a minute
RT_DAY, AGAIN, WARD_DAY = date(2004, 1, 18), date(2004, 1, 20), date(2004, 1, 25)
TERM = date(2004, 2, 1)
TIED = ("2", "2", "4", "3", "0")  # the third and fourth of RT 01 are equal
CLEAR = ("4", "3", "2", "0", "0")
BOARD = ("9", "8", "4", "3", "3", "3", "2", "2", "2", "0", "0", "0")


@pytest.fixture
def stage(tmp_path):
    with serving(tmp_path / "home") as running:
        assert json.loads(running.module("tests.journeys.hamlet"))["ward"]
        yield running


def type_sheet(screen, station, votes, voters, women):
    """What one person types from the sheet of a station; ends on the station's page."""
    screen.room("BKM")
    screen.follow("Pemilihan BKM")
    screen.follow(station)
    screen.fill("Pemilih yang menandatangani daftar", voters)
    screen.fill("di antaranya perempuan", women)
    screen.fill("Surat suara sah di kotak", voters)
    for label in ("Surat suara tidak sah di kotak", "Surat suara rusak dan diganti"):
        screen.fill(label, 0)
    screen.fill("Surat suara tersisa", 1)
    for place, number in enumerate(votes, 1):
        screen.page.fill(f"#votes-{place}", number)
    screen.press("Simpan hitungan ini")


def count(people, station, votes, voters=5, women=3):
    """Two people type the same sheet; the second makes the station done."""
    cadre, facilitator = people
    type_sheet(cadre, station, votes, voters, women)
    cadre.sees("Tersimpan. Sekarang orang kedua mengetik lembar yang sama.")
    type_sheet(facilitator, station, votes, voters, women)
    facilitator.sees("Dua orang mengetik sama: TPS ini selesai.")


def close(screen):
    screen.crumb(1)
    screen.follow("Tutup penghitungan")
    screen.fill("Saksi", "Saksi Satu\nSaksi Dua")
    screen.press("Tutup penghitungan")


def open_vote(screen, on):
    screen.room("BKM")
    screen.follow("Pemilihan BKM")
    screen.fill("Hari pemungutan suara", on)
    screen.press("Buka pemungutan suara")


def test_a_board_is_elected_from_the_rts_over_a_tie_to_its_seats(stage, browser):
    phone, laptop = browser.new_context(viewport=PHONE), browser.new_context()
    cadre = Screen(phone.new_page(), stage.url, "cadre")
    facilitator = Screen(laptop.new_page(), stage.url, "facilitator")
    people = (cadre, facilitator)
    facilitator.room("BKM")
    facilitator.follow("Siapkan pemilihan")
    facilitator.fill("Kursi yang diisi", 9)
    facilitator.fill("Hari pemungutan suara pertama", RT_DAY)
    facilitator.fill("Masa bakti mulai", TERM)
    facilitator.press("Siapkan pemilihan")
    for number in range(1, 5):
        station = f"{number}. RT {number:02d} RW 01"
        count(people, station, TIED if number == 1 else CLEAR)
    close(facilitator)
    facilitator.sees("sama pada kursi terakhir")
    open_vote(facilitator, AGAIN)
    count(people, "1. RT 01 RW 01", ("3", "2"))
    close(facilitator)
    open_vote(facilitator, WARD_DAY)
    count(people, re.compile("^1. "), BOARD, voters=12, women=9)
    close(facilitator)
    facilitator.sees("terpilih")
    assert json.loads(stage.module("tests.journeys.hamlet", "confirm"))["delegates"] == "12"
    facilitator.room("BKM")
    facilitator.follow("Pemilihan BKM")
    facilitator.follow("Lantik BKM")
    facilitator.press("Lantik BKM")
    facilitator.sees("BKM dilantik.")
    seated = facilitator.table("Terpilih, bertugas sejak 1 Februari 2004")
    assert len(seated) == 9 and all(row["Sampai"].endswith("2007") for row in seated)
    cadre.room("BKM")
    cadre.sees(seated[0]["Nama"])
    phone.close()
    laptop.close()
