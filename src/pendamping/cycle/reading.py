"""The cycle of a ward on a day, put together of its guideline, its milestones and its plans."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pendamping.cycle import facts
from pendamping.cycle.models import Milestone, Plan, PlanDate
from pendamping.cycle.rules import (
    Names,
    Run,
    Span,
    Stage,
    Standing,
    Verdict,
    in_force,
    judge,
    latest,
    needs,
    outrun,
    planned,
    read_stages,
    standings,
)
from pendamping.guidelines import queries as guidelines
from pendamping.guidelines.rules import Guideline
from pendamping.institutions import queries as institutions
from pendamping.territory import queries as territory


@dataclass(frozen=True)
class Cycle:
    """A ward's stages on a day: the text in force, the graph, what happened, the plan that holds.

    ``first_day``: of the programme in the ward, ``None`` where nobody entered it: then there is no plan.
    ``runs``: what happened by that day.
    """

    ward: str
    on: date
    text: Guideline
    stages: Mapping[str, Stage]
    first_day: date | None
    runs: list[Run]
    plan: Mapping[str, Span]

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Every stage as it stands."""
        late = outrun(self.stages, self.runs, self.on)
        last = latest(self.runs)
        running = [
            key
            for key, stage in self.stages.items()
            if key in last and last[key].finished is None and not stage.skipped
        ]
        judged = self.verdicts(running) if late else {}
        gates = {
            key: (sum(not one.met for one in judged[key]), len(judged[key]))
            for key in late
            if key in judged
        }
        return standings(self.stages, self.runs, self.plan, self.on, gates)

    @cached_property
    def names(self) -> Names:
        """Stages and gates by name, for refusals."""
        return names(self.text)

    def gates_of(self, stage: str) -> dict[str, Mapping[str, Any]]:
        """The exit gates of a stage as the guideline writes them."""
        gates = self.text.section("stage_gates")
        return {key: gate for key, gate in gates.items() if gate["stage"] == stage}

    def verdicts(self, stages: Collection[str], on: date | None = None) -> dict[str, list[Verdict]]:
        """What the exit gates of some stages find in the record on a day (default: the cycle's).

        Of a stage that comes round again, records count from the day on which it last began.
        """
        asked = (tuple(stages), on or self.on)
        if asked not in self._judged:
            self._judged[asked] = self._judge(*asked)
        return self._judged[asked]

    @cached_property
    def _judged(self) -> dict[tuple[tuple[str, ...], date], dict[str, list[Verdict]]]:
        return {}

    def _judge(self, stages: Collection[str], on: date) -> dict[str, list[Verdict]]:
        gates = {key: self.gates_of(key) for key in stages}
        wanted = needs({name: gate for own in gates.values() for name, gate in own.items()})
        known = facts.gather(self.ward, on, self.text, wanted)
        return {
            key: [judge(name, gate, known, self._since(key)) for name, gate in own.items()]
            for key, own in gates.items()
        }

    def _since(self, stage: str) -> date | None:
        run = latest(self.runs).get(stage)
        again = self.stages[stage].repeats != "once"
        return run.started if run is not None and again else None


def names(text: Guideline) -> Names:
    """Stages and gates of a guideline by name."""
    stages, gates = text.section("stages"), text.section("stage_gates")
    return Names(
        text.code,
        {key: one["name"] for key, one in stages.items()},
        {key: one["name"] for key, one in gates.items()},
    )


def graph(text: Guideline) -> dict[str, Stage]:
    """The stages of a guideline, each after its predecessors."""
    return read_stages(text.section("stages"), text.section("stage_lengths"))


def cycle(ward: str, on: date) -> Cycle:
    """The cycle of a ward as it stands on a day."""
    return cycles([ward], on)[ward]


def cycles(wards: Collection[str], on: date) -> dict[str, Cycle]:
    """The cycles of several wards on a day: milestones and plans are asked once for all."""
    runs, plans = _runs(wards, on), _plans(wards, on)
    return {ward: _cycle(ward, on, runs.get(ward, []), plans.get(ward, [])) for ward in wards}


def _cycle(ward: str, on: date, runs: list[Run], plans: list[dict[str, Span]]) -> Cycle:
    text = guidelines.in_force(ward, on)
    stages = graph(text)
    place = territory.ward(ward)
    first_day = place.programme_start if place else None
    first = {} if first_day is None else planned(stages, first_day, _board_ends(ward, on, stages))
    known = [run for run in runs if run.stage in stages]
    plan = {key: span for key, span in in_force(first, plans).items() if key in stages}
    return Cycle(ward, on, text, stages, first_day, known, plan)


def _board_ends(ward: str, on: date, stages: Mapping[str, Stage]) -> date | None:
    """The last day of the board's term, where the guideline has a stage that comes with each term."""
    if all(stage.repeats != "each-term" for stage in stages.values()):
        return None
    body = institutions.body(ward)
    sitting = institutions.seats(body, on) if body else []
    return max((seat.ends for seat in sitting), default=None)


def milestones(ward: str) -> list[Milestone]:
    """Everything recorded of a ward's stages, also what was taken back, as it was entered."""
    return list(Milestone.objects.filter(ward=ward).order_by("id"))


def _runs(wards: Collection[str], on: date) -> dict[str, list[Run]]:
    rows = Milestone.objects.filter(
        ward__in=wards, taken_back_on__isnull=True, on__lte=on
    ).order_by("ward", "stage", "turn")
    days: dict[tuple[str, str, int], dict[str, date]] = {}
    for row in rows:
        days.setdefault((row.ward, row.stage, row.turn), {})[row.what] = row.on
    found: dict[str, list[Run]] = {}
    for (ward, stage, turn), known in days.items():
        if "started" in known:
            run = Run(stage, turn, known["started"], known.get("finished"))
            found.setdefault(ward, []).append(run)
    return found


def _plans(wards: Collection[str], on: date) -> dict[str, list[dict[str, Span]]]:
    """The dates of every plan that a meeting adopted by the day, in the order of the meetings."""
    rows = PlanDate.objects.filter(
        plan__ward__in=wards, plan__status="adopted", plan__adopted_on__lte=on
    ).select_related("plan")
    found: dict[str, dict[str, dict[str, Span]]] = {}
    for row in rows.order_by("plan__adopted_on", "plan__number", "id"):
        own = found.setdefault(row.plan.ward, {}).setdefault(row.plan_id, {})
        own[row.stage] = Span(row.starts, row.ends)
    return {ward: list(plans.values()) for ward, plans in found.items()}


def plans(ward: str) -> list[Plan]:
    """The plans of a ward, the latest first."""
    return list(Plan.objects.filter(ward=ward).order_by("-number"))


def plan(ward: str, plan_id: str) -> Plan | None:
    """One plan of the ward."""
    return Plan.objects.filter(pk=plan_id, ward=ward).first()


def plan_spans(of: Plan) -> dict[str, Span]:
    """The dates of a plan by stage."""
    return {one.stage: Span(one.starts, one.ends) for one in of.dates.all()}
