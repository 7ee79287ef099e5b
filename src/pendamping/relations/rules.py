"""How much goes to few: kin, RT and offices across board, units, groups, grants and loans. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.share import Share

KINDS = ("spouse", "parent", "child", "sibling", "in_law", "other")
MEASURES = ("loans", "grants", "place", "offices", "groups")
SILENT = {
    "loans": 10,
    "grants": 10,
    "place": 15,
    "offices": 20,
    "groups": 25,
}  # percent; our design


@dataclass(frozen=True, slots=True)
class Held:
    """A seat in a body, or an office of a group (``record`` ``"body:…"`` or ``"group:…"``)."""

    person: str
    record: str
    since: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Money that somebody received on a day, in whole rupiah. ``kind``: ``loan`` or ``grant``; ``persons``:
    who stands for it: the borrower, the receiver, or the members of the group that had it."""

    persons: tuple[str, ...]
    kind: str
    amount: int
    on: date
    record: str
    place: str = ""  # "05/02": RW and RT; empty where it went to no one place


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody belongs to a group from a day until before another."""

    person: str
    group: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """How people hang together: the household of each, and relations that were declared (either order)."""

    home: Mapping[str, str]
    kin: Mapping[frozenset[str], str]

    def between(self, one: str, other: str) -> str:
        """``self``, ``household``, the kind of a declared relation, or empty: nothing is known."""
        if one == other:
            return "self"
        if self.home.get(one) is not None and self.home.get(one) == self.home.get(other):
            return "household"
        return self.kin.get(frozenset((one, other)), "")


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a figure: who, linked to whom and how, with how much."""

    record: str
    person: str
    other: str
    how: str
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a cycle: what was counted, out of what, and the records counted."""

    key: str
    share: Share
    behind: tuple[Behind, ...]
    note: str = ""  # of ``place``: the RT


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of a ward; :func:`measures` takes from it what falls into a cycle."""

    held: tuple[Held, ...]
    given: tuple[Given, ...]
    members: tuple[Member, ...]
    ties: Ties


def measures(facts: Facts, first: date, last: date) -> tuple[Measure, ...]:
    """The concentration of one cycle, from its first day to its last, both included.

    - *loans*: rupiah lent to people who sit in a body on a day of the cycle, or to their kin / rupiah lent
    - *grants*: the same of the programme's grant; a group's part counts whole where a member is such a person
    - *place*: rupiah that went to the RT that had most / rupiah that went to a known RT
    - *offices*: seats and groups' offices of people who, with their kin, hold more than one / all of them
    - *groups*: groups in which two members are kin / groups with members
    """
    held = [one for one in facts.held if _meets(one.since, one.last, first, last)]
    given = [one for one in facts.given if first <= one.on <= last]
    seated = sorted({one.person for one in held if one.record.startswith("body:")})
    return (
        _to_few("loans", [one for one in given if one.kind == "loan"], seated, facts.ties),
        _to_few("grants", [one for one in given if one.kind == "grant"], seated, facts.ties),
        _place(given),
        _offices(held, facts.ties),
        _groups(facts.members, facts.ties, first, last),
    )


def _meets(since: date, until: date | None, first: date, last: date) -> bool:
    return since <= last and (until is None or until >= first)


def _linked(persons: Sequence[str], others: Collection[str], ties: Ties) -> tuple[str, str, str]:
    """The first of these people who is one of the others, or kin of one: who, to whom, how."""
    for person in persons:
        for other in others:
            how = ties.between(person, other)
            if how:
                return person, other, how
    return "", "", ""


def _to_few(key: str, given: Sequence[Given], seated: Sequence[str], ties: Ties) -> Measure:
    behind = []
    for one in given:
        person, other, how = _linked(one.persons, seated, ties)
        if how:
            behind.append(Behind(one.record, person, other, how, one.amount))
    whole = sum(one.amount for one in given)
    return Measure(key, Share(sum(one.amount for one in behind), whole), tuple(behind))


def _place(given: Sequence[Given]) -> Measure:
    found: dict[str, int] = defaultdict(int)
    for one in given:
        if one.place:
            found[one.place] += one.amount
    most = min(found, key=lambda place: (-found[place], place), default="")
    behind = tuple(
        Behind(one.record, "", "", "", one.amount) for one in given if most and one.place == most
    )
    return Measure("place", Share(found.get(most, 0), sum(found.values())), behind, most)


def _offices(held: Sequence[Held], ties: Ties) -> Measure:
    people = sorted({one.person for one in held})
    circle = {person: {person} for person in people}
    for one, other in combinations(people, 2):
        if ties.between(one, other) and circle[one] is not circle[other]:
            joined = circle[one] | circle[other]
            for person in joined:
                circle[person] = joined
    records = {(one.person, one.record) for one in held}  # a second term is no second office
    behind = []
    for person, record in sorted(records):
        beside = sorted(one for one in records if one[0] in circle[person])
        if len(beside) > 1:
            other = next((one[0] for one in beside if one[0] != person), person)
            behind.append(Behind(record, person, other, ties.between(person, other) or "household"))
    return Measure("offices", Share(len(behind), len(records)), tuple(behind))


def _groups(members: Iterable[Member], ties: Ties, first: date, last: date) -> Measure:
    inside: dict[str, set[str]] = defaultdict(set)
    for member in members:
        if member.since <= last and (member.until is None or member.until > first):
            inside[member.group].add(member.person)
    behind = []
    for group, people in sorted(inside.items()):
        for one, other in combinations(sorted(people), 2):
            how = ties.between(one, other)
            if how:
                behind.append(Behind(f"group:{group}", one, other, how))
                break
    return Measure("groups", Share(len(behind), len(inside)), tuple(behind))


def limits(said: Mapping[str, Any]) -> dict[str, int]:
    """From which share on a figure is to be looked at, in percent (section ``concentration``)."""
    return {key: int(said.get(f"{key}_percent", SILENT[key])) for key in MEASURES}


def declaring_problems(
    one: str, other: str, kind: str, same: bool, known: bool, what: str
) -> list[Reason]:
    """Why a relation cannot be declared. ``same``: both are one person; ``known``: it is declared already.

    >>> [reason.clause for reason in declaring_problems("a", "a", "sibling", True, False, "said so")]
    ['relations.pair']
    """
    found = []
    if not one or not other or same:
        text = N_("Name two different residents.")
        found.append(Reason("relations.pair", text, {}, {"field": "other"}))
    if kind not in KINDS:
        found.append(
            Reason("relations.kind", N_("Say how they are related."), {}, {"field": "kind"})
        )
    if known:
        text = N_("This relation is declared already.")
        found.append(Reason("relations.known", text, {}, {"field": "other"}))
    if not what.strip():
        text = N_("Say who declared it, and when or where.")
        found.append(Reason("relations.said", text, {}, {"field": "said"}))
    return found
