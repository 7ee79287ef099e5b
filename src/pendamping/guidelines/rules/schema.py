"""What a guideline may say, as data: its sections, their keys and the kind of each value.

A section is either *fixed* (the keys are known; rooms type them) or *open* (any key, every value of
one kind: stages, tiers, words). Handbook 10: what generalises from one programme to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pendamping.guidelines.rules.kinds import KEY, Both, Kind, Record

UNITS = frozenset(
    {
        "IDR", "percent", "basis_points", "days", "working_days", "weeks", "months", "years",
        "minutes", "hours", "lessons", "instalments", "loans", "persons", "households", "groups",
        "meetings", "quotes", "points", "papers", "wards", "cities", "names", "parts", "times", "marks", "votes",
    }
)  # fmt: skip
"""Units that a value may state. Another programme's currency is known by its header."""

ANY_UNIT = "any"
CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a guideline."""

    name: str
    title: str
    fixed: Record | None = None
    each: Kind | None = None
    required: bool = False

    def kind_of(self, key: str) -> Kind | None:
        """The kind of the value under a key, or ``None`` where the key may not stand here."""
        if self.fixed is not None:
            return self.fixed.kind_of(key)
        return self.each if KEY.fullmatch(key) else None

    def needed(self) -> tuple[str, ...]:
        """The keys that may not be missing once the section is there."""
        return tuple(self.fixed.fields) if self.fixed is not None else ()

    def known(self) -> tuple[str, ...]:
        """The keys of a fixed section; empty for an open one."""
        return (*self.fixed.fields, *self.fixed.optional) if self.fixed is not None else ()


def names_itself(kind: Kind) -> bool:
    """Whether the value carries its own name, so that the clause needs no sentence beside it."""
    return isinstance(kind, Record) and isinstance(kind.fields.get("name"), Both)


def index(*groups: tuple[Section, ...]) -> Mapping[str, Section]:
    """Sections by name, in reading order."""
    return {section.name: section for group in groups for section in group}
