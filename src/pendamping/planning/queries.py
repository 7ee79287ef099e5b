"""Reading needs and votes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.planning import facts
from pendamping.planning.facts import Counted, counted
from pendamping.planning.models import Need, Option, Plan, PlanLine, Sheet, Station, Vote
from pendamping.planning.proposing import (
    Standing,
    asked_of,
    costs,
    needed_papers,
    of_need,
    proposal,
    proposals,
)
from pendamping.planning.proposing import proposable as _proposable
from pendamping.planning.reading import (
    draft,
    lines,
    plan_in_force,
    plan_matter,
    plan_rule,
    plan_subject,
    plans,
)

__all__ = [
    "Counted",
    "Line",
    "Row",
    "Standing",
    "asked_of",
    "check",
    "components",
    "costs",
    "counted",
    "draft",
    "dump",
    "last_options",
    "lines",
    "need",
    "needed_papers",
    "needs",
    "of_need",
    "open_needs",
    "options",
    "places",
    "plan_in_force",
    "plan_matter",
    "plan_rule",
    "plan_subject",
    "planned",
    "plans",
    "proposable",
    "proposal",
    "proposals",
    "station",
    "stations",
    "typed_by",
    "vote",
    "votes",
]  # fmt: skip


def components(ward: str, on: date) -> dict[str, str]:
    """The components of the guideline in force, by key, in the reader's language."""
    lang = "en" if get_language() == "en" else "id"
    found = guidelines.section("components", ward, on)
    return {name: str(one["name"][lang]) for name, one in found.items()}


def places(ward: str) -> list[str]:
    """The RTs of the ward as the census knows them, ``01/02`` (RW first)."""
    return [f"{rw}/{rt}" for rw, rt in households.poor_by_place(ward)]


@dataclass(frozen=True, slots=True)
class Line:
    """A need and where it stands: ``open``, ``on-ballot``, ``funded``, ``carried`` or ``withdrawn``.

    ``on``: the day of the vote that says so; ``tried``: votes in which it was not funded.
    """

    need: Need
    status: str
    on: date | None
    tried: int


def needs(ward: str, component: str = "") -> list[Line]:
    """What was asked for, by component, the latest first; what was not funded is carried forward."""
    found = Need.objects.filter(ward=ward).order_by("component", "-asked_on", "-id")
    if component:
        found = found.filter(component=component)
    stood: dict[str, list[Option]] = {}
    options_ = Option.objects.filter(vote__ward=ward).exclude(vote__status="given_up")
    for one in options_.select_related("vote").order_by("vote__held_on", "vote_id"):
        stood.setdefault(one.need_id, []).append(one)
    return [_line(one, stood.get(one.id, [])) for one in found]


def _line(one: Need, stood: list[Option]) -> Line:
    tried = sum(option.funded is False for option in stood)
    last = stood[-1] if stood else None
    if one.withdrawn_on:
        return Line(one, "withdrawn", one.withdrawn_on, tried)
    if last is None:
        return Line(one, "open", None, 0)
    status = {None: "on-ballot", True: "funded", False: "carried"}[last.funded]
    return Line(one, status, last.vote.held_on, tried)


def open_needs(ward: str, component: str) -> list[Need]:
    """Needs that may be voted on: neither withdrawn, nor funded, nor on a ballot now."""
    return [one.need for one in needs(ward, component) if one.status in ("open", "carried")]


def need(ward: str, need_id: str) -> Need | None:
    """One need of the ward."""
    return Need.objects.filter(pk=need_id, ward=ward).first()


def planned(ward: str) -> dict[str, PlanLine]:
    """By need: its line in the plan in force today; what is done and left the plan, in its last version."""
    found = PlanLine.objects.filter(plan__ward=ward, plan__status="ratified")
    rows = found.filter(plan__ratified_on__lte=clock.today()).select_related("plan")
    return {one.need_id: one for one in rows.order_by("plan__ratified_on", "plan__number")}


def last_options(ward: str) -> list[Option]:
    """Needs on ballots of votes that were not given up, the latest vote first."""
    found = Option.objects.filter(vote__ward=ward).exclude(vote__status="given_up")
    return list(found.select_related("vote").order_by("-vote__held_on", "-vote_id"))


def proposable(ward: str) -> list[PlanLine]:
    """Lines of the plan in force today of which no proposal runs or has passed."""
    return _proposable(ward, clock.today())


