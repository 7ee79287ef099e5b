"""A proposal from a line of the plan: begun, described, reckoned, named, its papers ticked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from django.db.models import Max

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.seen import overtaken
from pendamping.kernel.texts import fitting
from pendamping.planning import proposing, queries, reading
from pendamping.planning.actions.needs import DESK
from pendamping.planning.models import PlanLine, Proposal
from pendamping.planning.rules import proposal as rules
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

MOST_LINES, MOST_PEOPLE = 60, 400


@action
def draft_proposal(*, by: User, ward: str, line_id: str, group_id: str) -> Proposal:
    """Begin a group's proposal from a line of the plan in force: title, place and money come from it."""
    territory.take_turn(ward, DESK)
    allow(by, "planning.draft_proposal", ward)
    _own(by, ward, group_id)
    today = clock.today()
    line = reading.line(ward, line_id)
    plan = reading.plan_in_force(ward, today)
    if line is None or plan is None or line.plan_id != plan.id or not line.year:
        raise refuse(
            "planning.proposal",
            "Only what stands in the plan in force, with its year, is proposed.",
        )
    refuse_if(_begin_problems(ward, line, group_id))
    last = Proposal.objects.filter(ward=ward).aggregate(last=Max("number"))["last"] or 0
    named = proposing.rule(ward, line.component, today).named
    made = Proposal.objects.create(
        ward=ward, number=last + 1, line=line, group_id=group_id, drafted_on=today, entered_on=today,
        drafted_by=by.username, places=[line.place] if line.place and not named else [],
        people=institutions.member_ids(group_id, today) if named else [],
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"proposal:{made.id}", on=today, number=made.number,
        line=line.id, group=group_id, named=rules.named_seal(made.places, made.people),
    )  # fmt: skip
    return made


def _begin_problems(ward: str, line: PlanLine, group_id: str) -> list[Reason]:
    group = institutions.group(ward, group_id)
    found = []
    if group is None or group.status != "active":
        where = {"field": "group_id"}
        found.append(Reason("planning.proposal", "Name the group that proposes.", {}, where))
    before = proposing.of_need(ward, [line.need_id]).get(line.need_id, [])
    if proposing.running(before):
        found.append(
            Reason("planning.proposal", "A proposal of this line is under way, or has passed.")
        )
    return found


@action
def describe_proposal(
    *,
    by: User,
    ward: str,
    proposal_id: str,
    purpose: str = "",
    work: str = "",
    size: str = "",
    spot: str = "",
    land: str = "",
    land_area: str = "",
    land_owner: str = "",
) -> Proposal:
    """Say what is done, how much of it, where within the RT, and whose land it is."""
    one = lock(by, ward, proposal_id)
    allow(by, "planning.describe_proposal", ward)
    if land and land not in proposing.rule_of(one).lands:
        raise refuse("planning.proposal", "The guideline knows no such status of land.",
                     where={"field": "land"})  # fmt: skip
    said = {"purpose": purpose, "work": work, "size": size, "spot": spot, "land_area": land_area,
            "land_owner": land_owner}  # fmt: skip
    for name, text in said.items():
        most = Proposal._meta.get_field(name).max_length or 0
        setattr(one, name, fitting(" ".join(text.split()), most))
    one.land = land
    one.save(update_fields=[*said, "land"])
    record(by=by, ward=ward, record=f"proposal:{one.id}", on=clock.today(), land=land)
    return one


@action
def set_budget(
    *, by: User, ward: str, proposal_id: str, lines: Sequence[rules.Cost], seen: str = ""
) -> Proposal:
    """Set the whole budget (RAB), the residents' own part among it, in the order of its lines.

    ``seen``: the mark of the budget that its page showed; here and below none where nobody read a page.
    """
    one = lock(by, ward, proposal_id)
    allow(by, "planning.set_budget", ward)
    if len(lines) > MOST_LINES:
        raise refuse("planning.budget", "A budget has at most {most} lines.", most=MOST_LINES)
    refuse_if(rules.budget_problems(lines, proposing.rule_of(one)))
    said = [asdict(line) for line in lines]
    refuse_if(overtaken(seen, one.budget, said))
    one.budget = said
    one.save(update_fields=["budget"])
    record(
        by=by, ward=ward, record=f"proposal:{one.id}", on=clock.today(),
        asked=rules.asked(lines), given=rules.given(lines), budget=rules.budget_seal(one.budget),
    )  # fmt: skip
    return one


@action
def name_beneficiaries(
    *,
    by: User,
    ward: str,
    proposal_id: str,
    places: Collection[str],
    people: Collection[str],
    seen: str = "",
) -> Proposal:
    """Say who benefits: the RTs (``01/02``), or residents by their ids."""
    one = lock(by, ward, proposal_id)
    allow(by, "planning.name_beneficiaries", ward)
    named = list(dict.fromkeys(people))
    known = households.persons(ward, named)
    if len(named) > MOST_PEOPLE or set(known) != set(named):
        raise refuse("planning.beneficiaries", "The census does not know everybody who is named.")
    if not set(places) <= set(queries.places(ward)):
        raise refuse("planning.beneficiaries", "The census knows no such RT.")
    refuse_if(
        overtaken(seen, proposing.benefit(one.places, one.people), proposing.benefit(places, named))
    )
    one.places, one.people = sorted(set(places)), named
    one.save(update_fields=["places", "people"])
    record(
        by=by, ward=ward, record=f"proposal:{one.id}", on=clock.today(), places=one.places,
        people=len(named), named=rules.named_seal(one.places, named),
    )  # fmt: skip
    return one


@action
def tick_proposal(
    *, by: User, ward: str, proposal_id: str, ticks: Mapping[str, Collection[str]], seen: str = ""
) -> Proposal:
    """Tick each paper twice: that it is there, and that it is right. A paper that is not there is not right."""
    one = lock(by, ward, proposal_id)
    allow(by, "planning.tick_proposal", ward)
    rule = proposing.rule_of(one)
    needed = {each.key for each in proposing.needed_papers(one)}
    kept = {key: [tick for tick in rule.ticks if tick in said] for key, said in ticks.items() if key in needed}  # fmt: skip
    if any("correct" in said and "present" not in said for said in kept.values()):
        raise refuse("planning.papers", "A paper that is not there cannot be right.")
    said = {key: ticked for key, ticked in kept.items() if ticked}
    refuse_if(overtaken(seen, one.ticks, said))
    one.ticks = said
    one.save(update_fields=["ticks"])
    record(by=by, ward=ward, record=f"proposal:{one.id}", on=clock.today(), ticks=one.ticks)
    return one


def lock(by: User, ward: str, proposal_id: str) -> Proposal:
    """A proposal that may be written on, for this transaction alone; an officer's own group's only."""
    territory.take_turn(ward, DESK)
    found = Proposal.objects.filter(pk=proposal_id, ward=ward)
    one = found.select_related("line__plan", "line__need").first()
    if one is None:
        raise refuse("planning.proposal", "There is no such proposal in this ward.")
    _own(by, ward, one.group_id)
    if not proposing.standing(one).open:
        raise refuse(
            "planning.proposal", "It was handed in: it changes only when a tier returns it."
        )
    return one


def _own(by: User, ward: str, group_id: str) -> None:
    """An officer of a group writes the proposals of the groups that they look after."""
    if proposing.own_alone(by, ward) and not institutions.looks_after(by, ward, group_id):
        raise refuse("planning.proposal", "An officer proposes for their own group.")
