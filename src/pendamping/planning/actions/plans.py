"""The medium-term plan: drafted from the needs, shaped line by line, ratified by a meeting."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db.models import Max

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.planning import proposing, reading
from pendamping.planning.actions.needs import DESK
from pendamping.planning.models import Need, Plan, PlanLine
from pendamping.planning.rules import plan as rules
from pendamping.territory import actions as territory
from pendamping.trail import queries as trail
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def draft_plan(*, by: User, ward: str, first_year: int) -> Plan:
    """Begin a version of the plan: from the version in force, and from every need on the list.

    What a vote funded stands in the first year, paid by the programme; what else is new waits for a year.
    """
    territory.take_turn(ward, DESK)
    allow(by, "planning.draft_plan", ward)
    today = clock.today()
    if reading.draft(ward) is not None:
        raise refuse("planning.plan", "A version of the plan is being written already.")
    if not today.year - 5 <= first_year <= today.year + 5:
        raise refuse("planning.plan", "Say the year in which the plan begins.",
                     where={"field": "first_year"})  # fmt: skip
    if not reading.open_needs(ward):
        raise refuse("planning.plan", "Note first what residents ask for: the plan is made of it.")
    rule = reading.plan_rule(ward, today)
    last = Plan.objects.filter(ward=ward).aggregate(last=Max("number"))["last"] or 0
    made = Plan.objects.create(
        ward=ward, number=last + 1, first_year=first_year, years=rule.years,
        guideline_version=guidelines.version(ward, today), drafted_on=today, entered_on=today,
    )  # fmt: skip
    kept = _kept(made, reading.plan_in_force(ward, today))
    _take_up(made, rule, kept, _under_way(ward, kept))
    record(
        by=by, ward=ward, record=reading.plan_record(made.id), on=today, number=made.number,
        first_year=first_year, lines=made.lines.count(),
    )  # fmt: skip
    return made


def _kept(made: Plan, before: Plan | None) -> dict[str, PlanLine]:
    """What the version in force said, by need; a year that is past by then is no longer planned."""
    if before is None:
        return {}
    shift = made.first_year - before.first_year
    found = {one.need_id: one for one in before.lines.all()}
    for one in found.values():
        year = one.year - shift if one.year else None
        one.year = year if year and 1 <= year <= made.years else None
        one.sources = one.sources if one.year else {}
    return found


def _under_way(ward: str, kept: Mapping[str, PlanLine]) -> set[str]:
    """Needs of years that are past of which a proposal runs or has passed: no longer to be planned."""
    past = [need for need, one in kept.items() if one.year is None]
    found = proposing.of_need(ward, past)
    return {need for need in past if proposing.running(found.get(need, []))}


def _take_up(
    made: Plan, rule: rules.PlanRule, kept: Mapping[str, PlanLine], but: Collection[str] = ()
) -> int:
    """Make the lines of needs that have none in this version; how many."""
    voted = reading.voted(made.ward)
    there = {*made.lines.values_list("need_id", flat=True), *but}
    new = [_line(made, rule, one, voted, kept.get(one.id)) for one in reading.open_needs(made.ward, there)]  # fmt: skip
    PlanLine.objects.bulk_create(new)
    return len(new)


def _line(
    made: Plan,
    rule: rules.PlanRule,
    need: Need,
    voted: Mapping[str, Mapping[str, object]],
    before: PlanLine | None,
) -> PlanLine:
    line = PlanLine(plan=made, need=need, **{**reading.snapshot(need), **voted.get(need.id, {})})
    if before is not None:
        for name in ("volume", "cleared", "excluded", "year", "sources"):
            setattr(line, name, getattr(before, name))
    if line.year is None and (before is None or before.vote_said != line.vote_said):
        begun = rules.begun(reading.as_line(line), rule)
        line.year, line.sources = begun.year, dict(begun.sources)
    return line


@action
def take_up_needs(*, by: User, ward: str, plan_id: str) -> int:
    """Bring needs and votes that came after the draft into it; how many lines are new."""
    plan = _draft(ward, plan_id)
    allow(by, "planning.take_up_needs", ward)
    rule = reading.plan_rule(ward, clock.today())
    voted = reading.voted(ward)
    gone = plan.lines.filter(need__withdrawn_on__isnull=False)
    changed = gone.count()
    gone.delete()
    for one in plan.lines.all():
        said = voted.get(one.need_id)
        if said and said["vote"] != one.vote:
            one.vote, one.vote_said, one.votes = said["vote"], said["vote_said"], said["votes"]
            one.save(update_fields=["vote", "vote_said", "votes"])
            changed += 1
    new = _take_up(plan, rule, {})
    record(by=by, ward=ward, record=reading.plan_record(plan.id), on=clock.today(), lines=new,
           changed=changed + new)  # fmt: skip
    return new


@action
def shape_line(
    *,
    by: User,
    ward: str,
    line_id: str,
    year: int | None,
    sources: Mapping[str, int],
    volume: str = "",
    cleared: str = "",
    excluded: str = "",
) -> PlanLine:
    """Say in which year a line stands and who pays it, or that it waits; only while it is a draft.

    ``year``: 1 is the plan's first; ``sources``: whole rupiah by the guideline's source. A line may be
    kept that is not covered yet: it is asked for when the plan is ratified.
    """
    territory.take_turn(ward, DESK)
    allow(by, "planning.shape_line", ward)
    line = PlanLine.objects.select_for_update().filter(pk=line_id, plan__ward=ward).first()
    if line is None or line.plan.status != "draft":
        raise refuse("planning.plan", "There is no such line in a draft of this ward.")
    rule = reading.plan_rule(ward, clock.today())
    kept = {key: amount for key, amount in sources.items() if amount} if year else {}
    said = replace(
        reading.as_line(line), year=year, sources=kept, cleared=cleared, excluded=excluded
    )
    refuse_if(_wrong(said, rule))
    line.year, line.sources, line.volume = year, kept, fitting(volume, 60)
    line.cleared, line.excluded = fitting(cleared, 200), excluded
    line.save(update_fields=["year", "sources", "volume", "cleared", "excluded"])
    record(
        by=by, ward=ward, record=reading.plan_record(line.plan_id), on=clock.today(), need=line.need_id,
        year=year, sources=kept,
    )  # fmt: skip
    return line


def _wrong(said: rules.Line, rule: rules.PlanRule) -> list[Reason]:
    """What is wrong with a line even in a draft: all but money that is still missing."""
    if said.excluded and said.excluded not in rule.negative:
        return [Reason("planning.plan", "The negative list has no such entry.")]
    if said.missing > 0:
        said = replace(said, cost=said.covered)
    return rules.line_problems(said, rule)


@action
def ratify_plan(*, by: User, ward: str, plan_id: str, meeting_id: str) -> Plan:
    """A meeting of residents agreed to this version (subject ``planning.ratify_plan:<id>``): it holds."""
    plan = _draft(ward, plan_id)
    allow(by, "planning.ratify_plan", ward)
    lines = [reading.as_line(one) for one in reading.lines(plan)]
    refuse_if(
        [
            *rules.plan_problems(lines, reading.plan_rule(ward, plan.drafted_on)),
            *meetings.decided(
                ward, meeting_id, reading.plan_subject(plan), matter=reading.plan_matter(plan),
                since=plan.drafted_on, until=clock.today(),
            ),
            *_changed_since(plan, meeting_id),
        ]
    )  # fmt: skip
    meeting = meetings.meeting(ward, meeting_id)
    assert meeting is not None, "what was decided has its meeting"
    plan.lines.update(fixed=True)
    plan.status, plan.meeting, plan.ratified_on = "ratified", meeting_id, meeting.held_on
    plan.save(update_fields=["status", "meeting", "ratified_on"])
    record(
        by=by, ward=ward, record=reading.plan_record(plan.id), on=meeting.held_on, number=plan.number,
        meeting=meeting_id, planned=sum(line.year is not None for line in lines), lines=len(lines),
    )  # fmt: skip
    return plan


def _changed_since(plan: Plan, meeting_id: str) -> list[Reason]:
    """What the meeting agreed to is the draft as it stood when its decision was recorded: by the trail."""
    subject = reading.plan_subject(plan)
    decided = [
        event.seq
        for event in trail.of_record(f"meeting:{meeting_id}")
        if event.verb == "meetings.record_decision" and trail.data(event)["subject"] == subject
    ]
    since = max(decided, default=0)
    later = [
        event
        for event in trail.of_record(reading.plan_record(plan.id), reading.formerly(plan.id))
        if event.verb in SHAPING and event.seq > since and trail.data(event).get("changed", 1)
    ]
    if not decided or not later:
        return []
    text = N_(
        "The draft was changed on {day}, after this meeting had decided on it: a meeting decides again on what it says now."
    )
    return [Reason("planning.plan.changed", text, {"day": later[-1].on.isoformat()}, {"field": "meeting_id"})]  # fmt: skip


SHAPING = ("planning.shape_line", "planning.take_up_needs")


@action
def drop_plan(*, by: User, ward: str, plan_id: str, why: str) -> Plan:
    """Put a draft aside, and why; the version in force stays as it is."""
    plan = _draft(ward, plan_id)
    allow(by, "planning.drop_plan", ward)
    if not why.strip():
        raise refuse("planning.plan", "Say why the draft is put aside.", where={"field": "why"})
    plan.status, plan.dropped_why = "dropped", fitting(why, 200)
    plan.save(update_fields=["status", "dropped_why"])
    record(
        by=by,
        ward=ward,
        record=reading.plan_record(plan.id),
        on=clock.today(),
        why=plan.dropped_why,
    )
    return plan


def _draft(ward: str, plan_id: str) -> Plan:
    territory.take_turn(ward, DESK)
    found = Plan.objects.select_for_update().filter(pk=plan_id, ward=ward).first()
    if found is None or found.status != "draft":
        raise refuse("planning.plan", "There is no such draft of a plan in this ward.")
    return found
