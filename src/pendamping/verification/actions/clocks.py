"""Stopping and starting the clock: of one dossier with a reason, of an area in a freeze."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from pendamping.verification import guideline, offices, stopwatch
from pendamping.verification.actions import places
from pendamping.verification.models import Dossier, Freeze, Pause, Step
from pendamping.verification.rules.deciding import OTHER, day_problems

AT_ONCE = 500


@action
def pause(*, by: User, ward: str, dossier_id: str, on: date, reason: str, note: str = "") -> Pause:
    """Stop the clock of a dossier where it lies; ``reason``: a key of ``verification_pauses``."""
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.pause", ward)
    step = places.open_step(dossier)
    _office(by, dossier)
    rule = guideline.rule(ward, dossier.opened_on)
    last = step.pauses.order_by("-since").first()
    since = max(step.received_on, last.until or last.since) if last else step.received_on
    reasons = day_problems(on, since, clock.today())
    if dossier.paused:
        reasons.append(Reason("verification.paused", "The clock stands already."))
    if reason not in rule.raw["verification_pauses"]:
        text = N_("Choose why the clock stands")
        reasons.append(Reason("verification.pause_reason", text, {}, {"field": "reason"}))
    if reason == OTHER and not note.strip():
        text = N_("Write why the clock stands")
        reasons.append(Reason("verification.pause_note", text, {}, {"field": "note"}))
    refuse_if(reasons)
    found = Pause.objects.create(
        step=step, since=on, reason=reason, note=fitting(note, 300), entered_on=clock.today()
    )
    dossier.paused, dossier.due_on = True, None
    dossier.save(update_fields=["paused", "due_on"])
    record(by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, tier=step.tier, reason=reason)
    return found


@action
def resume(*, by: User, ward: str, dossier_id: str, on: date) -> Step:
    """Let the clock of a dossier run again from a day on."""
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.resume", ward)
    step = places.open_step(dossier)
    _office(by, dossier)
    running = step.pauses.filter(until=None).first()
    if running is None:
        raise refuse("verification.runs", "The clock runs already.")
    refuse_if(day_problems(on, running.since, clock.today()))
    running.until = on
    running.save(update_fields=["until"])
    dossier.paused, dossier.due_on = False, stopwatch.due(step, clock.today())
    dossier.save(update_fields=["paused", "due_on"])
    record(by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, tier=step.tier)
    return step


def _office(by: User, dossier: Dossier) -> None:
    """Only who sits in the office stops its clock."""
    rule = guideline.rule(dossier.ward, dossier.opened_on)
    people = offices.holders(rule.tiers[dossier.tier], dossier.ward, clock.today())
    if by.username not in {one.user for one in people}:
        raise refuse(
            "verification.office",
            "{name} does not sit in the office that has this dossier now",
            name=by.name,
        )


@action
def freeze(*, by: User, area: str, since: date, until: date, why: str, chain: str = "") -> Freeze:
    """No dossier of an area is decided from ``since`` to before ``until``; every clock stands.

    ``chain``: only this chain (empty: all). Not to be declared for days that have passed, so that
    no decision comes to lie in it.
    """
    allow(by, "verification.freeze", area)
    reasons = []
    if since < clock.today():
        text = N_("A freeze begins today or later; days that have passed have counted")
        reasons.append(Reason("verification.freeze_past", text, {}, {"field": "since"}))
    if until <= since:
        text = N_("The freeze ends before it begins")
        reasons.append(Reason("verification.freeze_span", text, {}, {"field": "until"}))
    if not why.strip():
        text = N_("Write why nothing is decided")
        reasons.append(Reason("verification.freeze_why", text, {}, {"field": "why"}))
    refuse_if(reasons)
    found = Freeze.objects.create(
        area=area, chain=chain, since=since, until=until, why=fitting(why, 200),
        entered_on=clock.today(),
    )  # fmt: skip
    moved = _move_limits(found)
    record(
        by=by, ward=area, record=f"freeze:{found.id}", on=since, until=until.isoformat(),
        chain=chain, dossiers=moved,
    )  # fmt: skip
    return found


def _move_limits(found: Freeze) -> int:
    """Every open limit of the area moves on by the days of the freeze; how many did."""
    inside = Dossier.objects.filter(state="open", due_on__gte=found.since)
    if found.area:
        inside = inside.filter(ward__startswith=found.area)
    if found.chain:
        inside = inside.filter(chain=found.chain)
    ids = list(inside.order_by("id").values_list("id", flat=True))
    for at in range(0, len(ids), AT_ONCE):
        steps = Step.objects.filter(dossier__in=ids[at : at + AT_ONCE], decided_on=None)
        changed = []
        for step in steps.select_related("dossier"):
            step.dossier.due_on = stopwatch.due(step, clock.today())
            changed.append(step.dossier)
        Dossier.objects.bulk_update(changed, ["due_on"])
    return len(ids)
