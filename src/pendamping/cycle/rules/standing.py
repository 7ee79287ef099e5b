"""Where each stage stands on a day, and what comes next. Pure Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.cycle.rules.dates import Run, Span, Spans, days_late, expected, first_ends, latest
from pendamping.cycle.rules.graph import Stages, before

STATES = ("finished", "running", "ready", "waiting", "skipped")


@dataclass(frozen=True, slots=True)
class Standing:
    """A stage on a day. ``state``: one of :data:`STATES`; ``run``: its last time, if it ever began;
    ``turns``: how often it has begun; ``days_late``: past its planned end; ``expected``: as things stand.
    """

    stage: str
    state: str
    run: Run | None
    turns: int
    planned: Span | None
    expected: Span | None
    days_late: int

    @property
    def overdue(self) -> bool:
        """Past its planned end and not finished."""
        return self.days_late > 0 and self.state in ("running", "ready", "waiting")


def outrun(stages: Stages, runs: Iterable[Run], today: date) -> list[str]:
    """The stages that run longer than the guideline expects."""
    return [
        run.stage
        for run in latest(runs).values()
        if run.finished is None
        and run.stage in stages
        and (today - run.started).days >= (stages[run.stage].days or 1)
    ]


def standings(
    stages: Stages,
    runs: Iterable[Run],
    plan: Spans,
    today: date,
    gates: Mapping[str, tuple[int, int]] | None = None,
) -> dict[str, Standing]:
    """Every stage of the guideline, each after its predecessors. ``gates``: as ``expected`` takes them."""
    known = [run for run in runs if run.started <= today]
    last, ended = latest(known), first_ends(known)
    ahead = expected(stages, known, plan, today, gates)
    found = {}
    for key, stage in stages.items():
        run = last.get(key)
        state = "skipped" if stage.skipped else _state(stages, key, run, last, ended)
        if state == "ready" and stage.repeats == "each-term" and not _come(plan.get(key), today):
            state = "waiting"  # for the end of the term, whatever else is done
        late = 0 if stage.skipped else _late(plan.get(key), known, key, today)
        turns = 0 if run is None else run.turn
        found[key] = Standing(key, state, run, turns, plan.get(key), ahead.get(key), late)
    return found


def _come(plan: Span | None, today: date) -> bool:
    return plan is not None and plan.starts <= today


def _late(plan: Span | None, runs: list[Run], key: str, today: date) -> int:
    """The plan is of the first time: so is what is late."""
    first = next((run for run in runs if run.stage == key and run.turn == 1), None)
    return days_late(plan, first, today)


def _state(
    stages: Stages,
    key: str,
    run: Run | None,
    last: Mapping[str, Run],
    ended: Mapping[str, date],
) -> str:
    if run is not None:
        return "finished" if run.finished is not None else "running"
    free = all(
        name in last if name in stages[key].beside else name in ended
        for name in before(stages, key)
    )
    return "ready" if free else "waiting"


def whole_end(stages: Stages, found: Mapping[str, Standing]) -> date | None:
    """The last day that is expected of all stages but those that come round with each term."""
    ends = [
        one.expected.ends
        for key, one in found.items()
        if one.expected is not None and stages[key].repeats != "each-term"
    ]
    return max(ends, default=None)
