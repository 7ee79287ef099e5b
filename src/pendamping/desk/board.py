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
    if may("institutions.record_paper"):
        yield from _papers(ward, on)
    if may("institutions.draft_appointment"):
        yield from _appointments(ward, on, may)
    body = institutions.body(ward) if may("elections.prepare") else None
    if body is not None:
        yield from _next_board(ward, body, on, may)


def _papers(ward: str, on: date) -> Iterator[Task]:
    """Papers of the board and of every other body that run out, or have."""
    for one in institutions.expiring_papers(ward, on):
        body = one.paper.body
        values = {"paper": one.paper.kind, "day": one.paper.expires_on,
                  "body": body.name or institutions.kind_name(ward, body.kind, on)}  # fmt: skip
        kind = "board_paper" if body.kind == institutions.BOARD else "body_paper"
        here = {"body": body.kind if kind == "board_paper" else body.id}
        yield Task(kind, one.paper.expires_on, "institutions:body_paper", here, values)


def _appointments(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """Units and committees whose term ends, and appointments that are still being prepared."""
    for body, ends in institutions.ending(ward, on):
        name = body.name or institutions.kind_name(ward, body.kind, on)
        yield Task("body_term", ends, "institutions:draft", {}, {"body": name, "day": ends},
                   query=f"kind={body.kind}")  # fmt: skip
    for one in institutions.drafts(ward) if may("institutions.appoint") else ():
        values = {"body": one.name or institutions.kind_name(ward, one.kind, on), "day": one.since}
        here = {"appointment": one.id}
        yield Task("appointment", max(one.since, on), "institutions:appointment", here, values)


def _next_board(ward: str, body: Any, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The term ends soon, and nobody prepares the next election yet."""
    ends = max((seat.ends for seat in institutions.seats(body, on)), default=None)
    if ends is None:
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
