"""Stages as a graph, their dates, gates and what may be done. No Django here."""

from pendamping.cycle.rules.dates import Run, Span, expected, in_force, latest, planned
from pendamping.cycle.rules.gates import (
    READERS,
    Facts,
    Found,
    Missing,
    Proof,
    Verdict,
    judge,
    needs,
)
from pendamping.cycle.rules.graph import Stage, Stages, before, read_stages
from pendamping.cycle.rules.moves import (
    Names,
    day_problems,
    finish_problems,
    plan_problems,
    start_problems,
    take_back_problems,
)
from pendamping.cycle.rules.standing import Standing, outrun, standings, whole_end

__all__ = [
    "READERS",
    "Facts",
    "Found",
    "Missing",
    "Names",
    "Proof",
    "Run",
    "Span",
    "Stage",
    "Stages",
    "Standing",
    "Verdict",
    "before",
    "day_problems",
    "expected",
    "finish_problems",
    "in_force",
    "judge",
    "latest",
    "needs",
    "outrun",
    "plan_problems",
    "planned",
    "read_stages",
    "standings",
    "start_problems",
    "take_back_problems",
    "whole_end",
]
