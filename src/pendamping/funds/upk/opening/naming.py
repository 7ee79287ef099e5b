"""Whose loan or saving a row is: the groups and persons of the ward that the names of a list mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from pendamping.funds.upk.rules.opening.sheets import Row
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel.refusal import N_

LIKE, OFFERED = 0.86, 5
NEW = "new"
"""The answer that a group is not known yet and is entered with its members."""


@dataclass(frozen=True, slots=True)
class Question:
    """A name that means nobody, or several: what it may mean, as (answer, in words)."""

    key: str
    row: Row
    heading: str
    name: str
    why: str
    choices: tuple[tuple[str, str], ...]


@dataclass
class Names:
    """What the names of a workbook mean in a ward. ``said``: answers given before, by question."""

    ward: str
    said: Mapping[str, str]
    questions: dict[str, Question] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    called: dict[str, list[Any]] = field(default_factory=dict)

    def read(self, rows: Iterable[Row]) -> None:
        """Read the ward's groups, and everybody who has one of the names, in a few queries."""
        self.groups = {plain(one.name): one for one in institutions.groups(self.ward)}
        names = {row["name"] for row in rows if row["name"]}
        self.called = households.called(self.ward, names)

    def group(self, row: Row) -> Any:
        """The group of a row; :data:`NEW` where it is to be entered; ``None`` while it is asked for."""
        name = row["group"] or ""
        known = self.groups.get(plain(name))
        if known is not None:
            return known
        key = f"group|{plain(name)}"
        answer = self.said.get(key)
        if answer == NEW:
            return NEW
        chosen = next((one for one in self.groups.values() if one.id == answer), None)
        if chosen is not None:
            return chosen
        near = self._near_groups(name)
        if not near:
            return NEW
        choices = (
            *((one.id, one.name) for one in near),
            (NEW, N_("none of these: a group of its own")),
        )
        text = N_("No group of the ward is called so. Did you mean one of these?")
        self._ask(Question(key, row, "Nama KSM", name, text, choices))
        return None

    def _near_groups(self, name: str) -> list[Any]:
        found = process.extract(
            plain(name), list(self.groups), scorer=JaroWinkler.similarity, score_cutoff=LIKE,
            limit=OFFERED,
        )  # fmt: skip
        return [self.groups[key] for key, _score, _at in found]

    def person(self, row: Row, group: Any) -> Any:
        """The person of a row; ``None`` while it is asked for."""
        name = row["name"] or ""
        place = number(row["rw"]), number(row["rt"])
        key = "|".join(("person", plain(name), *place, plain(row["group"] or row["number"] or "")))
        if answer := self.said.get(key):
            return households.person(self.ward, answer)
        found = [one for one in self.called.get(name, []) if _lives(one, place)]
        if len(found) > 1 and group not in (None, NEW):
            own = self._members(group.id)
            found = [one for one in found if one.id in own] or found
        if len(found) == 1:
            return found[0]
        self._ask(self._question(key, row, name, found or self.called.get(name, [])))
        return None

    def _members(self, group_id: str) -> set[str]:
        if group_id not in self.members:
            known = institutions.all_member_ids(group_id)
            self.members[group_id] = set(known)
        return self.members[group_id]

    def _question(self, key: str, row: Row, name: str, found: list[Any]) -> Question:
        if found:
            text = N_("Several residents have this name, or live elsewhere. Which one is it?")
        else:
            found = [one for one, _score in households.similar_names(self.ward, name)][:OFFERED]
            text = N_("Nobody of the ward has this name. Did you mean one of these?")
        if not found:
            text = N_(
                "Nobody of the ward has this name, or one like it. Correct it, or add the person to the census."
            )
        return Question(
            key, row, "Nama anggota", name, text, tuple((one.id, person(one)) for one in found)
        )

    def _ask(self, question: Question) -> None:
        self.questions.setdefault(question.key, question)


def person(one: Any) -> str:
    """A resident in words: the name and where he or she lives."""
    place = f"RW {one.rw} RT {one.rt}".strip()
    return f"{one.name} · {place}" if one.rw or one.rt else str(one.name)


def plain(name: str) -> str:
    """A group's name as lists are compared: without case, and without the word for a group.

    >>> plain(" KSM  Mawar-1 "), plain("Kelompok mawar 1")
    ('mawar 1', 'mawar 1')
    """
    words = "".join(sign if sign.isalnum() else " " for sign in name.lower()).split()
    while words and words[0] in ("ksm", "kelompok", "pokmas"):
        words = words[1:]
    return " ".join(words)


def number(text: str | None) -> str:
    """A number of an RW or RT as it is compared: ``1``, ``01`` and ``RT 01`` are one."""
    digits = "".join(sign for sign in str(text or "") if sign.isdigit())
    return digits.lstrip("0")


def _lives(one: Any, place: tuple[str, str]) -> bool:
    return all(
        not said or said == number(there)
        for said, there in zip(place, (one.rw, one.rt), strict=True)
    )
