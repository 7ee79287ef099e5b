"""Objections to the posted list, and how they are settled."""

from collections.abc import Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries as homes
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.targeting import entries, queries
from pendamping.targeting.actions.lists import lock
from pendamping.targeting.models import (
    Objection,
    PoorList,
)
from pendamping.targeting.rules import poor_list as rules
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def object_to_list(
    *,
    by: User,
    ward: str,
    list_id: str,
    kind: str,
    household_id: str,
    reason: str,
    raised_on: date,
    raised_by: str = "",
) -> Objection:
    """Note an objection: ``kind`` ``add`` or ``remove`` a household, with the reason."""
    found = lock(ward, list_id)
    allow(by, "targeting.object_to_list", ward)
    refuse_if(
        rules.objection_problems(
            queries.state(found),
            queries.list_rule(ward, found.posted_on or found.drafted_on),
            kind=kind,
            listed=queries.is_listed(found.id, household_id),
            raised_on=raised_on,
            today=clock.today(),
            reason=reason,
        )
    )
    home = entries.known(ward, [household_id])[0]
    said = {"reason": fitting(reason, 400), "raised_by": fitting(raised_by, 120)}
    if found.objections.filter(
        kind=kind, household_id=home.id, raised_on=raised_on, status="open", **said
    ).exists():
        raise refuse(
            "targeting.objection.once",
            "This objection about {name} is noted already.",
            name=home.head_name,
        )
    objection = Objection.objects.create(
        list=found,
        kind=kind,
        household_id=home.id,
        head_name=home.head_name,
        raised_on=raised_on,
        entered_on=clock.today(),
        **said,
    )
    record(
        by=by, ward=ward, record=f"objection:{objection.id}", on=raised_on, list=found.id,
        kind=kind, household=home.id,
    )  # fmt: skip
    return objection


@action
def settle_objection(
    *,
    by: User,
    ward: str,
    objection_id: str,
    accepted: bool,
    settled_on: date,
    why: str,
    criteria: Sequence[str] = (),
) -> Objection:
    """Accept an objection, which changes the list, or reject it; either with its reason.

    ``criteria``: keys or ids that a household meets that is added.
    """
    objection = (
        Objection.objects.select_for_update().filter(pk=objection_id, list__ward=ward).first()
    )
    allow(by, "targeting.settle_objection", ward)
    if objection is None:
        raise refuse("targeting.objection.unknown", "There is no such objection in this ward.")
    refuse_if(
        rules.settling_problems(
            objection.status, objection.raised_on, settled_on, clock.today(), why
        )
    )
    found = lock(ward, objection.list_id)
    objection.status = "accepted" if accepted else "rejected"
    objection.settled_on, objection.why = settled_on, fitting(why, 400)
    objection.save(update_fields=["status", "settled_on", "why"])
    if accepted:
        _apply(found, objection, criteria)
    record(
        by=by, ward=ward, record=f"objection:{objection.id}", on=settled_on,
        outcome=objection.status,
    )  # fmt: skip
    return objection


def _apply(found: PoorList, objection: Objection, criteria: Sequence[str]) -> None:
    if objection.kind == "remove":
        entries.take_off(found, [objection.household_id])
        return
    marked = homes.poor_households(found.ward, found.drafted_on)
    home = entries.known(found.ward, [objection.household_id])
    entries.put(found, home, listed=True, origin="objection", official=marked)
    rule = queries.list_rule(found.ward, found.posted_on)
    if rule.ticked and not criteria:
        raise refuse(
            f"poor_list.{rule.code}.verdict",
            "Tick at least one criterion that the household meets.",
            where={"field": "criteria"},
        )
    entries.tick(found, {objection.household_id: list(criteria)})
