"""Is this person here already? By NIK, and by name while it is typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from pendamping.households import secrecy
from pendamping.households.models import Person
from pendamping.households.queries.people import Resident, as_residents
from pendamping.households.rules.census import Census
from pendamping.households.rules.duplicates import Identity, likely_duplicates
from pendamping.households.rules.findings import Cell
from pendamping.households.rules.names import name_key
from pendamping.kernel.refusal import Reason
from pendamping.territory import queries as territory


def ward_is_open(ward: str) -> bool:
    """Whether the ward takes part in the programme on this server."""
    return territory.ward(ward) is not None


def person_with_nik(ward: str, digits: str) -> Person | None:
    """The resident of the ward who has this NIK."""
    if not digits:
        return None
    matched = secrecy.match_hash(digits)
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
    place = (address or f"{rw}/{rt}".strip("/")).lower()
    return Identity(f"person:{id_}", key, born, precision, sex, nik, place, household)


def look_alike(ward: str, first: str, second: str) -> bool:
    """Whether the comparison of the census would show these two residents as likely doubles."""
    both = Person.objects.filter(ward=ward, status="resident", pk__in=[first, second])
    return bool(likely_duplicates([as_identity(row) for row in both.values_list(*IDENTITY)]))


def similar_names(
    ward: str, name: str, born: date | None = None, limit: int = 6
) -> list[tuple[Resident, int]]:
    """Residents whose name is like the one that is being typed, most alike first (0 to 100)."""
    key = name_key(name)
    if len(key) < 3:
        return []
    names = dict(_names(ward, key, born))
    near = process.extract(
        key, names, scorer=JaroWinkler.similarity, score_cutoff=0.86, limit=limit
    )
    found = {
        each.id: each for each in as_residents(Person.objects.filter(pk__in=[n[2] for n in near]))
    }
    return [(found[id_], round(score * 100)) for _, score, id_ in near if id_ in found]


def _names(ward: str, key: str, born: date | None) -> Iterator[tuple[str, str]]:
    """Names worth a comparison: those that share the beginning of a word with the one typed."""
    begins = Q()
    for word in key.split():
        begins |= Q(name_key__contains=word[:3])
    people = Person.objects.filter(begins, ward=ward, status="resident")
    if born is not None:
        people = people.filter(born__year__range=(born.year - 2, born.year + 2))
    return people.values_list("id", "name_key").iterator(chunk_size=5000)
