"""How a board is elected. Pure: no database, no framework."""

from pendamping.elections.rules.counting import (
    Outcome,
    Strength,
    elect,
    following,
    ordered,
    strength,
)
from pendamping.elections.rules.guide import ElectionRule, read_rule
from pendamping.elections.rules.names import Electable, Register, labels, register
from pendamping.elections.rules.preparing import (
    Asked,
    Plan,
    plan_stations,
    preparing_problems,
    unit_at,
    witness_problems,
)
from pendamping.elections.rules.tallies import (
    Box,
    Difference,
    Tally,
    agreed,
    differences,
    tally_problems,
)
from pendamping.elections.rules.turnout import Turnout, turnout_of

__all__ = [
    "Asked",
    "Box",
    "Difference",
    "Electable",
    "ElectionRule",
    "Outcome",
    "Plan",
    "Register",
    "Strength",
    "Tally",
    "Turnout",
    "agreed",
    "differences",
    "elect",
    "following",
    "labels",
    "ordered",
    "plan_stations",
    "preparing_problems",
    "read_rule",
    "register",
    "strength",
    "tally_problems",
    "turnout_of",
    "unit_at",
    "witness_problems",
]
