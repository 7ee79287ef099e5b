"""The board of Empang: delegates from every RT, one run-off, nine members, one who is followed."""

import random
from collections import defaultdict
from datetime import date
from typing import Any

from pendamping.demo.case import Case
from pendamping.demo.community import meet
from pendamping.elections import actions, queries
from pendamping.households import queries as households
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock

RT_DAY, RUNOFF, WARD_DAY = date(2004, 2, 15), date(2004, 2, 18), date(2004, 2, 22)
TERM = date(2004, 3, 1)
LEFT = date(2004, 12, 20)
LEAVES = 4  # who moves away then: the place in the board, as it is listed
MEMBERS = 9
TIED = 17  # the station in which the third and the fourth name are equal
WITNESSES = ["Contoh Saksi Satu", "Contoh Saksi Dua"]
# votes of the first names in the ward: nine seats, one next in line, then two who are equal
WARD_VOTES = (61, 57, 52, 44, 39, 33, 30, 26, 23, 19, 15, 15, 9, 6, 4, 2)


def elect(case: Case) -> None:
    """From the RTs on 15 February 2004 to the seats on 1 March."""
    who, chance = {"ward": case.ward, "by": case.actor("pendamping")}, case.chance("board")
    with clock.at(RT_DAY):
        election = actions.prepare(
            **who, kind="regular", size=MEMBERS, votes_on=RT_DAY, term_since=TERM
        )
        first = election.rounds.get()
        _count(case, first, _in_rts(case, first, chance))
    with clock.at(RUNOFF):
        _run_off(case, actions.open_round(**who, election_id=election.id, held_on=RUNOFF))
    with clock.at(WARD_DAY):
        ward = actions.open_round(**who, election_id=election.id, held_on=WARD_DAY)
        delegates = [one for one in queries.named(first) if one.outcome == "elected"]
        trusted = chance.sample(delegates, len(WARD_VOTES))
        votes = {one.person_id: n for one, n in zip(trusted, WARD_VOTES, strict=True)}
        came = [one.person_id for place, one in enumerate(delegates) if place % 15 != 14]
        _count(case, ward, [_sheet(ward.stations.get(), len(came), votes, chance)])
        meeting = _confirm(case, election, came, len(delegates))
        actions.seat_board(**who, election_id=election.id, meeting_id=meeting)


def _count(case: Case, this: Any, sheets: list[dict[str, Any]]) -> None:
    """The cadre and the facilitator type every sheet; witnesses sign."""
    for name in ("kader", "pendamping"):
        actions.enter_tallies(by=case.actor(name), ward=case.ward, round_id=this.id, tallies=sheets)
    actions.close_round(
        by=case.actor("pendamping"), ward=case.ward, round_id=this.id, witnesses=WITNESSES
    )


def _in_rts(case: Case, this: Any, chance: random.Random) -> list[dict[str, Any]]:
    """A sheet of every RT: two of five vote, five people are named."""
    by_rt = defaultdict(list)
    for person in households.residents(case.ward, on=RT_DAY, least_age=25):
        by_rt[person.rw, person.rt].append(person)
    sheets = []
    for station in this.stations.order_by("number"):
        people = chance.sample(by_rt[station.rw, station.rt], 5)
        voters = station.eligible * chance.randint(36, 55) // 100
        ahead = [voters * share // 100 for share in (66, 51, 40, 31, 18)]
        if station.number == TIED:
            ahead[3] = ahead[2]
        votes = {one.id: n for one, n in zip(people, ahead, strict=True)}
        sheets.append(_sheet(station, voters, votes, chance))
    return sheets


def _sheet(
    station: Any, voters: int, votes: dict[str, int], chance: random.Random
) -> dict[str, Any]:
    invalid, spoiled = min(voters // 20, chance.randint(0, 3)), chance.randint(0, 2)
    issued = station.last - station.first + 1
    return {
        "station": station.id,
        "voters": voters,
        "women": voters * chance.randint(47, 58) // 100,
        "valid": voters - invalid,
        "invalid": invalid,
        "spoiled": spoiled,
        "left": issued - voters - spoiled,
        "votes": votes,
    }


def _run_off(case: Case, this: Any) -> None:
    """The RT votes again between the two; the first of them wins by eleven."""
    station = this.stations.get()
    voters = station.eligible // 2
    more, less = voters // 2 + 6, voters - voters // 2 - 6
    votes = dict(zip(station.between, (more, less), strict=True))
    sheet = _sheet(station, voters, votes, case.chance("run-off"))
    _count(case, this, [{**sheet, "valid": voters, "invalid": 0}])


def _confirm(case: Case, election: Any, came: list[str], delegates: int) -> str:
    """The delegates' meeting confirms the result; every RT is there."""
    people = list(households.persons(case.ward, came).values())
    text = "Hasil pemilihan anggota BKM disahkan"
    return meet(
        case,
        kind="board_election",
        on=WARD_DAY,
        subject=f"elections.seat_board:{election.id}",
        text=text,
        people=people,
        place="Aula kelurahan",
        eligible=delegates,
        votes={"for": len(people) - 3, "against": 1, "abstain": 2},
    )


def found(case: Case) -> None:
    """The board's papers; one member moves away in December, and the next in line follows."""
    who: dict[str, Any] = {"ward": case.ward, "by": case.actor("pendamping")}
    papers = [
        ("charter", "AD-01/BKM/2004", date(2004, 2, 22), "Rembug warga", None),
        ("deed", "14", date(2004, 3, 10), "Notaris Contoh, S.H.", None),
        ("decree", "414/07/KEL/2004", date(2004, 6, 1), "Lurah Empang", date(2005, 5, 31)),
    ]
    for paper, number, day, from_whom, until in papers:
        with clock.at(day if day > TERM else date(2004, 3, 12)):
            institutions.record_paper(
                **who, body_id="bkm", paper=paper, number=number, issued_on=day,
                issued_by=from_whom, expires_on=until,
            )  # fmt: skip
    with clock.at(LEFT):
        seat = queries.board(case.ward, LEFT)[LEAVES]
        actions.replace_member(**who, seat_id=seat.seat, on=LEFT, why="Pindah ke luar kota")
