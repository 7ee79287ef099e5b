"""The bodies that the board appoints, made up: units, secretariat, supervisors; a user group of the alley."""

from datetime import date
from typing import Any

from pendamping.demo.case import Case
from pendamping.demo.grant import KEEPER
from pendamping.elections import queries as elections
from pendamping.funds.loans import queries as loans
from pendamping.households import queries as households
from pendamping.institutions import actions, queries
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from pendamping.relations import actions as relations

DAY, USERS = date(2004, 3, 7), date(2004, 10, 3)
ENDS, DECREE_ENDS = date(2005, 3, 31), date(2005, 6, 30)
WITH_BOARD = date(2007, 2, 28)  # who serves as long as the board
LATER = date(2005, 3, 27)
UNITS: dict[str, tuple[str, ...]] = {
    "upk": ("manager", "cashier", "bookkeeper"),
    "upl": ("manager", ""),
    "ups": ("manager", ""),
    "secretariat": ("secretary", ""),
    "supervisors": ("chair", "", ""),
}


def appoint(case: Case) -> None:
    """The board appoints its units in its first meeting, the UPK again a year later; the alley gets its KPP."""
    board = [one.person for one in elections.board(case.ward, DAY)]
    people = _people(case, set(board))
    named = {
        kind: [(next(people), office) for office in offices] for kind, offices in UNITS.items()
    }
    named["supervisors"][-1] = (board[2], "")  # the board has one of its own among them
    _seat(case, DAY, ENDS, named, "board", "Aula kelurahan", board)
    board = [one.person for one in elections.board(case.ward, LATER)]
    again = {"upk": named["upk"]}
    _seat(case, LATER, date(2006, 3, 31), again, "board", "Sekretariat BKM", board)
    unit = queries.body(case.ward, "upk")
    with clock.at(date(2005, 4, 4)):
        actions.record_paper(
            by=case.actor("pendamping"), ward=case.ward, body_id=unit.id if unit else "upk",
            paper="decree", number="03/SK/BKM/2005", issued_on=date(2005, 4, 1),
            issued_by="Koordinator BKM", expires_on=DECREE_ENDS,
        )  # fmt: skip
    women, men = _neighbours(case, "05")
    offices = ("chair", "secretary", "treasurer", "", "")
    keepers = {"kpp": list(zip([*women[:3], *men[:2]], offices, strict=True))}
    place = "Balai RW 05"
    _seat(case, USERS, date(2007, 10, 2), keepers, "neighbourhood", place, [*women, *men])


def declare_kin(case: Case) -> None:
    """Three who borrowed, or lead a group, say themselves that they are related to somebody who sits in a body."""
    lent = loans.loans(case.ward)
    sitting = [one.person_id for one in queries.held_seats(case.ward, date(2004, 6, 1))]
    kinds = (("sibling", 2, 0), ("in_law", 9, 3), ("parent", 14, 11))
    with clock.at(date(2005, 1, 16)):
        for kind, number, seat in kinds:
            borrower = min(one.person_id for one in lent[number].members.all())
            relations.declare(
                by=case.actor("pendamping"), ward=case.ward, one=sitting[seat], other=borrower,
                kind=kind, said="Dinyatakan sendiri dalam rapat KSM, Januari 2005",
            )  # fmt: skip


def _people(case: Case, board: set[str]) -> Any:
    """Grown residents who are in no group, not on the board, and on no list of delegates."""
    known = {one.person_id for one in _delegates(case)} | board
    poor = {one.id for one in households.poor_adults(case.ward, DAY)}
    every = [
        one
        for rw in ("01", "07")
        for one in households.residents(case.ward, on=DAY, least_age=25, rw=rw)
    ]
    free = [one.id for one in every if one.id not in known and one.id not in poor]
    return iter(case.chance("bodies").sample(free, 20))


def _delegates(case: Case) -> list[Any]:
    election = elections.elections(case.ward)[-1]
    return [one for this in elections.rounds(election) for one in elections.named(this)]


def _neighbours(case: Case, rw: str) -> tuple[list[str], list[str]]:
    """Fourteen women and ten men of an RW, each of another household."""
    every = households.residents(case.ward, on=USERS, least_age=25, rw=rw)
    homes = {one.household_id: one for one in case.chance("keepers").sample(every, len(every))}
    women = [one.id for one in homes.values() if one.sex == "P"]
    return women[:14], [one.id for one in homes.values() if one.sex == "L"][:10]


def _seat(
    case: Case, on: date, ends: date, named: dict[str, list[Any]], kind: str, place: str,
    came: list[str],
) -> None:  # fmt: skip
    """One meeting decides on all of them; then they take their seats."""
    who: dict[str, Any] = {"by": case.actor("pendamping"), "ward": case.ward}
    with clock.at(on):
        drafts = [
            actions.draft_appointment(
                **who, kind=body, since=on, people=people,
                ends=ends if body in {"upk", "kpp"} else WITH_BOARD,
                name=KEEPER if body == "kpp" else "",
            )
            for body, people in named.items()
        ]  # fmt: skip
        meeting = meetings.call_meeting(
            **who, kind=kind, held_on=on, place=place, agenda=["Pengangkatan petugas"],
            level="kelurahan" if kind == "board" else "RW",
        )  # fmt: skip
        met = meetings.take_roll(
            **who, meeting_id=meeting.id, present=[{"person": one} for one in came],
            eligible=len(came),
        )  # fmt: skip
        for draft in drafts:
            meetings.record_decision(
                **who, meeting_id=met.id, subject=queries.subject(draft),
                text=queries.decision_text(draft),
                votes=None if kind == "board" else {"for": len(came), "against": 0, "abstain": 0},
            )  # fmt: skip
        known = households.persons(case.ward, came[:2])
        meetings.sign_minutes(
            **who, meeting_id=met.id, text="Pengangkatan petugas lembaga", signed_on=on,
            signers=[known[one].name for one in came[:2]],
        )  # fmt: skip
        for draft in drafts:
            actions.appoint(**who, appointment_id=draft.id, meeting_id=met.id)
