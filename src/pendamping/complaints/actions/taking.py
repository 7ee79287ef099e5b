"""How every action of this room begins and ends: the row is locked, its state asked, the step written."""

from collections.abc import Collection
from datetime import date
from typing import Any

from pendamping.access.models import User
from pendamping.complaints import facts, secrecy
from pendamping.complaints.models import Complaint, Step
from pendamping.complaints.rules import state_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import current


def take(ward: str, complaint_id: str, statuses: Collection[str]) -> Complaint:
    """Lock a complaint of the ward that is in one of the states."""
    current()
    found = Complaint.objects.select_for_update().filter(pk=complaint_id, ward=ward).first()
    if found is None:
        raise refuse("complaints.unknown", N_("There is no such complaint in this ward."))
    refuse_if(state_problems(found.status, statuses))
    return found


def not_about(one: Complaint, by: User) -> None:
    """Refuse whom the complaint is about, or whose body it is about."""
    if facts.is_concerned(one, by):
        raise refuse(
            "complaints.concerned",
            N_("This complaint is about you or your office; others handle it."),
            where={"complaint": one.id},
        )


def in_hand(one: Complaint, by: User) -> None:
    """Refuse whom the complaint is about, and whose turn it is not."""
    not_about(one, by)
    if by.username == "system":
        return
    now = facts.stands(one, clock.today())
    level, found = facts.doers(one, now.level)
    if by.pk not in {user.pk for user in found}:
        raise refuse(
            "complaints.turn",
            N_("This complaint lies at another level since {since}: {level}."),
            since=now.since,
            level=facts.level_name(one, level),
            where={"complaint": one.id, "level": level},
        )


def step(one: Complaint, kind: str, by: User | None, **told: Any) -> Step:
    """Write what happened; ``told``: ``on``, ``level``, ``text``, ``amount``, ``shown``."""
    current()
    on: date = told.pop("on", clock.today())
    last = one.steps.order_by("-number").first()
    text = fitting(str(told.pop("text", "")), 1000)
    return Step.objects.create(
        complaint=one, number=last.number + 1 if last else 1, kind=kind, on=on,
        entered_at=clock.now(), by=by, text=secrecy.seal(one.id, "step", {"text": text}), **told,
    )  # fmt: skip


def keep(one: Complaint, *fields: str) -> None:
    """Write what changed of a complaint."""
    current()
    one.save(update_fields=list(fields))


def note(one: Complaint, by: User, **data: Any) -> None:
    """The last beat: the trail keeps no names and nothing of what was said."""
    record(by=by, ward=one.ward, record=f"complaint:{one.id}", **data)
