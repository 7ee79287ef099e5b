"""Reading plans: versions, what the guideline says of them, their lines as the rules want them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language

from pendamping.guidelines import queries as guidelines
from pendamping.planning.models import Need, Option, Plan, PlanLine
from pendamping.planning.rules.plan import Line, PlanRule

SILENT = {"years": 3, "vote_binds": True, "chapters": ()}


def language() -> str:
    """In which of the guideline's languages the reader reads."""
    return "en" if get_language() == "en" else "id"


def plan_rule(ward: str, on: date) -> PlanRule:
    """What the guideline in force on a day says of the plan."""
    text = guidelines.in_force(ward, on)
    said = {**SILENT, **text.section("plan")}
    sources = text.section("plan_sources")
    return PlanRule(
        code=text.code,
        years=said["years"],
        vote_binds=said["vote_binds"],
        sources=tuple(sources),
        programme=frozenset(key for key, one in sources.items() if one.get("programme")),
        own=frozenset(key for key, one in sources.items() if one.get("own")),
        components=frozenset(text.section("components")),
        negative={key: one.get("words", ()) for key, one in text.section("negative_list").items()},
    )


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the plan by the guideline: what it holds and its title in the reader's language."""

    holds: str
    title: str


def chapters(ward: str, on: date) -> list[Chapter]:
    """The chapters of the plan in the guideline's order."""
    said = guidelines.section("plan", ward, on).get("chapters", ())
    return [Chapter(one["holds"], one["title"][language()]) for one in said]


def names(section: str, ward: str, on: date) -> dict[str, str]:
    """The names of what a section of the guideline lists, in the reader's language."""
    found = guidelines.section(section, ward, on)
    return {key: str(one["name"][language()]) for key, one in found.items()}


def plans(ward: str) -> list[Plan]:
    """All versions, the latest first."""
    return list(Plan.objects.filter(ward=ward).order_by("-number"))


def plan(ward: str, plan_id: str) -> Plan | None:
    """One version of the ward's plan."""
    return Plan.objects.filter(pk=plan_id, ward=ward).first()


def plan_in_force(ward: str, on: date) -> Plan | None:
    """The version that was ratified last on or before a day."""
    found = Plan.objects.filter(ward=ward, status="ratified", ratified_on__lte=on)
    return found.order_by("-ratified_on", "-number").first()


def draft(ward: str) -> Plan | None:
    """The version that is being written, where there is one."""
    return Plan.objects.filter(ward=ward, status="draft").first()


def lines(of: Plan) -> list[PlanLine]:
    """The lines of a version: by component, year, votes and title; what is carried forward last."""
    found = of.lines.select_related("need")
    return sorted(
        found,
        key=lambda one: (one.component, one.year or 99, -(one.votes or 0), one.title, one.id),
    )


def line(ward: str, line_id: str) -> PlanLine | None:
    """One line of any version of the ward's plan."""
    found = PlanLine.objects.filter(pk=line_id, plan__ward=ward)
    return found.select_related("plan", "need").first()


def as_line(one: PlanLine) -> Line:
    """A line as the rules read it."""
    return Line(
        one.need_id, one.title, one.component, one.cost, one.year, one.sources, one.vote_said,
        one.note, one.cleared, one.excluded,
    )  # fmt: skip


def dated(of: Plan) -> list[Line]:
    """The lines of a version with the year of the calendar, so that versions that begin apart compare."""
    found = [as_line(one) for one in lines(of)]
    return [replace(one, year=of.first_year + one.year - 1) if one.year else one for one in found]


def planned_before(of: Plan) -> dict[str, int]:
    """By need: the year in which the ratified versions before this one last planned it."""
    earlier = PlanLine.objects.filter(
        plan__ward=of.ward, plan__status="ratified", plan__number__lt=of.number, year__isnull=False
    )
    rows = earlier.select_related("plan").order_by("plan__number")
    return {one.need_id: one.plan.first_year + (one.year or 1) - 1 for one in rows}


def snapshot(need: Need) -> dict[str, Any]:
    """What a need says, as a line keeps it."""
    return {
        "component": need.component, "title": need.title, "note": need.note, "cost": need.cost,
        "place": f"{need.rw}/{need.rt}" if need.rt else "", "asked_by": need.asked_by,
        "asked_on": need.asked_on,
    }  # fmt: skip


def voted(ward: str) -> Mapping[str, dict[str, Any]]:
    """By need: what the last vote that was counted said of it."""
    found = {}
    options = Option.objects.filter(vote__ward=ward, vote__status="closed")
    for one in options.select_related("vote").order_by("vote__held_on", "vote_id"):
        said = "funded" if one.funded else "lost"
        found[one.need_id] = {"vote": one.vote_id, "vote_said": said, "votes": one.votes}
    return found


def open_needs(ward: str, but: Iterable[str] = ()) -> list[Need]:
    """Needs of the ward that nobody took off the list, by component, RT and title."""
    found = Need.objects.filter(ward=ward, withdrawn_on=None).exclude(pk__in=list(but))
    return list(found.order_by("component", "rw", "rt", "title", "id"))


def year_names(of: Plan) -> dict[int, str]:
    """The plan's years by their number: ``{1: "2004", …}``."""
    return {number: str(of.first_year + number - 1) for number in range(1, of.years + 1)}


def plan_record(plan_id: str) -> str:
    """A version of the plan as the trail names it."""
    return f"medium_term_plan:{plan_id}"


def formerly(plan_id: str) -> str:
    """How the trail named a version of the plan up to 0.1, with a word that it had for the week's plan too."""
    return f"plan:{plan_id}"


def plan_subject(of: Plan) -> str:
    """Under which subject a meeting ratifies a version."""
    return f"planning.ratify_plan:{of.id}"


def plan_matter(of: Plan) -> str:
    """What the guideline calls it: the first version is the plan, each later one an annual revision."""
    return "plan" if of.number == 1 else "annual_plan"
