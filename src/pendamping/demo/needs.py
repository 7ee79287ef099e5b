"""What residents of Empang asked for, by RT, from women's and RT meetings, and the vote that ranked it.

What was funded is what the plan and the grant tell afterwards; the gate of RW 01, which found too few votes,
is refused later as not in the plan.
"""

import random
from datetime import date
from typing import Any

from pendamping.demo.board import WITNESSES
from pendamping.demo.case import Case
from pendamping.demo.plan import LINES
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.planning import actions, queries

BUDGET = 300_000_000  # of the physical window, for the works of the first two years
WOMEN_ON, RTS_ON, VOTE_ON = date(2004, 3, 21), date(2004, 4, 4), date(2004, 5, 16)
LIKED = {
    "Paving gang RW 05": 42, "Saluran air RW 08": 38, "Talud penahan longsor RW 02": 46,
    "MCK umum RW 11": 34, "Lampu jalan RW 07": 24, "Perbaikan posyandu RW 03": 22, "Jalan beton RW 10": 18,
    "Gapura RW 01": 4,
}  # fmt: skip
"""How many of a hundred ballots mark a need outside its RW."""
OWN_PERCENT, TURNOUT = 85, (24, 38)


def ask_and_vote(case: Case) -> None:
    """Needs of March and April 2004, and the vote of 16 May in every RT."""
    if queries.needs(case.ward):
        return  # an older demonstration noted them all on one day and made its plan of them
    _women_meet(case, WOMEN_ON, 31)
    places = set(queries.places(case.ward))
    made = [_need(case, places, *one) for one in LINES]
    by, here = case.actor("pendamping"), {"ward": case.ward}
    with clock.at(date(2004, 5, 2)):
        vote = actions.prepare_vote(
            by=by, component="physical", budget=BUDGET, held_on=VOTE_ON,
            needs=[one.id for one in made if one.component == "physical"], **here,
        )  # fmt: skip
    with clock.at(VOTE_ON):
        for number, sheet in _sheets(case, vote).items():
            for name in ("kader", "pendamping"):
                actions.enter_ballots(by=case.actor(name), station_id=number, **sheet, **here)
        actions.close_vote(by=by, vote_id=vote.id, witnesses=WITNESSES, **here)


def _need(
    case: Case, places: set[str], component: str, title: str, place: str, who: str,
    _year: int | None, money: dict[str, int],
) -> Any:  # fmt: skip
    day = WOMEN_ON if who == "women" else RTS_ON
    with clock.at(day):
        return actions.record_need(
            by=case.actor("kader"), ward=case.ward, component=component, title=title,
            cost=sum(money.values()), place=place if place in places else "", asked_by=who,
            asked_on=day, note="Rembug khusus perempuan" if who == "women" else "Rembug RT",
        )  # fmt: skip


def _women_meet(case: Case, on: date, came: int) -> None:
    """Women meet by themselves before the rest of the ward, counted by heads."""
    by, here = case.actor("pendamping"), {"ward": case.ward}
    with clock.at(on):
        met = meetings.call_meeting(
            by=by, kind="women", held_on=on, place="Balai RW 05",
            agenda=("Usulan perempuan untuk PJM Pronangkis",), **here,
        )  # fmt: skip
        count = {"total": came, "women": came, "poor": came * 3 // 5}
        meetings.take_roll(by=by, meeting_id=met.id, head_count=count, **here)
        meetings.sign_minutes(
            by=by, meeting_id=met.id, signed_on=on, signers=WITNESSES, **here,
            text="Perempuan memilih usulan mereka untuk PJM Pronangkis; dicatat satu per satu di daftar usulan.",
        )  # fmt: skip


def _sheets(case: Case, vote: Any) -> dict[str, dict[str, Any]]:
    """By station: what two people type of its ballots; whoever votes knows their own RW best."""
    chance = case.chance("needs")
    options = [(one.number, one.place[:2], LIKED[one.title]) for one in queries.options(vote)]
    sheets = {}
    for row in queries.stations(vote):
        station = row.station
        issued = station.last - station.first + 1
        voters = station.eligible * chance.randint(*TURNOUT) // 100
        invalid = min(voters, chance.randint(0, 2))
        ballots = [_ballot(chance, options, station.rw) for _each in range(voters - invalid)]
        sheets[station.id] = {
            "ballots": "\n".join(ballots),
            "figures": {
                "voters": voters, "women": voters * chance.randint(46, 57) // 100,
                "invalid": invalid, "left": issued - voters,
            },
        }  # fmt: skip
    return sheets


def _ballot(chance: random.Random, options: list[tuple[int, str, int]], rw: str) -> str:
    """Up to three marks, at least one."""
    marked = [
        number
        for number, place, likes in chance.sample(options, len(options))
        if chance.randrange(100) < (OWN_PERCENT if place == rw else likes)
    ]
    return " ".join(map(str, marked[:3] or [chance.choice(options)[0]]))
