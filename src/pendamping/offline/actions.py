"""The one writer: what a phone brings is taken in once, through the action of the room that it is for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.offline import taking
from pendamping.offline.models import Delivery
from pendamping.offline.rules import clock_problems
from pendamping.trail.actions import record
from pendamping.trail.writing import action, told_aside


@action
@told_aside("device", "written_at", "seen", "insist")
def take_in(
    *,
    by: User,
    ward: str,
    request_id: str,
    kind: str,
    device: str,
    written_at: datetime,
    told: Mapping[str, Any],
    seen: Any = None,
    insist: bool = False,
) -> Delivery:
    """Take in what somebody wrote on a phone: an activity (``log``), a roll (``roll``), a tally
    (``tally``).

    ``request_id``: made on the phone; what was taken in before is given back, and refused where the phone now
    says something else under it. ``seen``: what the phone
    knew when it was written. ``insist``: a person was shown what came in between, and wants it taken in
    all the same. ``told``: as :mod:`taking` describes it for each kind. Both days are kept: when it
    was written, by the phone's clock, and when it was taken in.
    """
    allow(by, "offline.take_in", ward)
    refuse_if(clock_problems(written_at, clock.wall()))
    took = taking.KINDS.get(kind)
    if took is None:
        raise refuse("offline.kind", "The phone brings something that is not known here.")
    done = took(taking.Brought(by, ward, request_id, device, told, seen, insist))
    made = Delivery.objects.create(
        id=request_id, ward=ward, user=by, device=device, kind=kind, record=done.record,
        written_at=written_at, entered_at=clock.wall(), insisted=insist,
    )  # fmt: skip
    record(
        by=by, ward=ward, record=done.record, on=done.on, delivery=request_id,
        written_at=written_at.isoformat(timespec="seconds"), insisted=insist,
    )  # fmt: skip
    return made
