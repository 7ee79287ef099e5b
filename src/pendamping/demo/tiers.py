"""The dossiers of the case: some go through in days, some are returned, one waits for weeks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.access import actions as access
from pendamping.access import queries as access_read
from pendamping.demo.case import Case
from pendamping.demo.people import OFFICERS, PASSWORD
from pendamping.demo.proposals import hand_in, propose, proposed
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.verification import actions, queries

BEGINS = date(2004, 6, 1)
WHO = {"unit": "upk", "board": "bkm", "facilitator": "pendamping", "team": "pendamping",
       "pjok": "verifikator", "korkot": "korkot", "ppk": "ppk", "satker": "satker", "appeal": "satker"}  # fmt: skip
OFFICES = {
    "pjok": "32.71.01",
    "korkot": "32.71",
    "ppk": "32.71",
    "satker": "32.71",
    "appeal": "32.71",
}
PROPOSAL_PAPERS = [
    {"key": "proposal", "name": "Proposal dan RAB"},
    {"key": "beneficiaries", "name": "Daftar penerima manfaat (PS-2)"},
    {"key": "land", "name": "Surat hibah atau izin pakai tanah"},
    {"key": "contribution", "name": "Pernyataan swadaya"},
]
TRANCHE_PAPERS = [
    {"key": "payment_request", "name": "Permohonan Pembayaran BLM (PP-BLM)"},
    {"key": "grant_letter", "name": "Surat Perjanjian Penyaluran Bantuan (SPPB-BLM)"},
    {"key": "use_minutes", "name": "Berita Acara Penarikan dan Penggunaan Dana (BAPPD)"},
    {"key": "receipt", "name": "Kuitansi"},
    {"key": "account_copy", "name": "Salinan rekening BKM"},
]
CHECKS = {
    "unit": ("in_plan", "beneficiaries", "cost", "contribution", "visited", "member_tests"),
    "board": ("judgement", "ranked", "no_interest"),
    "facilitator": ("design", "safeguards", "complete"),
    "team": ("present", "correct"),
    "pjok": ("papers", "request"),
    "korkot": ("papers", "progress"),
    "ppk": ("papers",),
    "satker": ("papers", "order"),
}


@dataclass(frozen=True)
class Told:
    """A dossier as it is told: when it was handed in, and every (day, tier, result, why, note).

    ``group``: the place of the group that proposes what the plan says under ``summary``, or does the work.
    """

    ref: str
    kind: str
    summary: str
    amount: int
    opened: str
    way: tuple[tuple[str, ...], ...]
    group: int = -1


def _tranche(ref: str, summary: str, amount: int, group: int, opened: str, *days: str) -> Told:
    """A disbursement on whose papers nobody found fault, as far as it has come."""
    tiers = ("team", "pjok", "korkot", "ppk", "satker")
    return Told(
        ref, "tranche", summary, amount, opened, tuple(zip(days, tiers, strict=False)), group
    )


DOSSIERS = (
    Told("usulan-1", "proposal", "Paving gang RW 05", 29_850_000, "2004-06-07",
         (("2004-06-12", "unit"), ("2004-06-19", "board"), ("2004-06-23", "facilitator")), 4),
    Told("usulan-2", "proposal", "Saluran air RW 08", 42_000_000, "2004-06-08",
         (("2004-06-14", "unit", "mend", "paper_missing", "Surat hibah tanah belum dilampirkan", "land"),
          ("2004-06-26", "again"), ("2004-06-29", "unit"), ("2004-07-03", "board"),
          ("2004-07-23", "facilitator")), 7),
    Told("usulan-3", "proposal", "Gapura RW 01", 9_000_000, "2004-08-02",
         (("2004-08-06", "unit"),
          ("2004-08-14", "board", "unfit", "not_in_plan", "Tidak ada dalam PJM Pronangkis")), 2),
    Told("usulan-4", "proposal", "MCK umum RW 11", 42_000_000, "2004-09-06",
         (("2004-09-20", "unit"), ("2004-09-25", "board"), ("2004-10-02", "facilitator")), 9),
    Told("usulan-8", "proposal", "Pelatihan menjahit 12 hari", 18_000_000, "2004-07-20",
         (("2004-07-28", "unit"), ("2004-08-07", "board"), ("2004-08-14", "facilitator")), 11),
    Told("usulan-5", "proposal", "Talud penahan longsor RW 02", 110_000_000, "2004-12-13",
         (("2004-12-23", "unit"), ("2005-01-08", "board"), ("2005-01-15", "facilitator"),
          ("2005-01-18", "pause"), ("2005-02-01", "resume"), ("2005-02-05", "korkot")), 15),
    _tranche("termin-4-1", "Termin 1 MCK umum RW 11", 8_400_000, 9, "2005-03-14",
             "2005-03-16", "2005-03-30", "2005-04-04"),
    _tranche("termin-5-2", "Termin 2 talud RW 02", 50_000_000, 15, "2005-04-18", "2005-04-20"),
    Told("usulan-6", "proposal", "Lampu jalan RW 07", 12_000_000, "2005-04-25",
         (("2005-04-29", "unit", "mend", "cost_too_high", "Harga tiang melebihi harga setempat; lampirkan tiga penawaran"),), 18),
    Told("usulan-7", "proposal", "Perbaikan posyandu RW 03", 18_000_000, "2005-05-06", (), 20),
)  # fmt: skip


BEFORE_THE_GRANT = ("usulan-1", "usulan-2", "usulan-5", "usulan-8")  # contracts came of them


def examine(case: Case) -> None:
    """Officers take their seats; then everything happens in the order of the days."""
    play(case, [told for told in DOSSIERS if not (told.group >= 0 and proposed(case, told))])


def play(case: Case, dossiers: Sequence[Told]) -> None:
    """Let these dossiers happen, day by day; none that an older demonstration told on paper already."""
    seat(case)
    new = [told for told in dossiers if queries.latest(f"case.{told.ref}") is None]
    happened = sorted((event for told in new for event in _events(told)), key=lambda e: e[0])
    for day, told, event in happened:
        with clock.at(date.fromisoformat(day)):
            _play(case, told, event)


def seat(case: Case) -> None:
    """Officers of the tiers take their seats; once."""
    if access_read.user(OFFICERS[0].username) is not None:
        return
    new = [login for login in OFFICERS if access_read.user(login.username) is None]
    with clock.at(BEGINS):
        for login in new:
            access.invite(
                by=case.system,
                ward=login.area,
                username=login.username,
                name=login.name,
                role=login.role,
            )
        names = [login.username for login in new]
        access.set_same_password(by=case.system, usernames=names, password=PASSWORD)
        for tier, area in OFFICES.items():
            actions.appoint(
                by=case.system, area=area, tier=tier, user=WHO[tier], since=BEGINS,
                letter=f"SK {tier.upper()} 2004 (contoh)",
            )  # fmt: skip


def _events(told: Told) -> Iterator[tuple[str, Told, tuple[str, ...]]]:
    yield told.opened, told, (told.opened, "open")
    for event in told.way:
        yield event[0], told, event


def _play(case: Case, told: Told, event: tuple[str, ...]) -> None:
    on, what = date.fromisoformat(event[0]), event[1]
    if what == "open":
        _open(case, told, on)
        return
    found = queries.latest(_ref(case, told))
    here: dict[str, Any] = {"ward": case.ward, "dossier_id": found.id, "on": on}
    if what == "again" and proposed(case, told):
        hand_in(case, told, on, note="Dokumen dilengkapi")
    elif what == "again":
        actions.send_again(by=case.actor("kader"), note="Dokumen dilengkapi", **here)
    elif what == "resume":
        actions.resume(by=case.actor("korkot"), **here)
    elif what == "pause":
        actions.pause(by=case.actor("korkot"), reason="visit", **here)
    else:
        _decide(case, told, event, found, here)


def _ref(case: Case, told: Told) -> str:
    """A proposal from the plan has its own record; what came on paper only the name of the case."""
    one = proposed(case, told)
    return f"planning.proposal:{one.id}" if one else f"case.{told.ref}"


def _open(case: Case, told: Told, on: date) -> None:
    if propose(case, told):
        hand_in(case, told, on)
        return
    actions.open_dossier(
        by=case.actor("kader"),
        ward=case.ward,
        chain="",
        kind=told.kind,
        ref=f"case.{told.ref}",
        amount=told.amount,
        parties=[_party(case, told)],
        documents=PROPOSAL_PAPERS if told.kind == "proposal" else TRANCHE_PAPERS,
        summary=told.summary,
        on=on,
    )


def _party(case: Case, told: Told) -> dict[str, str]:
    """The group that asks or works, by its name where the case has formed its groups already."""
    ours = groups.groups(case.ward)
    name = ours[told.group].name if 0 <= told.group < len(ours) else "KSM"
    return {"name": name, "role": "pengusul" if told.kind == "proposal" else "pelaksana"}


def _decide(
    case: Case, told: Told, event: tuple[str, ...], found: Any, here: dict[str, Any]
) -> None:
    _day, tier, result, reason, note, wrong = (*event, *("",) * (6 - len(event)))
    meeting = _board_meets(case, found.id, told, here["on"]) if tier == "board" else ""
    actions.decide(
        by=case.actor(WHO[tier]),
        result=result or "fit",
        papers={paper["key"]: (paper["key"] != wrong or reason == "paper_wrong",
                               paper["key"] != wrong) for paper in found.papers},
        checks=CHECKS[tier] if not result else (),
        reasons=[reason] if reason else [],
        note=note,
        meeting_id=meeting,
        **here,
    )  # fmt: skip


def _board_meets(case: Case, dossier: str, told: Told, on: date) -> str:
    """The board's meeting on a proposal: a head count, its decision, signed minutes."""
    by, ward = case.actor("pendamping"), case.ward
    text = f"Membahas usulan {told.summary}"
    meeting = meetings.call_meeting(
        by=by, ward=ward, kind="board", held_on=on, place="Sekretariat BKM", agenda=(text,)
    )
    count = {"total": 7, "women": 3, "poor": 2}
    meetings.take_roll(by=by, ward=ward, meeting_id=meeting.id, head_count=count, eligible=9)
    subject = f"verification.decide:{dossier}"
    meetings.record_decision(by=by, ward=ward, meeting_id=meeting.id, subject=subject, text=text)
    meetings.sign_minutes(
        by=by, ward=ward, meeting_id=meeting.id, text=text, signed_on=on,
        signers=["Contoh Koordinator", "Contoh Sekretaris"],
    )  # fmt: skip
    return str(meeting.id)
