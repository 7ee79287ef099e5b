"""What residents of Empang complained about, made up: settled, silent, joined, open, and gone up by the clock."""

from datetime import date
from typing import Any

from pendamping.complaints import actions
from pendamping.demo.case import Case
from pendamping.demo.grant import meet_by_heads
from pendamping.kernel import clock

NAMED = {
    "name": "Warga Contoh Pelapor",
    "contact": "0812-0000-0000",
    "address": "Gang Contoh, RW 02",
}


class Ward:
    """Who does what to the complaints of the case, each on its day."""

    def __init__(self, case: Case) -> None:
        self.case, self.taken = case, 0

    def receive(self, on: date, by: str, about: str, text: str, **more: Any) -> Any:
        """A complaint comes in; ``by``: the login that writes it down, ``""`` where nobody does."""
        self.taken += 1
        told = {
            "channel": "face_to_face", "kind": "problem", "scope": "administrative",
            "request_id": f"empang-{self.taken}", **more,
        }  # fmt: skip
        with clock.at(on):
            return actions.receive(
                by=self.case.actor(by) if by else self.case.system, ward=self.case.ward,
                received_on=on, about=about, text=text, **told,
            )  # fmt: skip

    def act(self, on: date, by: str, verb: str, one: Any, **told: Any) -> None:
        """A step on a complaint."""
        who = self.case.actor(by) if by else self.case.system
        with clock.at(on):
            getattr(actions, verb)(by=who, ward=self.case.ward, complaint_id=one.id, **told)


def complain(case: Case) -> None:
    """Nine complaints from June 2004 to the tenth instalment."""
    ward = Ward(case)
    _settled(ward)
    _misuse(ward)
    _silent(ward)
    _running(ward)


def _settled(ward: Ward) -> None:
    one = ward.receive(date(2004, 9, 6), "kader", "works", "Saluran di RW 08 tersumbat sisa adukan.",
                       subject="Saluran RW 08 tersumbat", person=NAMED, sex="P")  # fmt: skip
    ward.act(date(2004, 9, 7), "bkm", "acknowledge", one, text="Kami periksa bersama panitia.")
    ward.act(date(2004, 9, 10), "pendamping", "answer", one, text="Sisa adukan sudah diangkat.")
    ward.act(date(2004, 9, 13), "", "reopen", one, why="Di ujung gang masih tersumbat.")
    ward.act(date(2004, 9, 15), "pendamping", "answer", one, text="Ujung gang sudah dibersihkan.")
    ward.act(date(2004, 9, 18), "", "confirm", one)


def _misuse(ward: Ward) -> None:
    """Money for cement: the board's meeting decides the answer; the money comes back."""
    on, met = date(2004, 10, 4), date(2004, 10, 11)
    one = ward.receive(on, "bkm", "group", "Uang pembelian semen tidak sesuai nota.", channel="letter",
                       scope="financial", misuse=True, amount=450_000, subject="Nota semen tidak sesuai")  # fmt: skip
    ward.act(on, "bkm", "acknowledge", one, text="Akan dibahas dalam rapat BKM.")
    text = "Jawaban atas pengaduan nota semen: selisih dikembalikan ke kas panitia"
    meeting = meet_by_heads(ward.case, "board", met, [(f"complaints.answer:{one.id}", text)])
    ward.act(met, "bkm", "answer", one, text="Selisih Rp 450.000 dikembalikan.", meeting_id=meeting)
    ward.act(date(2004, 10, 14), "sekretariat", "record_recovered", one, amount=450_000,
             text="Diterima Sekretariat, kas panitia RW 08")  # fmt: skip
    ward.act(date(2004, 10, 20), "", "confirm", one)


def _silent(ward: Ward) -> None:
    one = ward.receive(date(2005, 1, 10), "", "loan", "Kapan pinjaman tahap kedua dibuka?",
                       channel="website", kind="informative")  # fmt: skip
    ward.act(
        date(2005, 1, 12), "pendamping", "answer", one, text="Dibuka bila tunggakan di bawah batas."
    )
    ward.act(
        date(2005, 2, 2),
        "pendamping",
        "close",
        one,
        why="Pelapor tanpa kontak; jawaban ditempel di papan.",
    )


def _running(ward: Ward) -> None:
    climbed = ward.receive(date(2005, 4, 11), "kader", "government", "Surat keterangan usaha belum juga keluar.",
                           subject="Surat keterangan usaha", person=NAMED, sex="L")  # fmt: skip
    ward.act(
        date(2005, 4, 12), "bkm", "acknowledge", climbed, text="Ditanyakan ke kantor kelurahan."
    )
    boxed = ward.receive(date(2005, 5, 4), "sekretariat", "unit", "Loket UPK sering tutup pada jam layanan.",
                         channel="box", subject="Jam layanan UPK")  # fmt: skip
    ward.act(date(2005, 5, 6), "bkm", "acknowledge", boxed, text="Jadwal petugas ditinjau.")
    waits = ward.receive(date(2005, 5, 2), "kader", "list", "Keluarga saya tidak ada di daftar.", channel="book",
                         subject="Keberatan atas daftar", sex="P")  # fmt: skip
    ward.act(
        date(2005, 5, 9),
        "pendamping",
        "answer",
        waits,
        text="Dibahas dalam tinjauan daftar bulan Juni.",
    )
    lamp = ward.receive(date(2005, 5, 10), "", "works", "Lampu jalan di RW 05 padam sejak minggu lalu.",
                        channel="info_board")  # fmt: skip
    again = ward.receive(
        date(2005, 5, 11), "kader", "works", "Jalan RW 05 gelap.", subject="Lampu jalan RW 05"
    )
    ward.act(date(2005, 5, 11), "bkm", "join", again, to=lamp.id, why="Lampu yang sama.")
    ward.receive(
        date(2005, 5, 12),
        "",
        "facilitator",
        "Pendamping jarang hadir di pertemuan RT.",
        channel="website",
    )
