"""A census file: staged, looked at, then confirmed whole or discarded."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import bulk, queries, secrecy, staging
from pendamping.households.models import CensusUpload, Household, Membership, Person, PoorMark
from pendamping.households.readers.files import read_bytes
from pendamping.households.rules.census import Census, check_census
from pendamping.households.rules.names import name_key
from pendamping.households.rules.rows import HouseholdRow
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Reason, Refusal, Translate, refuse, refuse_if
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def stage_upload(
    *, by: User, ward: str, filename: str, content: bytes, on: date | None = None
) -> CensusUpload:
    """Keep a file and what is wrong in it; nothing of it is stored yet.

    ``on``: the day for which the list is true (default today). Raises ``Refusal`` for a file that
    holds no census at all.
    """
    allow(by, "households.stage_upload", ward)
    counted_on = on or clock.today()
    refuse_if(_day_problems(counted_on))
    census = _checked(ward, filename, content, counted_on)
    existing = queries.identities(ward)
    census.find_duplicates([identity for identity, _ in existing], dict_of(existing))
    upload = CensusUpload.objects.create(
        ward=ward,
        filename=Path(filename).name[:200],
        digest=hashlib.sha256(content).hexdigest(),
        status="staged",
        staged_by=by.actor_key,
        staged_at=clock.now(),
        counted_on=counted_on,
        rows=census.rows,
        households=len(census.households),
        members=census.members,
        errors=len(census.findings.errors),
        warnings=len(census.findings.warnings),
        duplicates=len(census.duplicates),
    )
    staging.keep(upload.id, content, census)
    record(
        by=by,
        ward=ward,
        record=f"census_upload:{upload.id}",
        on=counted_on,
        rows=census.rows,
        errors=upload.errors,
    )
    return upload


def dict_of(existing: list[tuple[Any, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Stored persons by the key of their identity."""
    return {identity.key: named for identity, named in existing}


def _day_problems(counted_on: date) -> list[Reason]:
    if counted_on <= clock.today():
        return []
    return [
        Reason(
            "households.upload.future",
            "The day of the census lies in the future.",
            where={"field": "on"},
        )
    ]


def _checked(ward: str, filename: str, content: bytes, on: date) -> Census:
    """The file checked, and held against the NIKs that the ward already has."""
    census = check_census(read_bytes(content, filename), on, ward, duplicates=False)
    queries.note_known_niks(ward, census)
    return census


@action
def confirm_import(*, by: User, ward: str, upload_id: str) -> CensusUpload:
    """Store the staged file: every household and every person, or nothing.

    Refuses a file with wrong cells, one that is not staged any more, and one that was imported.
    """
    upload = _locked(ward, upload_id)
    allow(by, "households.confirm_import", ward)
    refuse_if(_confirm_problems(upload))
    census = _checked(ward, upload.filename, staging.content(upload_id), upload.counted_on)
    if not census.ok:
        raise refuse(
            "households.upload.errors",
            "{count} cells are wrong. Correct the file and upload it again; nothing was stored.",
            count=len(census.findings.errors),
            where={"upload": upload_id},
        )
    poor = _store(ward, census, upload.counted_on)
    pairs = {(each.rw, each.rt) for each in census.households if each.rw and each.rt}
    if pairs:
        territory.add_neighbourhoods(by=by, ward=ward, pairs=pairs)
    upload.status = "confirmed"
    upload.save(update_fields=["status"])
    record(
        by=by,
        ward=ward,
        record=f"census_upload:{upload.id}",
        on=upload.counted_on,
        households=len(census.households),
        persons=census.members,
        poor=poor,
        digest=upload.digest,
    )
    transaction.on_commit(lambda: staging.forget(upload_id))
    return upload


def _locked(ward: str, upload_id: str) -> CensusUpload:
    found = CensusUpload.objects.select_for_update().filter(pk=upload_id, ward=ward).first()
    if found is None:
        raise refuse("households.upload.unknown", "There is no such upload in this ward.")
    return found


