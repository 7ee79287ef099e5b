"""Who somebody is to a new head of the household, as far as that follows from who they were before.

Pure. What does not follow (whose wife a daughter-in-law is) becomes "other relative"; the form asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pendamping.kernel.refusal import Reason

BIRTHS = ("child", "grandchild", "relative", "other")
"""What a newborn can be to the head."""

MARRIED = frozenset({"spouse", "child_in_law", "parent", "parent_in_law"})

_SAME = {"relative": "relative", "helper": "helper", "other": "other"}
_SEEN: Mapping[str, Mapping[str, str]] = {
    # who becomes head: {who somebody was to the head before: who they are to the new one}
    "spouse": {
        "head": "spouse", "spouse": "other", "child": "child", "child_in_law": "child_in_law",
        "grandchild": "grandchild", "parent": "parent_in_law", "parent_in_law": "parent",
    },
    "child": {"head": "parent", "spouse": "parent"},
    "parent": {
        "head": "child", "spouse": "child_in_law", "child": "grandchild", "parent": "spouse",
    },
    "parent_in_law": {
        "head": "child_in_law", "spouse": "child", "child": "grandchild", "parent_in_law": "spouse",
    },
    "child_in_law": {"head": "parent_in_law", "spouse": "parent_in_law"},
}  # fmt: skip
_JOINING: Mapping[str, Mapping[str, str]] = {
    # who the head is to the head of the household that takes them in: what the others become
    "child": {"spouse": "child_in_law", "child": "grandchild"},
    "parent": {"spouse": "parent"},
    "spouse": {"child": "child", "parent": "parent_in_law"},
    "child_in_law": {"spouse": "child", "child": "grandchild"},
    "parent_in_law": {"spouse": "parent_in_law"},
}


def seen_from(new_head: str, member: str) -> str:
    """Who ``member`` is to a new head; both are relations to the head before.

    >>> seen_from("child", "spouse"), seen_from("spouse", "child"), seen_from("child", "child")
    ('parent', 'child', 'relative')
    """
    if member in {"helper", "other"} or new_head in {"helper", "other"}:
        return _SAME.get(member, "other")
    return _SEEN.get(new_head, {}).get(member, "relative")


def taken_in(head_becomes: str, member: str) -> str:
    """Who ``member`` of a household becomes, when its head joins another as ``head_becomes``.

    >>> taken_in("child", "head"), taken_in("child", "spouse"), taken_in("relative", "child")
    ('child', 'child_in_law', 'relative')
    """
    if member == "head":
        return head_becomes
    if member in {"helper", "other"} or head_becomes in {"helper", "other"}:
        return _SAME.get(member, "other")
    return _JOINING.get(head_becomes, {}).get(member, "relative")


@dataclass(frozen=True, slots=True)
class Heir:
    """Somebody who could be head. ``age``: whole years, ``None`` where it is not known."""

    person: str
    name: str
    relation: str
    age: int | None


@dataclass(frozen=True, slots=True)
class HeadRule:
    """From which age somebody leads a household, as the guideline says; married people always may."""

    clause: str
    least_age: int


def is_grown(heir: Heir, rule: HeadRule) -> bool:
    """Whether somebody is old enough, or married; who has no known age is not refused for it."""
    return heir.age is None or heir.age >= rule.least_age or heir.relation in MARRIED


def head_problems(
    head: str, among: Sequence[Heir], rule: HeadRule | None, field: str, *, always: bool = False
) -> list[Reason]:
    """The head is grown where somebody of those who live together is; ``always``: in any case."""
    chosen = next((each for each in among if each.person == head), None)
    if rule is None or chosen is None or is_grown(chosen, rule):
        return []
    if not always and not any(is_grown(each, rule) for each in among):
        return []
    return [
        Reason(
            rule.clause,
            "{name} is {age} years old; the head of a household is at least {need}, or married.",
            {"name": chosen.name, "age": chosen.age, "need": rule.least_age},
            {"field": field},
        )
    ]


def birth_problems(relation: str) -> list[Reason]:
    """A newborn is a child, grandchild or other relative of the head, never a wife or a parent."""
    if relation in BIRTHS:
        return []
    return [
        Reason(
            "households.life.newborn",
            "A newborn is a child, a grandchild or another relative of the head.",
            where={"field": "relation"},
        )
    ]
