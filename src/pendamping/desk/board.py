"""What the board needs: tallies of an election, its seats, papers that run out, the next election."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from pendamping.desk.rules import Task
from pendamping.elections import queries as elections
from pendamping.institutions import queries as institutions

AHEAD_DAYS = 90  # a paper and a term are named so long before they end
ELECTION_DAYS = (
    35  # five weeks, as the re-elections that were seen were scheduled (handbook 1.1, S10)
)


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """What the reader may do about the board today."""
    if may("elections.enter_tallies"):
        yield from _election(ward, may)
    body = institutions.body(ward) if may("institutions.record_paper") else None
    if body is None:
        return
    for one in institutions.expiring(body, on, AHEAD_DAYS):
        values = {"paper": one.paper.kind, "day": one.paper.expires_on}
        yield Task("board_paper", one.paper.expires_on, "elections:paper", {}, values)
    yield from _next_board(ward, body, on, may)


def _next_board(ward: str, body: Any, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The term ends soon, and nobody prepares the next election yet."""
    ends = max((seat.ends for seat in institutions.seats(body, on)), default=None)
    if ends is None or ends > on + timedelta(days=AHEAD_DAYS) or not may("elections.prepare"):
        return
    if not institutions.coming(body, on) and elections.open_now(ward) is None:
        due = ends - timedelta(days=ELECTION_DAYS)
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
