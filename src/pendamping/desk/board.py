"""What the board needs: tallies of an election, its seats, papers that run out, the next election."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from pendamping.desk.rules import Task
from pendamping.elections import queries as elections
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import queries as institutions

ELECTION_WEEKS = 5  # where a text is silent: as the re-elections that were seen (handbook 1.1, S10)


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """What the reader may do about the board today."""
    if may("elections.enter_tallies"):
        yield from _election(ward, may)
    body = institutions.body(ward) if may("institutions.record_paper") else None
    if body is None:
        return
    for one in institutions.expiring(body, on):
        values = {"paper": one.paper.kind, "day": one.paper.expires_on}
        yield Task("board_paper", one.paper.expires_on, "elections:paper", {}, values)
    yield from _next_board(ward, body, on, may)


def _next_board(ward: str, body: Any, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The term ends soon, and nobody prepares the next election yet."""
    ends = max((seat.ends for seat in institutions.seats(body, on)), default=None)
    if ends is None or not may("elections.prepare"):
        return
    if ends > on + timedelta(days=institutions.remind_days(ward, on)):
        return
    if not institutions.coming(body, on) and elections.open_now(ward) is None:
        rule = guidelines.section("election", ward, on)
        due = ends - timedelta(weeks=int(rule.get("reelection_weeks", ELECTION_WEEKS)))
        yield Task("next_board", due, "elections:prepare", {}, {"day": ends})


def _election(ward: str, may: Callable[[str], bool]) -> Iterator[Task]:
    found = elections.open_now(ward)
    if found is None:
        return
    step, this = elections.step(found), elections.last_vote(found)
    if this is None:
        return
    here = {"election": found.id}
    if step.kind == "count":
        yield Task("count_votes", this.held_on, "elections:election", here, {"day": this.held_on})
    elif step.kind == "seat" and may("elections.seat_board"):
        yield Task("seat_board", this.held_on, "elections:seat", here, {})
    elif may("elections.open_round"):
        yield Task("next_vote", this.held_on, "elections:election", here, {"day": this.held_on})