def votes(ward: str) -> list[Vote]:
    """All votes of a ward, the latest first."""
    return list(Vote.objects.filter(ward=ward).order_by("-held_on", "-id"))


def vote(ward: str, vote_id: str) -> Vote | None:
    """One vote of the ward."""
    return Vote.objects.filter(pk=vote_id, ward=ward).first()


def options(of: Vote) -> list[Option]:
    """What stands on the ballot, by number."""
    return list(of.options.order_by("number").select_related("need"))


def station(ward: str, station_id: str) -> Station | None:
    """One station of a vote of the ward."""
    found = Station.objects.filter(pk=station_id, vote__ward=ward)
    return found.select_related("vote").first()


@dataclass(frozen=True, slots=True)
class Row:
    """A station and how far it is: ``waits``, ``once``, ``differs`` or ``agreed``."""

    station: Station
    typed: list[facts.Typed]
    state: str


def stations(of: Vote) -> list[Row]:
    """The stations of a vote in order, with what was typed for them."""
    found = list(of.stations.order_by("number"))
    by_station = facts.typed(found)
    return [Row(one, by_station[one.id], _state(by_station[one.id])) for one in found]


def _state(typed: list[facts.Typed]) -> str:
    if facts.agreed(typed) is not None:
        return "agreed"
    return {0: "waits", 1: "once"}.get(len(typed), "differs")


def typed_by(of: Station, username: str) -> Sheet | None:
    """What this person typed for the station, as far as it holds."""
    return of.sheets.filter(typed_by__username=username, holds=True).first()


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``needs``, ``votes``, ``vote_options``, ``vote_stations``,
    ``vote_sheets``, ``plans``, ``plan_lines``, ``proposals``; sorted by key."""
    wanted = {
        "needs": (Need, {"ward": ward}, ("id", "component", "title", "note", "cost", "rw", "rt",
            "asked_by", "asked_on", "entered_on", "withdrawn_on", "withdrawn_why")),
        "votes": (Vote, {"ward": ward}, ("id", "component", "budget", "held_on", "entered_on", "rule",
            "guideline_version", "poorest", "status", "witnesses", "closed_on", "given_up_why")),
        "vote_options": (Option, {"vote__ward": ward}, ("id", "vote", "need", "number", "title", "cost",
            "place", "votes", "funded", "by")),
        "vote_stations": (Station, {"vote__ward": ward}, ("id", "vote", "number", "rw", "rt", "eligible",
            "first", "last")),
        "vote_sheets": (Sheet, {"station__vote__ward": ward}, ("id", "station", "typed_by__username",
            "holds", "voters", "women", "invalid", "spoiled", "left", "lost", "ballots", "note")),
        "plans": (Plan, {"ward": ward}, ("id", "number", "first_year", "years", "guideline_version",
            "status", "drafted_on", "entered_on", "ratified_on", "meeting", "dropped_why")),
        "plan_lines": (PlanLine, {"plan__ward": ward}, ("id", "plan", "need", "component", "title", "note",
            "cost", "place", "asked_by", "asked_on", "volume", "year", "sources", "vote", "vote_said",
            "votes", "cleared", "excluded", "fixed")),
    }  # fmt: skip
    rows = {
        name: iter(model.objects.filter(**here).order_by("id").values(*columns))
        for name, (model, here, columns) in wanted.items()
    }
    return {
        **rows,
        "proposals": map(_proposal_row, sorted(proposals(ward), key=lambda one: one.proposal.id)),
    }


def check(ward: str) -> list[Reason]:
    """Needs and budgets that no action made so."""
    from pendamping.planning import said

    return said.breaks(ward)


WRITTEN = (
    "id", "number", "drafted_on", "entered_on", "drafted_by", "purpose", "work", "size", "spot", "land",
    "land_area", "land_owner", "budget", "places", "people", "counts", "ticks", "dropped_on",
    "dropped_why",
)  # fmt: skip


def _proposal_row(stand: Standing) -> dict[str, Any]:
    """A proposal as the ward package names it, with what it says."""
    one = stand.proposal
    return {
        **{name: getattr(one, name) for name in WRITTEN},
        "plan_line": one.line_id, "group": one.group_id, "component": one.line.component,
        "title": one.line.title, "amount": asked_of(one), "submitted_on": one.handed_on,
        "status": stand.state,
    }  # fmt: skip
