"""What a ward package takes from this room (doors, the ward package). No KK; NIK apart, for its ciphertext."""

from collections.abc import Iterator
from typing import Any

from pendamping.households import secrecy
from pendamping.households.models import Household, LifeEvent, Membership, Person, PoorMark
from pendamping.households.queries.poverty import poor_households


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of each resource, sorted by key: ``households, persons, memberships, poor_marks,
    household_events``."""
    return {
        "households": _households(ward),
        "persons": _persons(ward),
        "memberships": _rows(
            Membership.objects.filter(household__ward=ward),
            {"person": "person_id", "household": "household_id"},
            ("id", "relation", "since", "until"),
        ),
        "poor_marks": _rows(
            PoorMark.objects.filter(ward=ward),
            {"household": "household_id"},
            ("id", "since", "until", "source", "meeting"),
        ),
        "household_events": _rows(
            LifeEvent.objects.filter(ward=ward),
            {"household": "household_id", "person": "person_id"},
            ("id", "kind", "on", "entered_on", "other", "note"),
        ),
    }


def numbers_of(ward: str) -> dict[str, str]:
    """Person to NIK, of those who have one, in the clear: for the ward package, which seals it under a passphrase."""
    rows = Person.objects.filter(ward=ward).exclude(nik_cipher="")
    return {key: secrecy.reveal(cipher) for key, cipher in rows.values_list("id", "nik_cipher")}


def _households(ward: str) -> Iterator[dict[str, Any]]:
    poor = poor_households(ward)
    rows = Household.objects.filter(ward=ward).order_by("id")
    columns = (
        "id", "rw", "rt", "head_name", "size", "source", "number", "address", "stated_size",
        "joined_on", "left_on",
    )  # fmt: skip
    for row in rows.values(*columns).iterator(chunk_size=2000):
        yield {**row, "members": row.pop("size"), "poor": row["id"] in poor}


def _persons(ward: str) -> Iterator[dict[str, Any]]:
    rows = Person.objects.filter(ward=ward).order_by("id")
    columns = (
        "id", "household_id", "name", "sex", "born", "relation", "born_precision", "occupation",
        "education", "status", "same_as_id",
    )  # fmt: skip
    for row in rows.values(*columns).iterator(chunk_size=2000):
        yield {**row, "household": row.pop("household_id"), "same_as": row.pop("same_as_id") or ""}


def _rows(found: Any, links: dict[str, str], columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for row in found.order_by("id").values(*columns, *links.values()).iterator(chunk_size=2000):
        yield {**row, **{name: row.pop(column) for name, column in links.items()}}
