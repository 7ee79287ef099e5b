"""What residents ask for."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.planning import queries
from pendamping.planning.models import ASKED_BY, Need
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action, own_id

DESK = "planning"
MOST = 100_000_000_000  # rupiah; a typing error beyond that


@action
def record_need(
    *,
    by: User,
    ward: str,
    component: str,
    title: str,
    cost: int,
    place: str,
    asked_by: str,
    asked_on: date,
    note: str = "",
    request_id: str = "",
) -> Need:
    """Keep what was asked for. ``place``: ``01/02`` (RW first), empty for the whole ward; ``cost`` in rupiah.

    ``asked_by``: who chose it in the meeting: ``women``, ``poor``, ``youth`` or ``all``. ``request_id``: the
    same form sent twice keeps one need.
    """
    territory.take_turn(ward, DESK)
    allow(by, "planning.record_need", ward)
    today, title = clock.today(), " ".join(title.split())
    reasons = [
        Reason("planning.need", text, where={"field": field})
        for wrong, text, field in (
            (component not in queries.components(ward, today), N_("The guideline knows no such component."), "component"),
            (not title, N_("Say what is asked for."), "title"),
            (not 0 < cost <= MOST, N_("Say what it would cost, in whole rupiah."), "cost"),
            (place and place not in queries.places(ward), N_("The census knows no such RT."), "place"),
            (asked_by not in ASKED_BY, N_("Say who asked for it."), "asked_by"),
            (asked_on > today, N_("That day is still to come."), "asked_on"),
        )
        if wrong
    ]  # fmt: skip
    refuse_if(reasons)
    rw, _slash, rt = place.partition("/")
    made = Need.objects.create(
        id=own_id(request_id), ward=ward, component=component, title=fitting(title, 120), note=fitting(note, 300), cost=cost, rw=rw,
        rt=rt, asked_by=asked_by, asked_on=asked_on, entered_on=today,
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"need:{made.id}", on=asked_on, title=made.title, cost=cost,
        component=component, place=place, asked_by=asked_by,
    )  # fmt: skip
    return made


@action
def withdraw_need(*, by: User, ward: str, need_id: str, why: str) -> Need:
    """Take a need off the list, and why; not while it stands on a ballot, nor once it is funded."""
    territory.take_turn(ward, DESK)
    allow(by, "planning.withdraw_need", ward)
    line = next((one for one in queries.needs(ward) if one.need.id == need_id), None)
    if line is None:
        raise refuse("planning.need", "There is no such need in this ward.")
    if line.status not in ("open", "carried"):
        raise refuse("planning.need", "Only what waits for a vote can be taken off the list.")
    if not why.strip():
        raise refuse("planning.need", "Say why it is taken off.", where={"field": "why"})
    line.need.withdrawn_on, line.need.withdrawn_why = clock.today(), fitting(why, 200)
    line.need.save(update_fields=["withdrawn_on", "withdrawn_why"])
    record(
        by=by, ward=ward, record=f"need:{need_id}", on=line.need.withdrawn_on,
        why=line.need.withdrawn_why,
    )  # fmt: skip
    return line.need
