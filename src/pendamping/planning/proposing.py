"""Reading proposals: what the guideline asks of them, what they still lack, where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.access.rules import roles_with
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason
from pendamping.planning import reading
from pendamping.planning.models import PlanLine, Proposal
from pendamping.planning.rules import proposal as rules
from pendamping.verification import queries as verification
from pendamping.verification.queries import Outcome

COUNTS = ("households", "poor_households", "people", "women")
CLOSED = ("refused", "withdrawn")  # another proposal of the same line may follow


def ref(proposal_id: str) -> str:
    """Under which reference the room verification knows a proposal."""
    return f"planning.proposal:{proposal_id}"


def rule(ward: str, component: str, on: date) -> rules.ProposalRule:
    """What the guideline in force asks of a proposal of a component."""
    text = guidelines.in_force(ward, on)
    said, lands = text.section("proposals"), text.section("land_statuses")
    papers = text.section("proposal_papers").items()
    named = component in said.get("named_for", ())
    return rules.ProposalRule(
        code=text.code,
        land=component in said.get("land_for", ()),
        named=named,
        poor_only=named and bool(text.section("menu").get("beneficiaries_on_poor_list")),
        within_plan=said.get("within_plan", True),
        given=tuple(text.section("contribution").get("kinds", ())),
        lands=tuple(lands),
        land_papers=frozenset(key for key, one in lands.items() if one.get("paper")),
        papers=tuple(
            rules.Paper(key, one["name"], one["form"])
            for key, one in papers
            if component in one.get("components", (component,))
        ),
        ticks=tuple(text.section("tranches").get("ticks", ("present", "correct"))),
    )


def costs(one: Proposal) -> list[rules.Cost]:
    """The budget as the rules read it."""
    return [rules.Cost(**line) for line in one.budget]


def asked_of(one: Proposal) -> int:
    """What it asks of the programme, in rupiah."""
    return rules.asked(costs(one))


def rule_of(one: Proposal) -> rules.ProposalRule:
    """The rule of the day on which the proposal was begun."""
    return rule(one.ward, one.line.component, one.drafted_on)


def set_aside(one: Proposal) -> int:
    """What the plan sets aside of the programme's money, in rupiah."""
    return reading.plan_rule(one.ward, one.line.plan.drafted_on).from_programme(one.line.sources)


def needed_papers(one: Proposal) -> list[rules.Paper]:
    """The papers that this proposal needs."""
    return rules.papers(one.land, rule_of(one))


def missing(one: Proposal, on: date) -> list[Reason]:
    """What still stands against handing it in."""
    return rules.problems(_told(one, on), rule_of(one))


def _told(one: Proposal, on: date) -> rules.Told:
    return rules.Told(
        budget=costs(one),
        set_aside=set_aside(one),
        places=one.places,
        people=len(one.people),
        not_poor=not_poor(one, on) if rule_of(one).poor_only else (),
        land=one.land,
        ticks=one.ticks,
    )


def not_poor(one: Proposal, on: date) -> list[str]:
    """The names of beneficiaries whose household is on no poor list on a day."""
    poor = households.poor_on(one.ward, one.people, on)
    known = households.persons(one.ward, one.people)
    return sorted(known[key].name for key in one.people if key in known and key not in poor)


def counted(one: Proposal, on: date) -> dict[str, int]:
    """Who benefits, from the census: the people named, or everybody in the RTs."""
    if one.people:
        known = households.persons(one.ward, one.people).values()
        homes = {each.household_id for each in known}
        poor = homes & households.poor_households(one.ward, on)
        women = sum(each.sex == "P" for each in known)
        return dict(zip(COUNTS, (len(homes), len(poor), len(known), women), strict=True))
    figures = households.by_place(one.ward)
    there = [figures.get(_pair(place), (0, 0, 0, 0)) for place in one.places]
    sums = [sum(int(row[at]) for row in there) for at in range(4)]
    return dict(zip(COUNTS, sums, strict=True))


def _pair(place: str) -> tuple[str, str]:
    rw, _slash, rt = place.partition("/")
    return rw, rt


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal and where it is: ``draft``, ``dropped``, or what its dossier says."""

    proposal: Proposal
    outcome: Outcome

    @property
    def state(self) -> str:
        """One word for where it is."""
        if self.proposal.dropped_on:
            return "dropped"
        return "draft" if self.outcome.state == "none" else self.outcome.state

    @property
    def open(self) -> bool:
        """Whether it may be written on: not handed in yet, or returned."""
        return self.state in ("draft", "returned")


def standing(one: Proposal) -> Standing:
    """Where one proposal is, with the reasons and the note of its last decision."""
    return Standing(one, verification.outcome(ref(one.id)))


def standings(found: Iterable[Proposal]) -> list[Standing]:
    """Where many proposals are; asked once."""
    rows = list(found)
    said = verification.outcomes([ref(one.id) for one in rows])
    return [Standing(one, said.get(ref(one.id), Outcome("none"))) for one in rows]


def proposals(ward: str) -> list[Standing]:
    """All proposals of a ward, the latest first."""
    found = Proposal.objects.filter(ward=ward).select_related("line__plan", "line__need")
    return standings(found.order_by("-number"))


def of_need(ward: str, need_ids: Iterable[str]) -> dict[str, list[Standing]]:
    """The proposals that came of needs, by the need, in order."""
    found = Proposal.objects.filter(ward=ward, line__need__in=list(need_ids))
    rows: dict[str, list[Standing]] = {}
    for one in standings(found.select_related("line__plan").order_by("number")):
        rows.setdefault(one.proposal.line.need_id, []).append(one)
    return rows


def proposal(ward: str, proposal_id: str) -> Proposal | None:
    """One proposal of the ward."""
    found = Proposal.objects.filter(pk=proposal_id, ward=ward)
    return found.select_related("line__plan", "line__need").first()


def proposable(ward: str, on: date) -> list[PlanLine]:
    """Lines of the plan in force that are planned and of which no proposal runs or has passed."""
    plan = reading.plan_in_force(ward, on)
    if plan is None:
        return []
    planned = [one for one in reading.lines(plan) if one.year]
    taken = of_need(ward, [one.need_id for one in planned])
    return [one for one in planned if not running(taken.get(one.need_id, []))]


def running(found: Iterable[Standing]) -> bool:
    """Whether any of these stands in the way of another one."""
    return any(one.state not in (*CLOSED, "dropped") for one in found)


def documents(one: Proposal) -> list[dict[str, Any]]:
    """The papers as the dossier names them."""
    return [{"key": each.key, "name": each.name["id"]} for each in needed_papers(one)]


def benefit(places: Iterable[str], people: Iterable[str]) -> dict[str, list[str]]:
    """Who benefits, as two of them are compared."""
    return {"places": sorted(set(places)), "people": sorted(set(people))}


def own_alone(by: User, ward: str) -> bool:
    """Whether somebody writes proposals as an officer of a group alone, and so those of their own groups alone;
    another role counts where it may write proposals itself.
    """
    held = set(access.roles(by, ward)) & set(roles_with("planning.draft_proposal"))
    return held == {"group_officer"}
