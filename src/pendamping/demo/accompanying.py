"""What the facilitator planned and logged from the first month to the tenth instalment, made up.

Span by span as it would have been typed; the residents decide more and more, the facilitator less.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from pendamping.demo.case import Case
from pendamping.demo.funds import TODAY
from pendamping.facilitation import actions
from pendamping.facilitation import queries as facilitation
from pendamping.facilitation.rules import Came
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock

BEGIN = date(2003, 12, 1)
FULL_WEEKS = (
    3  # the last ones have an entry of every working day, those before of six days in three weeks
)
WEEK, SPAN = timedelta(days=7), timedelta(days=21)
WORKED = (0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18)  # working days of a span
TRAINED, BOARD_TRAINED = date(2004, 5, 3), date(2004, 4, 20)
REPORTED = date(2005, 4, 4)  # the report of March; that of April is still a draft
ANALYSIS = """Dua KSM menunggak; BKM sudah menjalankan langkah penagihan tanpa diminta pendamping.
Rapat BKM kini dipimpin koordinator sendiri, pendamping hanya hadir sebagai pengamat.
Pembukuan UPK masih perlu didampingi pada penutupan bulan, terutama cadangan risiko."""
LEFT_OUT = date(2005, 5, 10)  # a day that is not logged yet

# from which day on: (stage, activities with the roles in which the facilitator worked)
WORK: list[tuple[date, str, list[tuple[str, str]]]] = [
    (BEGIN, "orientation", [
        ("Sosialisasi program bersama Ketua RW", "educational"),
        ("Menjelaskan P2KP kepada ibu-ibu PKK", "educational"),
        ("Menyiapkan bahan sosialisasi dengan relawan", "technical;facilitative"),
    ]),
    (date(2003, 12, 22), "mapping", [
        ("Mendampingi kader memeriksa data keluarga", "technical"),
        ("Diskusi sebab kemiskinan di RW", "facilitative;educational"),
        ("Mendengar keberatan warga atas daftar", "facilitative"),
    ]),
    (date(2004, 1, 26), "groups", [
        ("Pertemuan calon anggota KSM", "facilitative"),
        ("Menjelaskan tanggung renteng", "educational"),
        ("Menyiapkan pemilihan BKM bersama panitia", "technical;facilitative"),
    ]),
    (date(2004, 3, 8), "plan", [
        ("Rapat BKM menyusun PJM Pronangkis", "facilitative;technical"),
        ("Menemui dinas di kecamatan tentang rencana warga", "representational"),
        ("Belajar pembukuan dengan petugas UPK", "educational"),
    ]),
    (date(2004, 5, 10), "funds", [
        ("Kunjungan ke KSM: buku kas dan tabungan", "technical;educational"),
        ("Rapat BKM membahas tunggakan", "facilitative"),
        ("Mendampingi UPK menutup buku bulanan", "technical"),
        ("Mencari bantuan pemasaran bagi KSM", "representational"),
    ]),
]  # fmt: skip
OBSTACLES = (
    "Hujan, sebagian warga tidak hadir",
    "Petugas UPK berhalangan",
    "Balai RW dipakai hajatan",
)
NEXT = ("Datang lagi minggu depan", "Kader melanjutkan tanpa saya", "BKM mengundang rapat lagi")


def log(case: Case) -> None:
    """The team, the weeks with their plan and log, and what is planned for today."""
    who: dict[str, Any] = {"by": case.actor("pendamping"), "ward": case.ward}
    with clock.at(BEGIN):
        actions.assign_facilitator(
            by=case.actor("admin"), ward=case.ward, username="pendamping", team="Tim 3 Bogor",
            position="senior", since=BEGIN, letter_no="ST-07/KMW/2003",
        )  # fmt: skip
        actions.describe_background(
            **who, education="bachelor", field="Kesejahteraan sosial (contoh)", years=4,
            experience="Pendamping kelompok simpan pinjam (contoh)",
        )  # fmt: skip
    _train(who, case.chance("scores"))
    _ask(case, case.chance("voice"))
    chance, monday = case.chance("log"), BEGIN
    while monday < TODAY:
        full = monday + FULL_WEEKS * WEEK > TODAY
        span = WEEK if full else SPAN
        _span(who, monday, chance, range(5) if full else sorted(chance.sample(WORKED, 6)))
        monday += span
    with clock.at(REPORTED):
        actions.hand_in_report(**who, month=REPORTED - timedelta(days=10), analysis=ANALYSIS)


def _ask(case: Case, chance: Any) -> None:
    """Two rounds of the residents' voice that are closed, and one that is open."""
    board, days = case.actor("bkm"), timedelta(days=14)
    for on, answers, mean in ((date(2004, 9, 6), 11, 2), (date(2005, 3, 7), 14, 3), (TODAY, 0, 0)):
        with clock.at(on):
            opened = actions.open_rating(by=board, ward=case.ward, closes_on=on + days, slips=20)
            for slip in facilitation.codes(opened)[:answers]:
                said = {
                    key: min(4, mean + chance.choice((-1, 0, 1, 1))) for key in opened.questions
                }
                actions.rate(by=case.system, ward=case.ward, code=slip.code, answers=said)


