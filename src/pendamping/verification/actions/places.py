"""Putting a dossier where it goes next; a part of the actions, not one of them."""

from datetime import date

from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse
from pendamping.verification import stopwatch
from pendamping.verification.guideline import Rule
from pendamping.verification.models import Dossier, Step
from pendamping.verification.queries import passed_tiers
from pendamping.verification.rules.chain import city_of, next_tier, seat_of


def lock(ward: str, dossier_id: str) -> Dossier:
    """The dossier, locked; refuses one that is not of the ward."""
    found = Dossier.objects.select_for_update().filter(pk=dossier_id, ward=ward).first()
    if found is None:
        raise refuse("verification.unknown", "There is no such dossier in this ward.")
    return found


def open_step(dossier: Dossier, step_id: str = "") -> Step:
    """The step in which the dossier lies; refuses one that has been decided since the page was read."""
    if dossier.state != "open":
        raise refuse(
            "verification.not_open",
            "The dossier lies with no tier now; somebody decided on it or took it back.",
            where={"state": dossier.state},
        )
    found = dossier.steps.filter(decided_on=None).get()
    if step_id and found.id != step_id:
        before = dossier.steps.filter(pk=step_id).first()
        raise refuse(
            "verification.decided_already",
            "This was decided already on {day}; the dossier has gone on.",
            day=before.decided_on if before and before.decided_on else clock.today(),
        )
    return found


def put(dossier: Dossier, tier: str, rule: Rule, on: date) -> Step:
    """Lay the dossier into a tier from a day on; its clock starts."""
    seat = seat_of(dossier.ward, rule.tiers[tier].level)
    last = dossier.steps.order_by("-number").first()
    step = Step.objects.create(
        dossier=dossier,
        number=last.number + 1 if last else 1,
        ward=dossier.ward,
        city=city_of(dossier.ward),
        chain=dossier.chain,
        tier=tier,
        seat=seat,
        received_on=on,
        entered_on=clock.today(),
        limit_days=rule.tiers[tier].days,
    )
    dossier.state, dossier.tier, dossier.seat = "open", tier, seat
    dossier.received_on, dossier.paused, dossier.closed_on = on, False, None
    dossier.due_on = stopwatch.due(step, on)
    dossier.save()
    return step


def put_next(dossier: Dossier, rule: Rule, on: date) -> bool:
    """Lay it into the first tier that has not let it pass, or close it as passed; whether it closed."""
    tier = next_tier(dossier.tiers, passed_tiers(list(dossier.steps.all())))
    if tier:
        put(dossier, tier, rule, on)
        return False
    out(dossier, "passed", on)
    return True


def out(dossier: Dossier, state: str, on: date) -> None:
    """Take it out of the tiers: back to its proposer, or closed."""
    dossier.state, dossier.tier, dossier.seat = state, "", ""
    dossier.received_on, dossier.due_on, dossier.paused = on, None, False
    dossier.closed_on = None if state == "returned" else on
    dossier.save()
