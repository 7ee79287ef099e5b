"""Cadres of the case, made up: found in the readiness meeting, most from the target group; some went dormant."""

from datetime import date, timedelta
from typing import Any

from pendamping.cadres import actions
from pendamping.demo.case import Case
from pendamping.demo.funds import TODAY
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings

JOINED, LATER, LEFT = date(2003, 12, 21), date(2004, 6, 7), date(2004, 11, 15)
FOUND, FROM_GROUPS, BUSY = 10, 4, 8
WORK = (
    "Mengunjungi KSM: buku kas diperiksa bersama anggota",
    "Mendata ulang keluarga pindahan di RT",
    "Menempel pengumuman BKM di balai RW",
    "Menemani warga mengisi usulan kegiatan",
    "Mengundang warga dari rumah ke rumah",
)
TASKS = ("meetings", "groups", "groups", "poor_data", "training")  # complaints and arrears are open


def gather(case: Case) -> None:
    """Ten join in the readiness meeting, four later; one stops, some fall silent, five take over tasks."""
    who: dict[str, Any] = {"by": case.actor("pendamping"), "ward": case.ward}
    chance = case.chance("cadres")
    with clock.at(JOINED):
        found, meeting = _of_the_meeting(case)
        early = [
            actions.join(**who, person=one, joined_on=JOINED, stage="readiness", meeting_id=meeting)
            for one in chance.sample(found, FOUND)
        ]
    with clock.at(LATER):
        known = {one.person_id for one in early}
        poor = [one.id for one in households.poor_adults(case.ward, LATER, 21)]
        later = [
            actions.join(**who, person=one, joined_on=LATER, stage="funds")
            for one in chance.sample([one for one in poor if one not in known], FROM_GROUPS)
        ]
    with clock.at(LEFT):
        actions.leave(**who, cadre_id=early[-1].id, on=LEFT, why="Bekerja di luar kota")
    _work(case, [*early[:-1], *later][:BUSY], chance)
    with clock.at(TODAY):
        for one, task in zip(early, TASKS, strict=False):
            since = date(2005, 2, 7) + timedelta(days=chance.randint(0, 60))
            actions.give_task(**who, cadre_id=one.id, task=task, since=since)


def _of_the_meeting(case: Case) -> tuple[list[str], str]:
    """Who stood on the roll of the readiness meeting, those of poor households first, and its id."""
    held = meetings.meetings(case.ward, kind="readiness")[0]
    roll = [one for one in meetings.roll(held.id) if one.person_id]
    poor = [one.person_id for one in roll if one.poor]
    return poor or [one.person_id for one in roll], held.id


def _work(case: Case, people: list[Any], chance: Any) -> None:
    """What they did beside the meetings, noted within days."""
    for one in people:
        day = one.joined_on + timedelta(days=chance.randint(5, 40))
        while day < TODAY:
            with clock.at(min(day + timedelta(days=3), TODAY)):
                actions.note_deed(
                    by=case.actor("kader"), ward=case.ward, cadre_id=one.id, on=day,
                    what=chance.choice(WORK),
                )  # fmt: skip
            day += timedelta(days=chance.randint(30, 75))