def _train(who: dict[str, Any], chance: Any) -> None:
    """Two groups' trainings with rolls, one of the board with tests, and one of today whose roll is still open."""
    every = institutions.groups(who["ward"])
    for first, starts in ((0, 8), (12, 13)):
        members = [
            one
            for group in every[first : first + 12]
            for one in institutions.member_ids(group.id, TRAINED)
        ]
        _hold(
            who,
            TRAINED,
            "loan",
            starts,
            members,
            [Came(one) for one in members if chance.random() < 0.9],
        )
    body = institutions.body(who["ward"])
    seats = [seat.person_id for seat in institutions.seats(body, BOARD_TRAINED)] if body else []
    came = [
        Came(one, score := chance.randint(30, 60), score + chance.randint(5, 30)) for one in seats
    ]
    _hold(who, BOARD_TRAINED, "plan", 9, seats, came)
    with clock.at(TODAY):
        members = institutions.member_ids(every[0].id, TODAY)
        actions.plan_training(**who, on=TODAY, persons=members, **_told("enterprise", 9))


def _hold(
    who: dict[str, Any], on: date, module: str, starts: int, asked: list[str], came: list[Came]
) -> None:
    with clock.at(on):
        training = actions.plan_training(**who, on=on, persons=asked, **_told(module, starts))
        actions.record_training(**who, training_id=training.id, came=came)


def _told(module: str, starts: int) -> dict[str, Any]:
    return {
        "module": module, "starts": time(starts), "ends": time(starts + 4), "lessons": 4,
        "place": "Aula kelurahan", "trainers": ["Contoh Pendamping"],
    }  # fmt: skip


def _span(who: dict[str, Any], monday: date, chance: Any, days: Sequence[int]) -> None:
    """Days planned on their Monday and typed when they are over; the last ones are still under way."""
    stage, work = next((stage, work) for since, stage, work in reversed(WORK) if monday >= since)
    jobs = [(monday + timedelta(days=day), *chance.choice(work)) for day in days]
    with clock.at(monday):
        plans = actions.plan_week(
            **who, wanted=[(day, stage, what) for day, what, _roles in jobs[:5]]
        )
    with clock.at(min(jobs[-1][0] + timedelta(days=1), TODAY)):
        now, full = clock.today(), len(days) == len(range(5))
        entries = [
            _entry(job, stage, plans[place].id if place < len(plans) else "", chance)
            for place, job in enumerate(jobs)
            if job[0] < now and job[0] != LEFT_OUT and (full or chance.random() < 0.92)
        ]  # fmt: skip
        if entries:
            actions.log_days(**who, entries=entries)


def _entry(job: tuple[date, str, str], stage: str, plan: str, chance: Any) -> dict[str, Any]:
    day, what, roles = job
    gone = (day - BEGIN).days / (TODAY - BEGIN).days  # 0 at the beginning, 1 at the end
    weights = [1 + 6 * gone, 3, 5 - 4.2 * gone]
    decided = chance.choices(["community", "joint", "facilitator"], weights)[0]
    met = chance.randint(4, 28)
    women = round(met * chance.uniform(0.4, 0.75))
    return {
        "on": day,
        "stage": stage,
        "roles": roles.split(";"),
        "minutes": chance.choice((60, 90, 120, 120, 180)),
        "decided_by": decided if chance.random() < 0.75 else "none",
        "women": women,
        "men": met - women,
        "result": f"{what}: berjalan baik" if not plan else "",
        "obstacle": chance.choice(OBSTACLES) if chance.random() < 0.2 else "",
        "next_step": chance.choice(NEXT) if chance.random() < 0.3 else "",
        "plan_id": plan,
    }
