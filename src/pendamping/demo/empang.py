"""The case as a list of dated steps, from the designation of the ward to the tenth instalment."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pendamping.access import actions as access
from pendamping.access import queries as access_read
from pendamping.demo import (
    accompanying,
    board,
    bodies,
    cadres,
    candidates,
    census,
    closing,
    community,
    complaining,
    cycle,
    fund_health,
    funds,
    grant,
    groups,
    handing,
    interviews,
    joint,
    needs,
    plan,
    poster,
    scorecards,
    studying,
    tiers,
)
from pendamping.demo.case import Case
from pendamping.demo.people import BOOK_KEEPER, LOGINS, PASSWORD, Login, loaded
from pendamping.demo.steps import Step, run
from pendamping.kernel import clock, ids
from pendamping.kernel.refusal import Reason, refuse_if
from pendamping.targeting import actions as targeting
from pendamping.territory import actions as territory
from pendamping.territory import queries as territory_read

START, END = date(2003, 11, 13), date(2005, 5, 13)


def load(progress: Callable[[str], None], by: Any = None) -> dict[str, Any]:
    """Bring the case up to date; returns the ward and the keys of the steps that were done.

    ``by``: who loads it (default: the system account); its deeds are those of its own people.
    Refuses a server that somebody works on: the case comes with logins that everybody knows.
    """
    case = Case()
    refuse_if(in_the_way())
    with clock.at(START), ids.seeded("empang/ward"):
        _open(case)
    did = run(STEPS, case, progress, by or case.system)
    return {"ward": case.ward, "steps": did}


def in_the_way() -> list[Reason]:
    """Why the case may not come onto this server; nothing where it is here already."""
    if loaded():
        return []
    found = []
    real = [ward for ward in territory_read.wards([""]) if ward.practice_today is None]
    if real:
        found.append(
            Reason(
                "demo.real_wards",
                "This server has wards of real life, {ward} among them. The case brings an administrator "
                "whose password everybody knows: load it on a server of its own (PENDAMPING_HOME)",
                {"ward": f"{real[0].name} ({real[0].code})"},
            )
        )
    if people := access_read.how_many():
        found.append(
            Reason(
                "demo.real_people",
                "People log in to this server already ({count}). The case brings an administrator "
                "whose password everybody knows: load it on a server of its own (PENDAMPING_HOME)",
                {"count": people},
            )
        )
    return found


def _open(case: Case) -> None:
    """The ward takes part as a practice ward, whose clock stands at the tenth instalment."""
    if territory_read.ward(case.ward) is None:
        territory.open_ward(
            by=case.system,
            code=case.ward,
            programme_start=START,
            programme_end=END,
            practice_today=funds.TODAY,
        )


def people(case: Case) -> None:
    """RTs of the ward, and one login for each role; the book-keeper comes at the end of the case."""
    where = census.as_csv("empang")[1]
    territory.add_neighbourhoods(
        by=case.system, ward=case.ward, pairs=[(place.rw, place.rt) for place in where]
    )
    _invite(case, [login for login in LOGINS if login.username != BOOK_KEEPER])


def second_officer(case: Case) -> None:
    """A book-keeper joins the treasurer: bank, reserve and close are theirs from now on (handbook 2.4)."""
    _invite(case, [login for login in LOGINS if login.username == BOOK_KEEPER])


def _invite(case: Case, logins: list[Login]) -> None:
    for login in logins:
        access.invite(
            by=case.system,
            ward=login.area,
            username=login.username,
            name=login.name,
            role=login.role,
        )
    names = [login.username for login in logins]
    access.set_same_password(by=case.system, usernames=names, password=PASSWORD)


def designate(case: Case) -> None:
    """Empang is chosen among the wards of its district."""
    targeting.designate_ward(
        by=case.actor("pusat"),
        ward=case.ward,
        candidates=candidates.of_the_district(),
        chosen=[case.ward],
        letter_no="414/01/P2KP/2003",
        decided_on=START,
        note=candidates.NOTE,
    )


STEPS = [
    Step("people", START, "RT, RW dan orang-orangnya", people),
    Step("designation", START, "Penetapan kelurahan", designate),
    Step("orientation", date(2003, 12, 2), "Sosialisasi di setiap RW", community.orient),
    Step("census", date(2003, 12, 16), "Pendataan 3.448 keluarga", community.import_census),
    Step("readiness", date(2003, 12, 21), "Rembug Kesiapan Masyarakat", community.accept_programme),
    Step("poor-list", date(2004, 1, 25), "Daftar keluarga miskin disahkan", community.decide_list),
    Step("groups", date(2004, 2, 6), "Pembentukan 24 KSM", groups.form_groups),
    Step("board", board.TERM, "BKM dipilih dari 60 RT", board.elect),
    Step("training", date(2004, 5, 2), "Pelatihan KSM", funds.train),
    Step("books", date(2004, 5, 10), "UPK membuka pembukuan", funds.open_books),
    Step("saving", date(2004, 5, 11), "Tabungan KSM", funds.save),
    Step("lending", funds.PAID_OUT, "Pinjaman dicairkan 12 Mei 2004", funds.lend),
    Step("signatures", funds.PAID_OUT, "Tanda tangan setiap anggota", funds.sign_all),
    Step("repayment", funds.TODAY, "Angsuran sampai 12 Mei 2005", funds.repay),
    Step("joint-liability", funds.TODAY, "Tanggung renteng di dua KSM", joint.cover),
    Step("collection", funds.TODAY, "Penagihan dua KSM", joint.collect),
    Step("costs", funds.TODAY, "Biaya UPK tiap bulan", fund_health.spend),
    Step("rescheduling", funds.TODAY, "Satu pinjaman dijadwal ulang", fund_health.reschedule),
    Step("needs", funds.TODAY, "Usulan per RT dan pemungutan suara", needs.ask_and_vote),
    Step("plan", funds.TODAY, "PJM Pronangkis dari usulan warga, dua proposal", plan.run),
    Step("bodies", funds.TODAY, "UPK, UPL, UPS, sekretariat, pengawas, KPP", bodies.appoint),
    Step("grant", funds.TODAY, "Dana BLM: termin, gang, saluran, LPJ", grant.run),
    Step("reserve", funds.TODAY, "Cadangan risiko tiap bulan", fund_health.set_aside),
    Step("closes", funds.TODAY, "Buku ditutup tiap bulan, laba 2004 dibagi", closing.close_months),
    Step("health", funds.TODAY, "Kartu kesehatan tiap bulan", fund_health.take_cards),
    Step("stop-lifted", funds.TODAY, "BKM mencabut penundaan pinjaman", fund_health.lift),
    Step("board-papers", funds.TODAY, "Akta BKM, satu anggota diganti", board.found),
    Step("kin", funds.TODAY, "Hubungan kerabat yang dinyatakan", bodies.declare_kin),
    Step("group-login", funds.TODAY, "Akun pengurus satu KSM", groups.entrust),
    Step("dossiers", funds.TODAY, "Berkas melalui tingkat verifikasi", tiers.examine),
    Step("logbook", funds.TODAY, "Catatan harian pendamping", accompanying.log),
    Step("cadres", funds.TODAY, "Kader: bergabung, kegiatan, tugas lanjutan", cadres.gather),
    Step("cycle", funds.TODAY, "Tahap siklus: rencana dan kenyataan", cycle.keep),
    Step("complaints", funds.TODAY, "Pengaduan warga dan jawabannya", complaining.complain),
    Step("scorecards", funds.TODAY, "Kartu penilaian warga, dua putaran", scorecards.play),
    Step("interviews", funds.TODAY, "Hasil pinjaman menurut peminjam", interviews.ask),
    Step("poster", funds.TODAY, "Papan informasi dipasang", poster.put_up),
    Step("book-keeper", funds.TODAY, "Petugas pembukuan di samping bendahara", second_officer),
    Step(
        "hand-over",
        funds.TODAY,
        "Serah terima: kriteria tiap bulan, tugas yang beralih",
        handing.prepare,
    ),
    Step("study", funds.TODAY, "Kajian: wawancara, pengamatan, dokumen", studying.study),
]
