"""Whether a stage may begin, end, be taken back, and whether a plan can stand. Pure Python.

Source: handbook 1.1 (order, gates), S12 (sequential, parallel or continuous: what runs beside what is the
guideline's word, or the ward's own decision beside it).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.cycle.rules.dates import Run, Span, Spans, first_ends, latest
from pendamping.cycle.rules.gates import Verdict
from pendamping.cycle.rules.graph import Stages, before
from pendamping.kernel.refusal import N_, Reason


@dataclass(frozen=True, slots=True)
class Names:
    """What a refusal says: the code of the guideline, stages and gates by their names in each language."""

    code: str
    stages: Mapping[str, Mapping[str, str]]
    gates: Mapping[str, Mapping[str, str]]

    def after(self, key: str) -> str:
        """The clause that orders a stage."""
        return f"stages.{self.code}.{key}.after"


def day_problems(on: date, today: date, first_day: date | None) -> list[Reason]:
    """A day of the past or today, in the time of the programme."""
    found = []
    where = {"field": "on"}
    if on > today:
        text = N_("{day} is still to come.")
        found.append(Reason("cycle.day.future", text, {"day": on}, where))
    if first_day is not None and on < first_day:
        text = N_("The programme began in the ward on {day}.")
        found.append(Reason("cycle.day.early", text, {"day": first_day}, where))
    return found


def start_problems(
    stages: Stages, runs: Iterable[Run], key: str, on: date, names: Names
) -> list[Reason]:
    """Every reason why a stage cannot begin on a day; empty where it can."""
    if key not in stages:
        return [_unknown(key)]
    known = list(runs)
    stage, last = stages[key], latest(known).get(key)
    where = {"stage": key}
    name = {"stage": names.stages[key]}
    if stage.skipped:
        text = N_("The ward has decided to leave out this stage: {stage}.")
        return [Reason(f"stages.{names.code}.{key}.skipped", text, name, where)]
    if last is not None and last.finished is None:
        text = N_("{stage} runs since {day} already.")
        return [Reason("cycle.start.running", text, {**name, "day": last.started}, where)]
    if last is not None and stage.repeats == "once":
        text = N_("{stage} comes once, and was finished on {day}.")
        clause = f"stages.{names.code}.{key}.repeats"
        return [Reason(clause, text, {**name, "day": last.finished}, where)]
    found = []
    if last is not None and last.finished is not None and on < last.finished:
        text = N_("{stage} was finished on {day}; the next time begins after it.")
        found.append(Reason("cycle.start.before", text, {**name, "day": last.finished}, where))
    return found + _waits(stages, known, key, on, names)


def _waits(stages: Stages, runs: list[Run], key: str, on: date, names: Names) -> list[Reason]:
    """Predecessors that are not finished by the day; of one that may run beside: not begun."""
    found = []
    ended = first_ends(runs)
    begun = {run.stage: run.started for run in sorted(runs, key=lambda run: -run.turn)}
    for name in before(stages, key):
        values = {"stage": names.stages[key], "before": names.stages[name]}
        where = {"stage": key, "before": name}
        if name in stages[key].beside:
            if name not in begun or begun[name] > on:
                text = N_("{stage} may run beside {before}, which has not begun by then.")
                found.append(Reason(names.after(key), text, values, where))
        elif name not in ended or ended[name] > on:
            text = N_("{stage} comes after {before}, which is not finished by then.")
            found.append(Reason(names.after(key), text, values, where))
    return found


def finish_problems(
    stages: Stages,
    runs: Iterable[Run],
    key: str,
    on: date,
    verdicts: Iterable[Verdict],
    names: Names,
) -> list[Reason]:
    """Every reason why a stage cannot end on a day: it does not run, or a gate is not met."""
    if key not in stages:
        return [_unknown(key)]
    run = latest(runs).get(key)
    where = {"stage": key}
    name = {"stage": names.stages[key]}
    if run is None or run.finished is not None:
        return [Reason("cycle.finish.not_running", N_("{stage} is not running."), name, where)]
    found = []
    if on < run.started:
        text = N_("{stage} began on {day} only.")
        found.append(Reason("cycle.finish.before", text, {**name, "day": run.started}, where))
    return found + [_unmet(one, names) for one in verdicts if not one.met]


def _unmet(one: Verdict, names: Names) -> Reason:
    values = {"gate": names.gates[one.key], "have": one.found.have, "of": one.found.of}
    text = N_("Not met by then: {gate} ({have} of {of}).")
    if one.stops:
        text = N_(
            "Not met: {gate}. The record says no, and by the guideline the programme stops here."
        )
    return Reason(f"stage_gates.{names.code}.{one.key}", text, values, {"gate": one.key})


def take_back_problems(
    stages: Stages, runs: Iterable[Run], key: str, names: Names, why: str
) -> list[Reason]:
    """Why the last date of a stage cannot be taken back: there is none, or others came after it."""
    if key not in stages:
        return [_unknown(key)]
    known = latest(runs)
    where = {"stage": key}
    if key not in known:
        text = N_("Nothing is recorded of {stage}.")
        return [Reason("cycle.take_back.nothing", text, {"stage": names.stages[key]}, where)]
    found = []
    if known[key].turn == 1:
        found = [
            Reason(
                "cycle.take_back.follows",
                N_("{next} began after it; take that back first."),
                {"next": names.stages[other]},
                {"stage": other},
            )
            for other in known
            if key in before(stages, other)
            and (known[key].finished is None or key not in stages[other].beside)
        ]
    if not why.strip():
        text = N_("Say why it is taken back.")
        found.append(Reason("cycle.take_back.why", text, {}, {"field": "why"}))
    return found


def plan_problems(
    stages: Stages, runs: Iterable[Run], plan: Spans, now: Spans, names: Names, why: str
) -> list[Reason]:
    """Every reason why new planned dates cannot stand beside the others; ``now``: the plan that holds.

    Only stages that are not finished are planned anew; each ends after it begins, and begins no earlier
    than the stages that it waits for are planned to end (where they run side by side: to begin).
    """
    found = [_unknown(key) for key in plan if key not in stages]
    if found:
        return found
    known = latest(runs)
    together = {**now, **plan}
    for key, span in plan.items():
        run = known.get(key)
        found += _of_plan(stages, key, span, run, together, names)
    if all(now.get(key) == span for key, span in plan.items()):
        text = N_("These dates hold already; nothing is planned otherwise.")
        found.append(Reason("cycle.plan.same", text, {}, {"field": "why"}))
    if not why.strip():
        text = N_("Say why the dates are planned anew.")
        found.append(Reason("cycle.plan.why", text, {}, {"field": "why"}))
    return found


def _of_plan(
    stages: Stages, key: str, span: Span, run: Run | None, together: Spans, names: Names
) -> list[Reason]:
    found = []
    name = {"stage": names.stages[key]}
    if stages[key].skipped:
        text = N_("The ward has decided to leave out this stage: {stage}.")
        found.append(
            Reason(f"stages.{names.code}.{key}.skipped", text, name, {"field": f"{key}_ends"})
        )
    if run is not None and run.finished is not None:
        text = N_("{stage} is finished; its planned dates stay as they were.")
        found.append(Reason("cycle.plan.finished", text, name, {"field": f"{key}_ends"}))
    if span.ends < span.starts:
        text = N_("{stage}: the last day lies before the first.")
        found.append(Reason("cycle.plan.backwards", text, name, {"field": f"{key}_ends"}))
    for other in before(stages, key):
        if other not in together or (run is not None):
            continue
        beside = other in stages[key].beside
        earliest = together[other].starts if beside else together[other].ends
        if span.starts < earliest:
            values = {**name, "before": names.stages[other], "day": earliest}
            text = N_("{stage} is planned before {before} is ready for it, {day}.")
            found.append(Reason(names.after(key), text, values, {"field": f"{key}_starts"}))
    return found


def _unknown(key: str) -> Reason:
    text = N_("The guideline knows no stage {stage}.")
    return Reason("cycle.stage.unknown", text, {"stage": key}, {"stage": key})
