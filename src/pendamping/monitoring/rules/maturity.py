"""How far the board has come on its way to standing alone, by the rubric of the guideline.

Source: path S62, rubric handbook 7.2 (our design). A level is reached with all its criteria and all of those below it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.kernel.refusal import N_, Reason

TICKED = "ticked"
WORDS = ("met", "unmet", "none")
"""``none``: nothing in the record and nobody has said it; it counts as not met."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as the guideline writes it; ``measure``: what reads it, ``ticked`` where people say it."""

    key: str
    level: str
    measure: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A criterion on a day: how it stands, ``part`` of ``whole`` where it was counted, what people said."""

    criterion: Criterion
    word: str
    part: int | None = None
    whole: int | None = None
    evidence: str = ""


def read_criteria(section: Mapping[str, Mapping[str, Any]]) -> dict[str, Criterion]:
    """The criteria of the section ``maturity_criteria`` in its order."""
    return {
        key: Criterion(
            key, said["level"], said.get("measure", TICKED), int(said.get("at_least", 1))
        )
        for key, said in section.items()
    }


def levels(section: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The levels of the section ``maturity`` from the first to the last."""
    return sorted(section, key=lambda key: (section[key]["order"], key))


def reached(order: Sequence[str], found: Iterable[Standing]) -> str:
    """The highest level of which, and of all below which, every criterion is met; empty before the first.

    >>> def one(level, word): return Standing(Criterion(level, level, "ticked", 1), word)
    >>> reached(["a", "b", "c"], [one("a", "met"), one("b", "unmet"), one("c", "met")])
    'a'
    """
    rows, last = list(found), ""
    for level in order:
        own = [one for one in rows if one.criterion.level == level]
        if not own or any(one.word != "met" for one in own):
            break
        last = level
    return last


def missing(order: Sequence[str], found: Iterable[Standing]) -> list[Standing]:
    """What is not met of the level after the one that is reached; empty at the top."""
    rows = list(found)
    last = reached(order, rows)
    place = order.index(last) + 1 if last else 0
    return [
        one for one in rows if one.word != "met" and one.criterion.level in order[place : place + 1]
    ]


def tick_problems(known: Criterion | None, evidence: str) -> list[Reason]:
    """What keeps somebody from saying how a criterion stands: it is read from the record, or nothing is shown for it."""
    found = []
    if known is None or known.measure != TICKED:
        text = N_("This is read from the record; nobody ticks it.")
        found.append(Reason("monitoring.maturity.read", text, {}, {}))
    if not evidence.strip():
        text = N_("Name the paper or the event that shows it.")
        found.append(Reason("monitoring.maturity.evidence", text, {}, {"field": "evidence"}))
    return found
