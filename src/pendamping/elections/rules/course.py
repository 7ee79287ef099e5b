"""What comes next in an election: a round, a run-off, a lot, the seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

COUNT, ROUND, RUNOFF, LOT, SEAT, DONE = "count", "round", "runoff", "lot", "seat", "done"


@dataclass(frozen=True, slots=True)
class Held:
    """A round of the election as it stands. ``tied``: by place, who is equal at the last seats.

    ``runoffs``: by place, how many run-offs were counted there.
    """

    id: str
    level: str
    attempt: int
    status: str
    is_runoff: bool = False
    tied: Mapping[str, Sequence[str]] = field(default_factory=dict)
    runoffs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: ``count`` the open round, open a ``round`` or ``runoff``, draw a ``lot``, ``seat``.

    ``round``: the round that is meant, where there is one; ``units``: the places of a run-off or lot.
    """

    kind: str
    level: str = ""
    attempt: int = 1
    round: str = ""
    units: tuple[str, ...] = ()


def next_step(
    levels: Sequence[str], rounds: Sequence[Held], ties: Sequence[str], status: str
) -> Step:
    """The one step that the rule asks for next; ``rounds`` in their order."""
    if status != "open":
        return Step(DONE)
    for one in rounds:
        if one.status == "open":
            return Step(COUNT, one.level, one.attempt, one.id)
    main = [one for one in rounds if not one.is_runoff]
    if not main:
        return Step(ROUND, levels[0])
    last = main[-1]
    if last.status == "failed":
        return Step(ROUND, last.level, last.attempt + 1)
    if last.tied:
        return _break_tie(last, ties)
    place = levels.index(last.level) + 1
    if place < len(levels):
        return Step(ROUND, levels[place])
    return Step(SEAT, last.level, round=last.id)


def _break_tie(last: Held, ties: Sequence[str]) -> Step:
    """Vote again first, then draw lots, as far as the guideline has both."""
    waiting = [unit for unit in last.tied if not last.runoffs.get(unit, 0)]
    if "lot" not in ties:
        waiting = list(last.tied)
    if "runoff" in ties and waiting:
        return Step(RUNOFF, last.level, round=last.id, units=tuple(sorted(waiting)))
    return Step(LOT, last.level, round=last.id, units=tuple(sorted(last.tied)))
