"""What a tier does: take a dossier in hand, decide on it, step back from it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from pendamping.verification import guideline, offices, stopwatch
from pendamping.verification.actions import places
from pendamping.verification.guideline import Rule
from pendamping.verification.models import Dossier, Recusal, Step
from pendamping.verification.rules import deciding as rules
from pendamping.verification.rules.sides import sides_problems


@action
def receive(*, by: User, ward: str, dossier_id: str, on: date, step_id: str = "") -> Step:
    """Take a dossier in hand; the clock runs since it came, not since somebody opened it."""
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.receive", ward)
    step = places.open_step(dossier, step_id)
    rule = guideline.rule(ward, dossier.opened_on)
    refuse_if(_sides(by, dossier, rule, other=True))
    refuse_if(rules.day_problems(on, step.received_on, clock.today()))
    if step.taken_on is not None:
        raise refuse(
            "verification.taken", "It was taken in hand already on {day}.", day=step.taken_on
        )
    step.taken_on, step.taken_by = on, by.username
    step.save(update_fields=["taken_on", "taken_by"])
    record(by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, tier=step.tier)
    return step


@action
def decide(
    *,
    by: User,
    ward: str,
    dossier_id: str,
    result: str,
    on: date,
    papers: Mapping[str, tuple[bool, bool]] | None = None,
    checks: Collection[str] = (),
    reasons: Sequence[str] = (),
    note: str = "",
    meeting_id: str = "",
    step_id: str = "",
    other_person: bool = False,
) -> Step:
    """Let a dossier pass, return it or refuse it, in the tier where it lies.

    ``result``: a key of the tier's results. ``papers``: key to (present, correct). ``checks``: keys
    of the checklist that hold. ``reasons``: codes, needed to return or refuse. ``meeting_id``: the
    meeting that decided ``verification.decide:<dossier id>``, where the tier decides in one.
    ``step_id``: the step that the page showed; decided meanwhile, it is refused. ``other_person``:
    a party of the same name is somebody else. The next tier's clock starts on the same day.
    """
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.decide", ward)
    step = places.open_step(dossier, step_id)
    rule = guideline.rule(ward, dossier.opened_on)
    tier = rule.tiers[step.tier]
    verdict = rules.Verdict(result, on, papers or {}, checks, reasons, note)
    refuse_if(
        [
            *_sides(by, dossier, rule, other=other_person),
            *_frozen(dossier, on),
            *_wrong(dossier, step, rule, verdict),
            *(_not_met(dossier, step, on, meeting_id) if tier.minutes else ()),
        ]
    )
    moves = (tier.results or {})[result]
    _note_decision(step, verdict, moves, by, meeting_id if tier.minutes else "")
    _move(dossier, step, rule, moves, on)
    record(
        by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, tier=step.tier, decision=moves,
        reasons=list(reasons), days=step.days, limit=step.limit_days, other_person=other_person,
    )  # fmt: skip
    return step


def _wrong(dossier: Dossier, step: Step, rule: Rule, verdict: rules.Verdict) -> list[Reason]:
    return rules.deciding_problems(
        verdict,
        rule.tiers[step.tier],
        papers={paper["key"]: paper["name"] for paper in dossier.papers},
        known_reasons=rule.raw["verification_reasons"],
        received_on=_since(step),
        today=clock.today(),
        code=rule.code,
    )


def _since(step: Step) -> date:
    """The first day on which the step may be decided: a pause that runs has to have begun before."""
    running = step.pauses.order_by("-since").first()
    return max(step.received_on, running.since) if running else step.received_on


def _sides(by: User, dossier: Dossier, rule: Rule, *, other: bool) -> list[Reason]:
    tier = rule.tiers[dossier.tier]
    people = offices.holders(tier, dossier.ward, clock.today())
    return sides_problems(
        offices.holder_of(by, people),
        tier.key,
        offices.sides(dossier),
        people,
        rule.code,
        one_tier_each=rule.one_tier_each,
        same_name_is_another=other,
    )


def _frozen(dossier: Dossier, on: date) -> list[Reason]:
    found = stopwatch.frozen_on(dossier, on)
    if found is None:
        return []
    text = N_("Nothing is decided here from {since} to before {until}: {why}")
    values = {"since": found.since, "until": found.until, "why": found.why}
    return [Reason("verification.frozen", text, values, {"field": "on"})]


def _not_met(dossier: Dossier, step: Step, on: date, meeting_id: str) -> list[Reason]:
    """A tier that decides in a meeting needs the meeting's decision and its signed minutes."""
    return meetings.decided(
        dossier.ward,
        meeting_id,
        f"verification.decide:{dossier.id}",
        matter="loans" if dossier.kind == "loan" else "proposals",
        since=step.received_on,
        until=on,
    )


def _note_decision(
    step: Step, verdict: rules.Verdict, moves: str, by: User, meeting_id: str
) -> None:
    step.pauses.filter(until=None).update(until=verdict.on)
    step.decided_on, step.decided_entered_on = verdict.on, clock.today()
    step.decision, step.result = moves, verdict.result
    step.reasons = list(verdict.reasons) if moves != "pass" else []
    step.note = fitting(verdict.note, 1000)
    step.ticks = {
        "papers": {key: list(ticks) for key, ticks in verdict.papers.items()},
        "checks": sorted(verdict.checks),
    }
    step.meeting, step.decided_by = meeting_id, by.username
    step.substitute = offices.stands_in(by, step)
    step.days = stopwatch.days(step, verdict.on)
    step.month = verdict.on.isoformat()[:7]
    step.within = None if step.limit_days is None else step.days <= step.limit_days
    step.save()


def _move(dossier: Dossier, step: Step, rule: Rule, moves: str, on: date) -> None:
    """Where the dossier goes: on, back to its proposer, or out."""
    if moves == "pass":
        places.put_next(dossier, rule, on)
    elif moves == "return":
        dossier.returned += 1
        places.out(dossier, "returned", on)
    else:
        places.out(dossier, "refused", on)


@action
def recuse(*, by: User, ward: str, dossier_id: str, why: str, on: date) -> Recusal:
    """Step back from a dossier: kin, friendship, business. Somebody else of the office decides."""
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.recuse", ward)
    places.open_step(dossier)
    if not why.strip():
        raise refuse("verification.recuse_why", "Write why.", where={"field": "why"})
    if dossier.recusals.filter(user=by.username).exists():
        raise refuse("verification.recused_already", "You have stepped back from it already.")
    refuse_if(rules.day_problems(on, dossier.received_on, clock.today()))
    found = Recusal.objects.create(
        dossier=dossier, user=by.username, why=fitting(why, 300), on=on, entered_on=clock.today()
    )
    record(by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, tier=dossier.tier)
    return found