def _confirm_problems(upload: CensusUpload) -> list[Reason]:
    found = []
    if upload.status != "staged":
        found.append(
            Reason(
                "households.upload.settled",
                "This upload was already confirmed or discarded.",
                where={"upload": upload.id},
            )
        )
    same = CensusUpload.objects.filter(
        ward=upload.ward, digest=upload.digest, status="confirmed"
    ).first()
    if same is not None and same.id != upload.id:
        found.append(
            Reason(
                "households.upload.twice",
                "This very file was imported before ({name}).",
                {"name": same.filename},
                {"upload": same.id},
            )
        )
    return found


def _store(ward: str, census: Census, on: date) -> int:
    """Write everything by the bulk path; returns how many households are marked poor."""
    ids = [new_id() for _ in census.households]
    kept = list(zip(ids, census.households, strict=True))
    bulk.insert(Household, HOUSEHOLD, (_household(id_, ward, each, on) for id_, each in kept))
    homes: list[tuple[str, str, str]] = []
    bulk.insert(Person, PERSON, _people(ward, kept, homes))
    bulk.insert(
        Membership,
        ("id", "person", "household", "relation", "since"),
        ((new_id(), person, home, relation, on) for person, home, relation in homes),
    )
    poor = [id_ for id_, each in kept if each.poor]
    bulk.insert(
        PoorMark,
        ("id", "household", "ward", "since", "source", "meeting"),
        ((new_id(), id_, ward, on, "census", "") for id_ in poor),
    )
    return len(poor)


HOUSEHOLD = (
    "id", "ward", "number", "rw", "rt", "address", "kk_cipher", "kk_hash", "kk_last4",
    "head_name", "head_key", "size", "women", "stated_size", "joined_on", "source",
)  # fmt: skip
PERSON = (
    "id", "household", "ward", "name", "name_key", "sex", "born", "born_precision", "relation",
    "occupation", "education", "nik_cipher", "nik_hash", "nik_last4", "status",
)  # fmt: skip


def _household(id_: str, ward: str, each: HouseholdRow, on: date) -> list[Any]:
    head = each.head.name if each.head else ""
    stated = each.stated_members if each.heads_only else None
    return [
        id_, ward, each.number, each.rw, each.rt, each.address, *secrecy.seal(each.kk),
        head, name_key(head), len(each.members), sum(one.sex == "P" for one in each.members), stated, on, "census",
    ]  # fmt: skip


def _people(
    ward: str, kept: list[tuple[str, HouseholdRow]], homes: list[tuple[str, str, str]]
) -> Iterator[list[Any]]:
    for home, each in kept:
        for person in each.members:
            id_ = new_id()
            homes.append((id_, home, person.relation))
            yield [
                id_, home, ward, person.name, name_key(person.name), person.sex, person.born,
                person.born_precision, person.relation, person.occupation, person.education,
                *secrecy.seal(person.nik), "resident",
            ]  # fmt: skip


@action
def discard_upload(*, by: User, ward: str, upload_id: str) -> None:
    """Throw a staged file away."""
    upload = _locked(ward, upload_id)
    allow(by, "households.discard_upload", ward)
    if upload.status != "staged":
        raise refuse("households.upload.settled", "This upload was already confirmed or discarded.")
    upload.status = "discarded"
    upload.save(update_fields=["status"])
    record(by=by, ward=ward, record=f"census_upload:{upload.id}")
    transaction.on_commit(lambda: staging.forget(upload_id))


def import_file(
    *, path: Path, ward: str, by: User, translate: Translate
) -> tuple[dict[str, Any], bool]:
    """Stage and confirm a file in one go, for the command line; the findings, and whether stored."""
    if not queries.ward_is_open(ward):
        raise refuse(
            "households.ward.unknown",
            "{ward} is no ward of the programme on this server.",
            ward=ward,
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise refuse(
            "households.file.missing",
            "The file {name} cannot be opened: {why}.",
            name=path.name,
            why=error.strerror or "",
        ) from None
    allow(by, "households.confirm_import", ward)
    upload = stage_upload(by=by, ward=ward, filename=path.name, content=content)
    counts = {"rows": upload.rows, "households": upload.households, "members": upload.members}
    found = {**counts, **staging.findings(upload.id, translate)}
    if upload.errors:
        discard_upload(by=by, ward=ward, upload_id=upload.id)
        return found, False
    try:
        confirm_import(by=by, ward=ward, upload_id=upload.id)
    except Refusal:
        discard_upload(by=by, ward=ward, upload_id=upload.id)
        raise
    return found, True
