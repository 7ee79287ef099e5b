"""A meeting from its call to its signed minutes, by the screen."""

from collections.abc import Sequence
from datetime import date

from tests.journeys.screen import Screen

PLACES = ("RT 01 RW 01", "RT 02 RW 01")
PLACE = "Balai RW 01"


def hold(screen: Screen, kind: str, on: date, who: Sequence[str], eligible: int = 0) -> None:
    """Record a meeting of a kind and tick on its roll who came; ends on the meeting's page.

    ``eligible``: how many may decide, where the quorum asks for it.
    """
    screen.room("Rapat")
    screen.follow("Undang rapat")
    screen.choose("Jenis rapat", kind)
    if kind == "Rapat KSM":
        screen.choose("Untuk KSM yang mana?", "KSM yang akan dibentuk dalam rapat ini")
    screen.fill("Tanggal", on)
    screen.fill("Tempat", PLACE)
    screen.press("Catat rapat")
    screen.follow("Isi daftar hadir")
    for place in PLACES:
        screen.choose("RT", place)
        screen.wait_for_boxes(place)
        for name in who:
            screen.tick_if_there(name)
        screen.press("Masukkan ke daftar hadir")
    if eligible:
        screen.fill("Jumlah yang berhak memutuskan", eligible)
        screen.press("Simpan")
    screen.follow("Selesai")


def decide(screen: Screen, text: str) -> None:
    """Record what an open meeting decided, by consensus."""
    screen.follow("Catat keputusan")
    screen.fill("Apa yang diputuskan", text)
    screen.press("Catat keputusan ini")
    screen.sees("Keputusan sudah dicatat.", text)


def sign(screen: Screen, signers: Sequence[str], on: date) -> None:
    """Enter who signed the minutes; the meeting is closed."""
    screen.follow("Berita acara")
    screen.fill("Ditandatangani oleh", "\n".join(signers))
    screen.fill("Ditandatangani tanggal", on)
    screen.press("Simpan berita acara yang sudah ditandatangani")
    screen.sees("Berita acara sudah ditandatangani; rapat ditutup.")
