"""A version of the plan as it is read: on the page, on paper and in the workbook, from one place."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pendamping.households import queries as households
from pendamping.meetings import queries as meetings
from pendamping.planning import labels, queries, reading
from pendamping.planning.models import Plan, PlanLine
from pendamping.planning.rules import plan as rules


@dataclass(frozen=True)
class Row:
    """A line as it is read. ``year``: in words, empty where it waits; ``because``: why it does."""

    id: str
    need: str
    component: str
    title: str
    place: str
    asked_by: str
    asked_on: Any
    volume: str
    cost: int
    number: int | None
    year: str
    sources: dict[str, int]
    money: str
    missing: int
    votes: int | None
    because: str
    cleared: str
    excluded: str
    clause: str
    warned: bool


@dataclass(frozen=True)
class Document:
    """Everything that a version says; ``years``: ``{1: "2004", …}``; ``sums``: by year and source."""

    plan: Plan
    title: str
    years: dict[int, str]
    components: dict[str, str]
    sources: dict[str, str]
    chapters: list[reading.Chapter]
    rows: list[Row]
    sums: dict[int, dict[str, int]]
    facts: list[tuple[str, int]]
    asked: list[tuple[str, int]]
    votes: list[Any]
    meeting: Any

    def planned(self, year: int | None = None) -> list[Row]:
        """What stands in one year, or in any."""
        return [one for one in self.rows if one.number and year in (None, one.number)]

    @property
    def carried(self) -> list[Row]:
        """What waits for money."""
        return [one for one in self.rows if not one.number and not one.excluded]

    @property
    def left_out(self) -> list[Row]:
        """What the negative list excludes."""
        return [one for one in self.rows if one.excluded]

    def of_year(self, year: int) -> int:
        """What a year costs."""
        return sum(self.sums[year].values())

    def of_source(self, source: str) -> int:
        """What a source gives in all years."""
        return sum(one[source] for one in self.sums.values())


def document(plan: Plan) -> Document:
    """A version with every name in the reader's language."""
    ward, on = plan.ward, plan.drafted_on
    rule = reading.plan_rule(ward, on)
    sources = reading.names("plan_sources", ward, on)
    negative = reading.names("negative_list", ward, on)
    years = reading.year_names(plan)
    components = queries.components(ward, on)
    order = {key: place for place, key in enumerate(components)}
    found = sorted(reading.lines(plan), key=lambda one: order.get(one.component, len(order)))
    counts, before = households.counts(ward), reading.planned_before(plan)
    return Document(
        plan=plan,
        title=_("PJM Pronangkis %(from)s–%(to)s") % {"from": years[1], "to": years[plan.years]},
        years=years,
        components=components,
        sources=sources,
        chapters=reading.chapters(ward, on),
        rows=[_row(one, rule, years, sources, negative, before) for one in found],
        sums=rules.by_year([reading.as_line(one) for one in found], rule),
        facts=[
            (_("Households"), counts.households),
            (_("Poor households"), counts.poor),
            (_("RTs"), len(queries.places(ward))),
            (_("Residents"), counts.persons),
        ],
        asked=_asked(found),
        votes=[one for one in queries.votes(ward) if one.status == "closed" and one.held_on <= (plan.ratified_on or one.held_on)],
        meeting=meetings.meeting(ward, plan.meeting) if plan.meeting else None,
    )  # fmt: skip


def _asked(found: list[PlanLine]) -> list[tuple[str, int]]:
    """How many needs each of those who choose has chosen."""
    chose = [one.asked_by for one in found]
    return [(str(name), chose.count(key)) for key, name in labels.ASKED_BY.items() if key in chose]


def _row(
    one: PlanLine,
    rule: rules.PlanRule,
    years: dict[int, str],
    sources: dict[str, str],
    negative: dict[str, str],
    before: dict[str, int],
) -> Row:
    line = reading.as_line(one)
    given = {key: amount for key, amount in one.sources.items() if amount}
    return Row(
        id=one.id, need=one.need_id, component=one.component, title=one.title,
        place=labels.place(one.place), asked_by=str(labels.ASKED_BY[one.asked_by]),
        asked_on=one.asked_on, volume=one.volume, cost=one.cost, number=one.year,
        year=years.get(one.year or 0, ""), sources=given,
        money=labels.money(given, sources), missing=line.missing if one.year else 0,
        votes=one.votes, because="" if one.year else labels.waits(rules.waits_because(line), before.get(one.need_id)),
        cleared=one.cleared, excluded=negative.get(one.excluded, ""),
        clause=f"negative_list.{rule.code}.{one.excluded}" if one.excluded else "",
        warned=bool(rules.warned(line, rule.negative)) and not one.cleared and not one.excluded,
    )  # fmt: skip
