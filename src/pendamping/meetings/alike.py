"""Who at the door may be the same person as somebody on the roll: two entries of the census, not joined yet."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason
from pendamping.meetings.rules import Present
from pendamping.meetings.rules.correcting import alike_problems


def asked(
    ward: str,
    known: Iterable[Present],
    present: Sequence[Mapping[str, Any]],
    sure: Collection[str] | None,
) -> list[Reason]:
    """As :func:`problems`, beside the roll as it stands; nothing where nobody is asked (``None``)."""
    return [] if sure is None else problems(ward, {one.person for one in known}, present, sure)


def problems(
    ward: str,
    there: Collection[str],
    present: Sequence[Mapping[str, Any]],
    sure: Collection[str],
) -> list[Reason]:
    """Who of those that come (``there``: ids of who stands on the roll) is a likely double of somebody on the roll, or of another who comes with them,
    and of whom nobody said that they are two."""
    come = [str(each["person"]) for each in present if each.get("person")]
    coming = [each for each in come if each not in there]
    found = looks_like(ward, coming, [*there, *coming])
    names = households.persons(ward, list(found))
    asked: list[tuple[str, str, str, str]] = []
    said: set[frozenset[str]] = set()
    for person, others in found.items():
        for other in others:
            pair = frozenset((person, other.id))
            if not {person, other.id} & set(sure) and pair not in said:
                asked.append((person, names[person].name, other.name, place(other)))
            said.add(pair)
    return alike_problems(asked)


def looks_like(
    ward: str, people: Collection[str], there: Iterable[str]
) -> dict[str, list[households.Resident]]:
    """By id, of some persons: who of those ``there`` may be the same one."""
    on_roll = set(there)
    found = {
        person: [other for other in others if other.id in on_roll]
        for person, others in households.doubles_of(ward, people).items()
    }
    return {person: others for person, others in found.items() if others}


def place(one: households.Resident) -> str:
    """Where somebody lives, as rolls say it."""
    return f"RT {one.rt} RW {one.rw}" if one.rt else "–"
