"""Is this person here already? By NIK, and by all that is known of two who look alike."""

from typing import Any

from pendamping.households import secrecy
from pendamping.households.models import Person
from pendamping.households.rules.census import Census
from pendamping.households.rules.duplicates import Identity, likely_duplicates
from pendamping.households.rules.findings import Cell
from pendamping.kernel.refusal import Reason
from pendamping.territory import queries as territory


def ward_is_open(ward: str) -> bool:
    """Whether the ward takes part in the programme on this server."""
    return territory.ward(ward) is not None


def person_with_nik(ward: str, digits: str) -> Person | None:
    """The resident of the ward who has this NIK."""
    return person_with_nik_hash(ward, secrecy.match_hash(digits)) if digits else None


def person_with_nik_hash(ward: str, matched: str) -> Person | None:
    """The resident of the ward whose NIK has this keyed hash."""
    if not matched:
        return None
    return Person.objects.filter(ward=ward, nik_hash=matched, status="resident").first()


def note_known_niks(ward: str, census: Census) -> None:
    """Note as wrong each NIK of a file that a stored resident already has."""
    known = dict(
        Person.objects.filter(ward=ward, status="resident")
        .exclude(nik_hash="")
        .values_list("nik_hash", "name")
    )
    if not known:
        return
    for person in census.people():
        stored = known.get(secrecy.match_hash(person.nik)) if person.nik else None
        if stored is not None:
            reason = Reason(
                "households.census.nik_stored",
                "{name}, who is stored already, has this NIK.",
                {"name": stored},
            )
            cell = Cell(person.sheet, person.row, "NIK", f"…{person.nik[-4:]}")
            census.findings.wrong(cell, reason)


def identities(ward: str) -> list[tuple[Identity, dict[str, Any]]]:
    """Every resident as the comparison wants them, with what may be shown of them."""
    rows = Person.objects.filter(ward=ward, status="resident").values_list(*IDENTITY)
    return [(as_identity(row), {"id": row[0], "name": row[1], "stored": True}) for row in rows]


IDENTITY = (
    "id", "name", "name_key", "born", "born_precision", "sex", "nik_hash", "household_id",
    "household__address", "household__rw", "household__rt",
)  # fmt: skip


def as_identity(row: tuple[Any, ...]) -> Identity:
    """A row of the columns ``IDENTITY`` as the comparison wants it."""
    id_, _name, key, born, precision, sex, nik, household, address, rw, rt = row
    area = f"{rw}/{rt}".strip("/")
    place = (address or area).lower()
    return Identity(
        f"person:{id_}", key, born, precision, sex, nik, place, household, area if rt else ""
    )


def look_alike(ward: str, first: str, second: str) -> bool:
    """Whether the comparison of the census would show these two residents as likely doubles."""
    both = Person.objects.filter(ward=ward, status="resident", pk__in=[first, second])
    return bool(likely_duplicates([as_identity(row) for row in both.values_list(*IDENTITY)]))
