"""What the complainant says of it, with the code or through somebody who writes it down."""

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.complaints import facts
from pendamping.complaints.actions.taking import keep, not_about, note, step, take
from pendamping.complaints.models import Complaint
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, refuse
from pendamping.trail.writing import action


def _who(by: User) -> User | None:
    return None if by.username == "system" else by


@action
def confirm(*, by: User, ward: str, complaint_id: str, text: str = "") -> Complaint:
    """The complainant says that it is settled: the complaint is closed, and counts as confirmed.

    ``by``: the server where the complainant says it with the code; else who was told in person, never
    whoever answered it.
    """
    found = take(ward, complaint_id, ("answered", "closed"))
    allow(by, "complaints.confirm", ward)
    not_about(found, by)
    if found.confirmed:
        raise refuse("complaints.confirmed", N_("The complainant has confirmed it already."))
    last = found.steps.filter(kind="answered").order_by("-number").first()
    if last is not None and last.by_id == by.pk:
        raise refuse(
            "complaints.confirmed",
            N_(
                "You answered this complaint; somebody else notes that the complainant confirms it."
            ),
        )
    found.status, found.confirmed = "closed", True
    found.closed_on = found.closed_on or clock.today()
    keep(found, "status", "confirmed", "closed_on")
    step(found, "confirmed", _who(by), text=text, shown=True)
    note(found, by)
    return found


@action
def reopen(*, by: User, ward: str, complaint_id: str, why: str) -> Complaint:
    """The complainant says that it is not settled: the clock begins anew where the complaint lay last."""
    found = take(ward, complaint_id, ("answered", "closed"))
    allow(by, "complaints.reopen", ward)
    not_about(found, by)
    if not why.strip():
        raise refuse("complaints.why", N_("Say what is not settled yet."), where={"field": "why"})
    level = facts.stands(found, clock.today()).level
    found.status, found.closed_on, found.confirmed = "open", None, False
    found.answered_on, found.reopened = None, found.reopened + 1
    keep(found, "status", "closed_on", "confirmed", "answered_on", "reopened")
    step(found, "reopened", _who(by), level=level, text=why, shown=True)
    note(found, by, level=level, times=found.reopened)
    return found


@action
def add_word(*, by: User, ward: str, complaint_id: str, text: str) -> Complaint:
    """The complainant adds something while it runs."""
    found = take(ward, complaint_id, ("open", "answered"))
    allow(by, "complaints.add_word", ward)
    not_about(found, by)
    if not text.strip():
        raise refuse("complaints.note", N_("Write what you want to add."), where={"field": "text"})
    step(found, "added", _who(by), text=text, shown=True)
    note(found, by)
    return found
