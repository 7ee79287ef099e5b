"""The stages of a guideline as a graph, ready for dates (handbook 1.1, S12). Pure Python.

An arrow runs from a stage to each that waits for it; a stage that the ward leaves out passes its own
predecessors on::

    mapping ─┬─ board ──┬─ (plan, left out) ─ funds          funds waits for board and groups
             └─ groups ─┘
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pendamping.guidelines.rules.graph import in_order

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the guideline in force.

    ``after``: what has to be done before; ``beside``: those that may run at the same time, whichever of
    the two says so. ``weeks``: the length that one plans with, the middle of what the guideline expects
    (whole weeks, rounded up), ``None`` where it says none; ``low``, ``high``: the two ends of it.
    ``repeats``: ``once``, ``yearly``, ``each-term``.
    """

    key: str
    after: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()
    repeats: str = "once"
    skipped: bool = False
    low: int | None = None
    high: int | None = None

    @property
    def weeks(self) -> int | None:
        """The middle of what the guideline expects, rounded up to whole weeks."""
        if self.low is None or self.high is None:
            return None
        return -(-(self.low + self.high) // 2)

    @property
    def days(self) -> int | None:
        """The same in days."""
        return None if self.weeks is None else self.weeks * DAYS_A_WEEK


Stages = Mapping[str, Stage]


def read_stages(stages: Mapping[str, Any], lengths: Mapping[str, Any]) -> dict[str, Stage]:
    """The sections ``stages`` and ``stage_lengths`` as stages by key, each after its predecessors.

    ``ValueError`` where the stages run in a circle (a text in which they do is not read at all).
    """
    spans = {one["stage"]: (one["low"], one["high"]) for one in lengths.values()}
    found = {}
    for key in in_order({key: one["after"] for key, one in stages.items()}):
        one, (low, high) = stages[key], spans.get(key, (None, None))
        said_by_others = {
            other for other, said in stages.items() if key in said.get("overlaps", ())
        }
        found[key] = Stage(
            key=key,
            after=tuple(one["after"]),
            beside=frozenset({*one.get("overlaps", ()), *said_by_others}),
            repeats=one.get("repeats", "once"),
            skipped=bool(one.get("skipped", False)),
            low=low,
            high=high,
        )
    return found


def before(stages: Stages, key: str) -> tuple[str, ...]:
    """What a stage really waits for: its predecessors, those of a stage left out in its place."""
    found: list[str] = []
    for name in stages[key].after:
        inner = before(stages, name) if stages[name].skipped else (name,)
        found += [one for one in inner if one not in found]
    return tuple(found)
