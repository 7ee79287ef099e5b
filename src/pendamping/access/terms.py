"""A role that is held in an area for a term. Read through ``rules``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.territory.rules import contains


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds in an area for a term."""

    role: str
    area: str
    since: date
    until: date | None = None


def overlap(one: Held, other: Held) -> bool:
    """Whether two roles meet: one area lies in the other, and the terms share a day."""
    meet = contains(one.area, other.area) or contains(other.area, one.area)
    before = one.until is not None and one.until < other.since
    after = other.until is not None and other.until < one.since
    return meet and not before and not after


def in_term(held: Held, on: date) -> bool:
    """Whether the term covers the day, ends included."""
    return held.since <= on and (held.until is None or on <= held.until)


def only(held: Iterable[Held], roles: Collection[str], ward: str, on: date) -> str:
    """The one of these roles that somebody holds in a ward on a day; empty for none or several."""
    here = {one.role for one in held if in_term(one, on) and contains(one.area, ward)}
    found = here & set(roles)
    return found.pop() if len(found) == 1 else ""
