"""Complaints about the same thing are joined, and taken apart again."""

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.complaints import facts
from pendamping.complaints.actions.taking import in_hand, keep, note, step, take
from pendamping.complaints.models import Complaint
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, refuse
from pendamping.territory import actions as territory
from pendamping.trail.writing import action

DESK = "complaints"


@action
def join(*, by: User, ward: str, complaint_id: str, to: str, why: str) -> Complaint:
    """Join a complaint to another one about the same thing; with its code one then follows that."""
    territory.take_turn(ward, DESK)
    allow(by, "complaints.join", ward)
    found, main = take(ward, complaint_id, ("open",)), take(ward, to, ("open", "answered"))
    in_hand(found, by)
    in_hand(main, by)
    if found.id == main.id or found.duplicates.exists():
        text = N_("Join it to another one, and take first apart what was joined to it.")
        raise refuse("complaints.joined", text, where={"field": "to"})
    if not why.strip():
        raise refuse("complaints.why", N_("Say how both are the same."), where={"field": "why"})
    found.status, found.joined_to = "joined", main
    keep(found, "status", "joined_to")
    step(found, "joined", by, text=why)
    note(found, by, to=main.id)
    return found


@action
def part(*, by: User, ward: str, complaint_id: str, why: str) -> Complaint:
    """Take a joined complaint apart again: its clock begins anew, at the level where the other one lay."""
    territory.take_turn(ward, DESK)
    allow(by, "complaints.part", ward)
    found = take(ward, complaint_id, ("joined",))
    main = found.joined_to
    assert main is not None, "what is joined names to what"
    in_hand(main, by)
    in_hand(found, by)
    if not why.strip():
        raise refuse("complaints.why", N_("Say how they differ after all."), where={"field": "why"})
    found.status, found.joined_to = "open", None
    keep(found, "status", "joined_to")
    level = facts.stands(main, clock.today()).level
    step(found, "parted", by, level=level, text=why)
    note(found, by, of=main.id)
    return found
