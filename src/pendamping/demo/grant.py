"""The programme's grant in the case: two tranches, the second late because of a late report; an alley
paved and handed over, a drain, a training, school fees, a retaining wall that is being built.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pendamping.access import actions as access
from pendamping.access import queries as access_read
from pendamping.demo import tiers
from pendamping.demo.case import Case
from pendamping.demo.people import LOGINS
from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import queries
from pendamping.funds.ledger import queries as books
from pendamping.households import queries as households
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.planning import queries as planning
from pendamping.verification import actions as verification
from pendamping.verification import queries as dossiers

SECRETARY = "sekretariat"
LETTER, SPLIT_ON = date(2004, 2, 16), date(2004, 5, 29)
PEOPLE = 13_790
KEEPER = "KPP Gang Bersih RW 05"
SPLIT = {"physical": 360_000_000, "social": 100_000_000, "economic": 40_000_000}
SIGNERS = ["Contoh Koordinator", "Contoh Sekretaris"]
ALLEY = (("Paving, pasir dan semen", 20_850_000), ("Upah tukang dan pekerja", 9_000_000))
DRAIN = (("Batu, pasir dan semen", 33_000_000), ("Upah tukang dan pekerja", 9_000_000))
TRAINING = (("Kain, benang dan alat jahit", 12_000_000), ("Pelatih dan konsumsi", 6_000_000))
HANDS = (
    ("tppi", 4, "Contoh Ketua TPPI"),
    ("bkm", 6, "Contoh Koordinator BKM"),
    ("satker", 20, "Contoh Petugas Satker"),
    ("kpp", 25, "Contoh Ketua KPP"),
)
WALL = (("Batu kali, pasir dan semen", 78_000_000), ("Upah tukang dan pekerja", 32_000_000))


def run(case: Case) -> None:
    """From the letter to the wall that stands at forty percent."""
    _secretary(case)
    if books.closed_until(case.ward) is not None:
        return  # an older demonstration closed these months before there were grants
    tiers.seat(case)
    _allocate(case)
    first, second, _third = queries.tranches(case.ward)
    _receive(
        case,
        first,
        date(2004, 6, 3),
        date(2004, 6, 18),
        date(2004, 6, 24),
        date(2004, 6, 28),
        date(2004, 9, 30),
    )
    alley = _alley(case)
    _drain(case)
    _training(case)
    _school_fees(case)
    _hand_over(case, alley)
    _report(case, first, date(2004, 12, 9), date(2004, 12, 28))
    _receive(
        case,
        second,
        date(2005, 1, 5),
        date(2005, 1, 24),
        date(2005, 1, 31),
        date(2005, 2, 7),
        date(2005, 5, 31),
    )
    _wall(case)
    _pass_on(case)


def _secretary(case: Case) -> None:
    """An older demonstration has no login of the secretariat yet."""
    login = next(one for one in LOGINS if one.username == SECRETARY)
    if access_read.user(SECRETARY) is None:
        access.invite(
            by=case.system, ward=login.area, username=SECRETARY, name=login.name, role=login.role
        )
        access.set_password(by=case.system, username=SECRETARY, password=login.password)


def meet_by_heads(case: Case, kind: str, on: date, decisions: Sequence[tuple[str, str]]) -> str:
    """A meeting counted by heads, which decides and signs its minutes; its id."""
    by, ward = case.actor("pendamping"), case.ward
    with clock.at(on):
        meeting = meetings.call_meeting(
            by=by, ward=ward, kind=kind, held_on=on,
            place="Aula kelurahan" if kind == "plan" else "Sekretariat BKM",
            agenda=tuple(text for _, text in decisions),
        )  # fmt: skip
        count: dict[str, Any] = {"total": 7, "women": 3, "poor": 2}
        eligible = 9
        if kind == "plan":
            rts = [f"{rw}/{rt}" for rw, rt in households.neighbourhoods(ward, on)]
            count, eligible = {"total": 148, "women": 71, "poor": 66, "rts": rts}, 190
        meetings.take_roll(
            by=by, ward=ward, meeting_id=meeting.id, head_count=count, eligible=eligible
        )
        for subject, text in decisions:
            meetings.record_decision(
                by=by, ward=ward, meeting_id=meeting.id, subject=subject, text=text
            )
        text = "; ".join(text for _, text in decisions)
        meetings.sign_minutes(
            by=by, ward=ward, meeting_id=meeting.id, text=text, signed_on=on, signers=SIGNERS
        )
    return str(meeting.id)


def _allocate(case: Case) -> None:
    with clock.at(LETTER):
        made = grants.record_allocation(
            by=case.actor("pendamping"), ward=case.ward, year=2004,
            letter_no="414/07/P2KP/2004", letter_on=LETTER, population=PEOPLE,
        )  # fmt: skip
    subject = f"grants.split:{made.id}"
    meeting = meet_by_heads(
        case, "plan", SPLIT_ON, [(subject, "Pembagian pagu BLM menurut pos dana")]
    )
    with clock.at(SPLIT_ON):
        grants.decide_split(
            by=case.actor("bkm"), ward=case.ward, allocation_id=made.id, split=SPLIT,
            on=SPLIT_ON, meeting_id=meeting,
        )  # fmt: skip


def _receive(
    case: Case, tranche: Any, asked: date, passed: date, ordered: date, came: date, ends: date
) -> None:
    """Papers ticked, asked for, through the chain, ordered, received."""
    here = {"ward": case.ward, "tranche_id": tranche.id}
    with clock.at(asked):
        ticks = {
            one.key: {"present": True, "correct": True} for one in queries.papers(tranche, asked)
        }
        grants.tick_papers(by=case.actor(SECRETARY), on=asked, ticks=ticks, **here)
        sent = grants.request_tranche(by=case.actor("bkm"), on=asked, **here)
    _let_pass(case, sent.dossier, asked, passed)
    with clock.at(ordered):
        grants.record_payment_order(
            by=case.actor(SECRETARY), spm_no=f"SPM-{tranche.number:03d}/2004", spm_on=ordered,
            sp2d_no=f"SP2D-{tranche.number:03d}/2004", sp2d_on=ordered, **here,
        )  # fmt: skip
    with clock.at(came):
        grants.receive_tranche(by=case.actor(SECRETARY), on=came, work_ends_on=ends, **here)


def _let_pass(case: Case, dossier: str, since: date, until: date) -> None:
    """Tier by tier, spread over the days between; nobody finds fault."""
    found = dossiers.dossier(case.ward, dossier)
    assert found is not None
    step = (until - since) / len(found.tiers)
    for number, tier in enumerate(found.tiers, start=1):
        on = since + step * number
        with clock.at(on):
            verification.decide(
                by=case.actor(tiers.WHO[tier]), ward=case.ward, dossier_id=dossier, result="fit",
                on=on, papers={one["key"]: (True, True) for one in found.papers},
                checks=tiers.CHECKS[tier],
            )  # fmt: skip


def _pass_on(case: Case) -> None:
    on = date(2005, 5, 3)
    with clock.at(on):
        grants.pass_on_capital(
            by=case.actor(SECRETARY), ward=case.ward, window="economic", on=on, amount=24_000_000
        )


def _agree(case: Case, number: int, group: int, on: date, **contract: Any) -> Any:
    """The board decides two days before, then the contract is signed."""
    ends, title = contract.pop("ends"), contract["title"]
    contract_no = f"SP3/{number:02d}/BKM/{on.year}"
    decided = on.replace(day=on.day - 2)
    meeting = meet_by_heads(
        case, "board", decided, [(f"grants.agree:{contract_no}", f"Kegiatan: {title}")]
    )
    with clock.at(on):
        return grants.agree_grant(
            by=case.actor("bkm"), ward=case.ward, group_id=groups.groups(case.ward)[group].id,
            contract_no=contract_no, contract_on=on, starts_on=on, ends_on=ends,
            meeting_id=meeting, proposal=_proposal(case, title), **contract,
        )  # fmt: skip


def _proposal(case: Case, title: str) -> str:
    """The proposal that the chain let pass, where the case has one of this title."""
    found = (one for one in planning.proposals(case.ward) if one.state == "passed")
    return next((one.proposal.id for one in found if one.proposal.line.title == title), "")


def _pay(case: Case, grant: Any, on: date, amount: int, why: str = "") -> None:
    with clock.at(on):
        grants.pay_grant(
            by=case.actor(SECRETARY),
            ward=case.ward,
            grant_id=grant.id,
            on=on,
            amount=amount,
            why=why,
        )


def _spend(case: Case, grant: Any, line: int, on: date, amount: int, what: str) -> None:
    """An expense: materials with three quotes, wages and fees by their list."""
    shops = ["TB Contoh Jaya", "TB Contoh Makmur", "TB Contoh Sentosa"]
    quotes = [
        {"seller": shop, "price": amount + place * 150_000} for place, shop in enumerate(shops)
    ]
    with clock.at(on):
        grants.record_expense(
            by=case.actor(SECRETARY), ward=case.ward, grant_id=grant.id,
            line_id=grant.budget.get(number=line).id, on=on, amount=amount, what=what,
            seller=shops[0] if line == 1 else "Daftar upah KSM", quotes=quotes if line == 1 else (),
            cost="material" if line == 1 else "wages",
        )  # fmt: skip


def _progress(
    case: Case, grant: Any, on: date, percent: int, women: int, men: int, **more: Any
) -> None:
    with clock.at(on):
        grants.record_progress(
            by=case.actor("kader"), ward=case.ward, grant_id=grant.id, month=on, percent=percent,
            workers_women=women // 8, workers_men=men // 8, days_women=women, days_men=men,
            ticks=["materials", "attendance", "cash_book"], **more,
        )  # fmt: skip


def _alley(case: Case) -> Any:
    """Handbook 3.5: 9,560,000 of their own beside 29,850,000 of the programme."""
    made = _agree(
        case, 1, 4, date(2004, 7, 5), window="physical", title="Paving gang RW 05", lines=ALLEY,
        ends=date(2004, 9, 15), place="RT 02 dan RT 03 RW 05",
        planned={"type": "Jalan paving", "size": "120", "unit": "m", "households": 48,
                 "poor_households": 26, "people": 192, "women": 97},
    )  # fmt: skip
    _pay(case, made, date(2004, 7, 8), 29_850_000)
    _spend(case, made, 1, date(2004, 7, 20), 20_850_000, "Paving 120 m, pasir, semen")
    _progress(case, made, date(2004, 7, 31), 35, 24, 56)
    _spend(case, made, 2, date(2004, 9, 14), 9_000_000, "Upah 9 minggu")
    _progress(case, made, date(2004, 9, 14), 100, 40, 180, incentive=9_000_000)
    at = {"by": case.actor("kader"), "ward": case.ward, "grant_id": made.id}
    with clock.at(date(2004, 9, 14)):
        grants.record_contribution(
            kind="material", on=date(2004, 7, 25), what="Pasir dan batu dari warga",
            quantity="4 truk", value=2_000_000, **at,
        )  # fmt: skip
        grants.record_contribution(
            kind="labour", on=date(2004, 9, 12), what="Kerja bakti tiap Minggu", days_women=84,
            days_men=168, value=7_560_000, **at,
        )  # fmt: skip
    return made


def _drain(case: Case) -> None:
    """Finished late: the report of the first tranche waits for it."""
    made = _agree(
        case, 2, 7, date(2004, 8, 6), window="physical", title="Saluran air RW 08", lines=DRAIN,
        ends=date(2004, 9, 30), place="RT 01 RW 08",
        planned={"type": "Saluran", "size": "95", "unit": "m", "households": 36,
                 "poor_households": 21, "people": 140, "women": 72},
    )  # fmt: skip
    why = "Batu dan semen dibeli sekaligus sebelum musim hujan"
    _pay(case, made, date(2004, 8, 9), 42_000_000, why)
    _spend(case, made, 1, date(2004, 8, 27), 33_000_000, "Batu, pasir, semen")
    _progress(
        case,
        made,
        date(2004, 8, 31),
        20,
        6,
        40,
        problem="Pemilik lahan belum setuju",
        follow_up="Rembug RT",
    )
    _spend(case, made, 2, date(2004, 11, 26), 9_000_000, "Upah tukang dan pekerja")
    _progress(case, made, date(2004, 11, 30), 100, 18, 150, incentive=9_000_000)


def _training(case: Case) -> None:
    made = _agree(
        case, 3, 11, date(2004, 8, 20), window="social", title="Pelatihan menjahit 12 hari",
        lines=TRAINING, ends=date(2004, 10, 15), place="Balai RW 03",
        planned={"type": "Pelatihan", "size": "20", "unit": "peserta", "people": 20, "women": 18},
    )  # fmt: skip
    _pay(case, made, date(2004, 8, 23), 18_000_000)
    _spend(case, made, 1, date(2004, 9, 1), 12_000_000, "Kain, benang, dua mesin jahit")
    _spend(case, made, 2, date(2004, 10, 12), 6_000_000, "Pelatih dan konsumsi 12 hari")
    _progress(case, made, date(2004, 10, 14), 100, 0, 0)


def _school_fees(case: Case) -> None:
    """The board helps three poor families with school fees; one old woman with her daily needs."""
    on = date(2004, 7, 14)
    adults = households.poor_adults(case.ward, on)
    chosen = adults[:: max(len(adults) // 4, 1)][:4]
    kinds = ["education", "education", "education", "elderly"]
    decided = [
        (f"grants.social:{one.id}:{kind}", f"Bantuan sosial untuk {one.name}")
        for one, kind in zip(chosen, kinds, strict=True)
    ]
    meeting = meet_by_heads(case, "board", date(2004, 7, 12), decided)
    for one, kind in zip(chosen, kinds, strict=True):
        with clock.at(on):
            grants.give_social_grant(
                by=case.actor(SECRETARY), ward=case.ward, on=on, amount=500_000, what_for=kind,
                person=one.id, meeting_id=meeting, signed_by=one.name,
                details="SPP dan seragam" if kind == "education" else "Kebutuhan pokok",
            )  # fmt: skip


def _hand_over(case: Case, alley: Any) -> None:
    at = {"by": case.actor("pendamping"), "ward": case.ward, "grant_id": alley.id}
    with clock.at(date(2004, 10, 25)):
        grants.record_actuals(
            on=date(2004, 9, 20), latitude="-6.6105", longitude="106.7952",
            actual={**alley.planned, "size": "124", "households": 51, "people": 204, "women": 103},
            **at,
        )  # fmt: skip
        grants.record_keeper(on=date(2004, 10, 3), body_id=_keeper(case), **at)
        for step, day, signer in HANDS:
            on = date(2004, 10, day)
            grants.hand_over(
                step=step, on=on, minutes=f"BA-{day:02d}/X/2004", signed_by=signer, **at
            )
    with clock.at(date(2005, 3, 6)):
        grants.move_keeper_money(
            kind="in", on=date(2004, 12, 5), amount=255_000, what="Iuran pemakai, 51 KK", **at
        )
        grants.move_keeper_money(
            kind="out", on=date(2005, 3, 6), amount=90_000, what="Semen untuk tambalan", **at
        )


def _keeper(case: Case) -> str:
    """The user group of the alley, as it was appointed."""
    return next(str(one.id) for one in groups.bodies(case.ward) if one.name == KEEPER)


def _report(case: Case, tranche: Any, handed_in: date, accepted: date) -> None:
    here = {"by": case.actor(SECRETARY), "ward": case.ward, "tranche_id": tranche.id}
    with clock.at(handed_in):
        grants.draft_report(on=handed_in, **here)
        made = grants.hand_in_report(on=handed_in, **here)
    _let_pass(case, made.dossier, handed_in, accepted)


def _wall(case: Case) -> None:
    made = _agree(
        case, 4, 15, date(2005, 2, 18), window="physical", title="Talud penahan longsor RW 02",
        lines=WALL, ends=date(2005, 6, 15), place="RT 04 RW 02",
        planned={"type": "Talud", "size": "60", "unit": "m", "households": 30,
                 "poor_households": 19, "people": 118, "women": 61},
    )  # fmt: skip
    _pay(case, made, date(2005, 2, 22), 60_000_000)
    _spend(case, made, 1, date(2005, 3, 10), 36_000_000, "Batu kali dan semen tahap 1")
    _progress(case, made, date(2005, 3, 31), 20, 12, 64)
    _spend(case, made, 2, date(2005, 4, 29), 9_000_000, "Upah Maret dan April")
    _progress(case, made, date(2005, 4, 30), 40, 18, 88, incentive=9_000_000)
