"""Who may not sit on two sides: duties that one person does not hold on the same day (handbook 2.4)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.kernel.refusal import N_, Reason

GROUP_OFFICER = "group_officer"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two duties apart: keys of bodies, of their offices, or ``group_officer``. ``why``: in both languages."""

    key: str
    clause: str
    one: str
    other: str
    why: Mapping[str, str]

    def meets(self, duty: str, held: str) -> bool:
        """Whether these two duties are the two that stand apart, in either order."""
        return {duty, held} == {self.one, self.other}


@dataclass(frozen=True, slots=True)
class Holding:
    """A duty that somebody holds: ``where`` in both languages; ``last``: its last day, ``None`` while it goes on."""

    duty: str
    where: Mapping[str, str]
    since: date
    last: date | None = None

    def during(self, since: date, ends: date | None) -> bool:
        """Whether it is held on some day of a span; both of its days belong to it."""
        begins_in_time = ends is None or self.since <= ends
        return begins_in_time and (self.last is None or since <= self.last)


def read_pairs(said: Mapping[str, Mapping[str, Any]], code: str) -> tuple[Pair, ...]:
    """The pairs of the guideline's section ``separation``; what it says of money is none of a person's."""
    return tuple(
        Pair(key, f"separation.{code}.{key}", clause["who"], other, clause["name"])
        for key, clause in said.items()
        if clause.get("of", "persons") == "persons"
        for other in clause["never_also"].split(", ")
    )


def never_with(duty: str, pairs: Iterable[Pair]) -> list[str]:
    """The duties that nobody holds beside this one, in the order of the text.

    >>> pair = Pair("board_not_unit", "separation.p2kp2.board_not_unit", "bkm", "upk", {})
    >>> never_with("upk", [pair]), never_with("upl", [pair])
    (['bkm'], [])
    """
    found = []
    for pair in pairs:
        if duty in (pair.one, pair.other):
            found.append(pair.other if duty == pair.one else pair.one)
    return list(dict.fromkeys(found))


def apart_problems(
    name: str,
    duties: Collection[str],
    held: Iterable[Holding],
    pairs: Collection[Pair],
    since: date,
    ends: date | None = None,
    where: Mapping[str, Any] | None = None,
) -> list[Reason]:
    """Every duty that stands against somebody taking these duties from a day on, each once.

    >>> pair = Pair("board_not_unit", "separation.p2kp2.board_not_unit", "bkm", "upk", {"id": "x"})
    >>> board = Holding("bkm", {"id": "BKM"}, date(2004, 3, 1), date(2005, 5, 31))
    >>> len(apart_problems("A", ["upk"], [board], [pair], date(2005, 5, 31)))
    1
    >>> apart_problems("A", ["upk"], [board], [pair], date(2005, 6, 1))
    []
    """
    found: dict[tuple[str, ...], Reason] = {}
    for one in held:
        if not one.during(since, ends):
            continue
        for pair in pairs:
            if any(pair.meets(duty, one.duty) for duty in duties):
                found.setdefault(
                    (pair.key, *one.where.values()), _against(pair, name, one, where or {})
                )
    return list(found.values())


def _against(pair: Pair, name: str, one: Holding, where: Mapping[str, Any]) -> Reason:
    told = {"name": name, "where": one.where, "why": pair.why}
    if one.last is None:
        return Reason(pair.clause, N_("{name} holds an office in {where}. {why}."), told, where)
    text = N_("{name} sits in {where} until {last}. {why}.")
    return Reason(pair.clause, text, {**told, "last": one.last}, where)
