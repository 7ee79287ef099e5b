"""A checked census into the tables, by the database's bulk path; a step of the import's actions."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pendamping.households import secrecy
from pendamping.households.models import Figure, Household, Membership, NameWord, Person, PoorMark
from pendamping.households.rules.census import Census, Tick
from pendamping.households.rules.names import name_key
from pendamping.households.rules.rows import HouseholdRow
from pendamping.kernel.ids import new_ids
from pendamping.trail import bulk

HOUSEHOLD = (
    "id", "ward", "number", "rw", "rt", "address", "kk_cipher", "kk_hash", "kk_last4",
    "head_name", "head_key", "size", "women", "stated_size", "joined_on", "source",
)  # fmt: skip
PERSON = (
    "id", "household", "ward", "name", "name_key", "sex", "born", "born_precision", "relation",
    "occupation", "education", "nik_cipher", "nik_hash", "nik_last4", "status",
)  # fmt: skip
EVERY = 10_000
MANY = 1_000  # persons: fewer do not change how the database plans


def store(ward: str, census: Census, on: date, tick: Tick) -> int:
    """Write everything; returns how many households are marked poor.

    ``tick`` is told how many rows of how many are written.
    """
    ids = new_ids()
    homes = [next(ids) for _ in census.households]
    kept = list(zip(homes, census.households, strict=True))
    total = len(kept) + 2 * census.members
    counted = _Counter(total, tick)
    bulk.insert(
        Household, HOUSEHOLD, counted.through(_household(id_, ward, each, on) for id_, each in kept)
    )
    people: list[str] = []
    bulk.insert(Person, PERSON, counted.through(_people(ward, kept, ids, people)))
    bulk.insert(
        Membership,
        ("id", "person", "household", "relation", "since"),
        counted.through(_memberships(kept, ids, people, on)),
    )
    poor = [id_ for id_, each in kept if each.poor]
    bulk.insert(
        PoorMark,
        ("id", "household", "ward", "since", "source", "meeting"),
        ((next(ids), id_, ward, on, "census", "") for id_ in poor),
    )
    if census.members >= MANY:
        bulk.count_anew((Household, Person, Membership, PoorMark, NameWord, Figure))
    return len(poor)


class _Counter:
    """Counts rows on their way through."""

    def __init__(self, total: int, tick: Tick) -> None:
        self.done, self.total, self.tick = 0, total, tick

    def through(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            if self.done % EVERY == 0:
                self.tick("store", self.done, self.total)
            self.done += 1
            yield row


def _household(id_: str, ward: str, each: HouseholdRow, on: date) -> list[Any]:
    head = each.head.name if each.head else ""
    stated = each.stated_members if each.heads_only else None
    return [
        id_, ward, each.number, each.rw, each.rt, each.address, *secrecy.seal(each.kk),
        head, name_key(head), len(each.members), sum(one.sex == "P" for one in each.members), stated, on, "census",
    ]  # fmt: skip


Kept = list[tuple[str, HouseholdRow]]


def _people(ward: str, kept: Kept, ids: Iterator[str], given: list[str]) -> Iterator[list[Any]]:
    for home, each in kept:
        for person in each.members:
            id_ = next(ids)
            given.append(id_)
            yield [
                id_, home, ward, person.name, name_key(person.name), person.sex, person.born,
                person.born_precision, person.relation, person.occupation, person.education,
                *secrecy.seal(person.nik), "resident",
            ]  # fmt: skip


def _memberships(
    kept: Kept, ids: Iterator[str], people: list[str], on: date
) -> Iterator[tuple[Any, ...]]:
    members = ((home, person.relation) for home, each in kept for person in each.members)
    for person, (home, relation) in zip(people, members, strict=True):
        yield next(ids), person, home, relation, on
