"""The stages as a graph: what comes after what (handbook 1.1, S12). Pure Python.

An arrow runs from a stage to each that waits for it; several may run at the same time::

    orientation ─ readiness ─ reflection ─ mapping ─┬─ board ──┬─ plan ─ funds ─ review
                                                    └─ groups ─┘
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pendamping.kernel.refusal import N_

After = Mapping[str, Iterable[str]]


def graph_reasons(after: After) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """``(text, stage, values)`` for each unknown predecessor and for a circle."""
    for stage, before in after.items():
        for name in before:
            if name not in after:
                yield N_("{place}: {name} is no stage"), stage, {"name": name}
    circle = find_circle(after)
    if circle:
        text = N_("{place}: the stages run in a circle: {circle}")
        yield text, circle[0], {"circle": " → ".join(circle)}


def find_circle(after: After) -> list[str]:
    """One circle as a path that ends where it starts; empty where there is none."""
    left = dict(waiting(after))
    if not left:
        return []
    stage = next(iter(left))
    path: list[str] = []
    while stage not in path:
        path.append(stage)
        stage = next(name for name in left[stage] if name in left)
    return [*path[path.index(stage) :], stage]


def waiting(after: After) -> dict[str, list[str]]:
    """What is left when every stage whose predecessors are done has been taken out."""
    left = {stage: [name for name in before if name in after] for stage, before in after.items()}
    while True:
        free = [stage for stage, before in left.items() if not any(name in left for name in before)]
        if not free:
            return left
        for stage in free:
            del left[stage]


def in_order(after: After) -> list[str]:
    """The stages so that each comes after its predecessors, otherwise as they were written.

    >>> in_order({"plan": ["map"], "map": [], "groups": ["map"]})
    ['map', 'plan', 'groups']
    """
    left = {stage: [name for name in before if name in after] for stage, before in after.items()}
    done: list[str] = []
    while left:
        free = next((s for s, before in left.items() if all(b in done for b in before)), None)
        if free is None:
            raise ValueError("the stages run in a circle")
        done.append(free)
        del left[free]
    return done
