"""A stage begins, is finished, or a date of it is taken back."""

from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.cycle import reading
from pendamping.cycle.models import Milestone
from pendamping.cycle.rules import (
    Verdict,
    day_problems,
    finish_problems,
    latest,
    start_problems,
    take_back_problems,
)
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory.actions import take_turn
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def start_stage(*, by: User, ward: str, stage: str, on: date) -> Milestone:
    """Record that a stage began on a day; one that comes round again begins its next turn.

    Refused where a stage that it waits for is not finished by then (of one that may run beside it: not
    begun), where the ward left it out, where it runs already, and for a day to come or before the programme.
    The order is the one that held on that day, with what the ward had decided beside the guideline.
    """
    take_turn(ward, "cycle")
    allow(by, "cycle.start_stage", ward)
    now = reading.cycle(ward, clock.today())
    refuse_if(day_problems(on, clock.today(), now.first_day))
    then = guidelines.in_force(ward, on)  # another order counts from the day it was decided for
    refuse_if(start_problems(reading.graph(then), now.runs, stage, on, reading.names(then)))
    last = latest(now.runs).get(stage)
    return _write(by, now, stage, last.turn + 1 if last else 1, "started", on, [])


@action
def finish_stage(*, by: User, ward: str, stage: str, on: date) -> Milestone:
    """Record that a stage was finished on a day; what its gates found is kept with it.

    Refused where the stage does not run, and, with every gate, where one was not met at the end of that day.
    """
    take_turn(ward, "cycle")
    allow(by, "cycle.finish_stage", ward)
    now = reading.cycle(ward, clock.today())
    found = now.verdicts([stage], on)[stage] if stage in now.stages else []
    refuse_if(
        day_problems(on, clock.today(), now.first_day)
        + finish_problems(now.stages, now.runs, stage, on, found, now.names)
    )
    turn = latest(now.runs)[stage].turn
    return _write(by, now, stage, turn, "finished", on, [_kept(one) for one in found])


@action
def take_back(*, by: User, ward: str, stage: str, why: str) -> Milestone:
    """Take back the last date of a stage that was entered wrongly: its end, else its beginning."""
    take_turn(ward, "cycle")
    allow(by, "cycle.take_back", ward)
    now = reading.cycle(ward, clock.today())
    refuse_if(take_back_problems(now.stages, now.runs, stage, now.names, why))
    run = latest(now.runs)[stage]
    what = "started" if run.finished is None else "finished"
    found = Milestone.objects.select_for_update().get(
        ward=ward, stage=stage, turn=run.turn, what=what, taken_back_on__isnull=True
    )
    found.taken_back_on, found.taken_back_why = clock.today(), fitting(why, 200)
    found.save(update_fields=["taken_back_on", "taken_back_why"])
    record(by=by, ward=ward, record=f"stage:{stage}", on=clock.today(), what=what, day=found.on, why=found.taken_back_why)  # fmt: skip
    return found


def _write(
    by: User, now: reading.Cycle, stage: str, turn: int, what: str, on: date, gates: list[Any]
) -> Milestone:
    made = Milestone.objects.create(
        ward=now.ward,
        stage=stage,
        turn=turn,
        what=what,
        on=on,
        entered_on=clock.today(),
        entered_at=clock.now(),
        gates=gates,
        guideline_version=now.text.version,
    )
    record(by=by, ward=now.ward, record=f"stage:{stage}", on=on, turn=turn, what=what)
    return made


MOST_KEPT = 100  # records of a gate that a milestone keeps by name; their number is kept whole


def _kept(one: Verdict) -> dict[str, Any]:
    """What a gate found, as the milestone keeps it."""
    return {
        "gate": one.key,
        "have": one.found.have,
        "of": one.found.of,
        "records": [proof.record for proof in one.found.proofs[:MOST_KEPT]],
        "count": len(one.found.proofs),
    }
