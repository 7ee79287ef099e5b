"""What changed from one version to the next. Pure Python."""

from dataclasses import dataclass
from typing import Literal

from pendamping.guidelines.rules.shapes import Clause, Guideline, Text


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that was added, removed or changed."""

    kind: Literal["added", "removed", "changed"]
    clause: str
    old: Clause | None
    new: Clause | None


def diff(old: Text | Guideline, new: Text | Guideline) -> list[Change]:
    """Changes from ``old`` to ``new``, in the order of the new text, what is gone at the end.

    A clause counts as changed when its value, unit, sentence, source, status or note differs.
    """
    changes = []
    for place, clause in new.clauses.items():
        before = old.clauses.get(place)
        if before is None:
            changes.append(Change("added", clause.id, None, clause))
        elif _content(before) != _content(clause):
            changes.append(Change("changed", clause.id, before, clause))
    gone = [clause for place, clause in old.clauses.items() if place not in new.clauses]
    return changes + [Change("removed", clause.id, clause, None) for clause in gone]


def _content(clause: Clause) -> tuple[object, ...]:
    return (
        clause.value, clause.unit, clause.source, clause.status, dict(clause.text),
        dict(clause.note),
    )  # fmt: skip
