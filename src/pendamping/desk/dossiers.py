"""Dossiers on a desk: what waits in the reader's own office, and what has to be mended."""

from collections.abc import Iterator
from datetime import date

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.desk.rules import Task
from pendamping.institutions import queries as institutions
from pendamping.planning import queries as planning
from pendamping.verification import queries as verification

MOST = 20  # of the ward; all of them stand in the queue
PROPOSAL = "planning.proposal:"  # is mended on its own page
OTHER_TASKS = "grants."  # a tranche that was returned has a task of its own


def tasks(ward: str, on: date, by: User) -> Iterator[Task]:
    """Dossiers of the ward that the reader's office decides on; returned ones, for who hands in."""
    if access.may(by, "verification.decide", ward):
        waiting = verification.waiting(verification.seats(by)).filter(ward=ward, paused=False)
        for one in waiting.order_by("received_on", "id")[:MOST]:
            values = {"summary": one.summary, "number": one.number, "day": one.received_on}
            due = one.due_on or on
            yield Task("examine", due, "verification:decide", {"dossier": one.id}, values)
    if access.may(by, "verification.send_again", ward):
        own = _own_groups(ward, by)
        returned = verification.of_ward(ward, ["returned"]).exclude(ref__startswith=OTHER_TASKS)
        for one in returned[:MOST]:
            values = {"summary": one.summary, "number": one.number, "day": one.received_on}
            page, parts = "verification:dossier", {"dossier": one.id}
            if one.ref.startswith(PROPOSAL):
                page, parts = "planning:proposal", {"proposal": one.ref.removeprefix(PROPOSAL)}
                if own is not None and not _proposed_by(ward, parts["proposal"], own):
                    continue
            yield Task("mend_dossier", one.received_on, page, parts, values)


def _own_groups(ward: str, by: User) -> set[str] | None:
    """The groups of a reader who is an officer of groups and nothing else; ``None`` for others."""
    if access.roles(by, ward) != ["group_officer"]:
        return None
    return {each.id for each in institutions.followed_by(ward, by.username)}


def _proposed_by(ward: str, proposal: str, groups: set[str]) -> bool:
    found = planning.proposal(ward, proposal)
    return found is not None and found.group_id in groups
