"""From the result to the seats of the board; who moves up when one falls free."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.elections import facts
from pendamping.elections.actions.preparing import DESK, lock
from pendamping.elections.models import Election, Named
from pendamping.elections.rules import course
from pendamping.households import queries as households
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as bodies
from pendamping.institutions.rules import term_end
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.meetings import queries as meetings
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


def subject(election_id: str) -> str:
    """What the meeting decides that confirms the result."""
    return f"elections.seat_board:{election_id}"


@action
def seat_board(*, by: User, ward: str, election_id: str, meeting_id: str) -> Election:
    """The elected take their seats, as the meeting of the delegates confirmed the result.

    The term begins on the day that was announced, or on the day of that meeting where it is later.
    """
    election = lock(ward, election_id)
    allow(by, "elections.seat_board", ward)
    elected = _elected(election)
    last = election.rounds.order_by("-number").first()
    refuse_if(
        meetings.decided(
            ward, meeting_id, subject(election.id), matter="board_members",
            since=last.held_on if last else None,
        )
    )  # fmt: skip
    meeting = meetings.meeting(ward, meeting_id)
    since = max(election.term_since, meeting.held_on) if meeting else election.term_since
    if election.kind == "by_election":
        _fill_empty(by, election, elected, since, meeting_id)
    else:
        ends = term_end(since, facts.rule(election).term_years)
        election.term_since, election.term_ends = since, ends
        institutions.seat_members(
            by=by, ward=ward, kind=bodies.BOARD, persons=[one.person_id for one in elected],
            since=since, ends=ends, decided_by=f"elections:{election.id}", meeting_id=meeting_id,
        )  # fmt: skip
    election.status, election.meeting, election.seated_on = "seated", meeting_id, since
    election.save()
    record(
        by=by, ward=ward, record=f"election:{election.id}", on=since, meeting=meeting_id,
        seats=len(elected), women=sum(one.sex == "P" for one in elected),
    )  # fmt: skip
    return election


def _elected(election: Election) -> list[Named]:
    """The elected of the last level; refused while something else comes first."""
    if election.practice:
        raise refuse("elections.practice", "A mock election gives nobody a seat.")
    step = facts.step(election)
    if step.kind != course.SEAT:
        raise refuse(
            "elections.course", "The result does not stand yet: something else comes first.",
            where={"step": step.kind},
        )  # fmt: skip
    main = election.rounds.get(pk=step.round)
    found = list(main.named.filter(outcome="elected").order_by("place"))
    if len(found) < election.size:
        raise refuse(
            "elections.too_few", "Only {count} people got votes for {size} seats. Give this election up and hold it anew.",
            count=len(found), size=election.size,
        )  # fmt: skip
    return found


def _fill_empty(
    by: User, election: Election, elected: list[Named], since: date, meeting_id: str
) -> None:
    body = bodies.body(election.ward)
    empty = bodies.empty_seats(body, since) if body else []
    if len(empty) < len(elected):
        raise refuse("elections.vacancies", "The seats are no longer empty.")
    for one, free in zip(elected, empty, strict=False):
        institutions.add_seat(
            by=by, ward=election.ward, kind=bodies.BOARD, person=one.person_id, after=free.id,
            since=since, decided_by=f"elections:{election.id}", meeting_id=meeting_id,
        )  # fmt: skip


@action
def replace_member(*, by: User, ward: str, seat_id: str, on: date, why: str) -> str:
    """A member leaves the board, and the next in line takes the seat for the rest of the term.

    ``on``: the first day without them. Returns the id of the new seat; nobody left in line: the seat
    stays empty for a by-election, and it is empty too. Two equally next: refused, a lot decides first.
    """
    territory.take_turn(ward, DESK)  # two at once would seat the same heir twice
    allow(by, "elections.replace_member", ward)
    seat = bodies.seat(ward, seat_id)
    if seat is None:
        raise refuse("institutions.seat.unknown", "There is no such seat now.")
    election = facts.election_of(ward, seat.decided_by)
    heirs = facts.next_in_line(election) if election else ()
    refuse_if(_equal_heirs(election, heirs) if election else [])
    institutions.end_seat(by=by, ward=ward, seat_id=seat_id, on=on, why=why)
    made = ""
    if election and heirs:
        made = institutions.add_seat(
            by=by, ward=ward, kind=bodies.BOARD, person=heirs[0], after=seat_id, since=on,
            decided_by=seat.decided_by,
        ).id  # fmt: skip
    record(
        by=by, ward=ward, record=f"election:{election.id if election else ''}", on=on, seat=seat_id,
        next=heirs[0] if heirs else "",
    )  # fmt: skip
    return made


def _equal_heirs(election: Election, heirs: tuple[str, ...]) -> list[Reason]:
    if len(heirs) < 2:
        return []
    names = households.persons(election.ward, heirs)
    return [
        Reason(
            facts.rule(election).clause("ties"),
            "{names} are equally next in line: draw lots between them first.",
            {"names": ", ".join(names[one].name for one in heirs)},
            {"election": election.id},
        )
    ]
