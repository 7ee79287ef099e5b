"""A census file: staged, looked at, then confirmed whole or discarded."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import transaction

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import checking, queries, staging
from pendamping.households.actions import storing
from pendamping.households.models import CensusUpload
from pendamping.households.rules.census import Census, Tick, silent, unseen_doubles
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def stage_upload(
    *, by: User, ward: str, filename: str, content: bytes, on: date | None = None
) -> CensusUpload:
    """Keep a file and what is wrong in it; nothing of it is stored yet.

    ``on``: the day for which the list is true (default today). Raises ``Refusal`` for a file that
    holds no census at all. For files that are read at once; see ``receive_upload`` for large ones.
    """
    allow(by, "households.stage_upload", ward)
    counted_on = on or clock.today()
    refuse_if(_day_problems(counted_on))
    census = checking.check(ward, filename, content, counted_on)
    upload = _new_upload(by, ward, filename, content, counted_on)
    _note(upload, census)
    staging.keep(upload.id, content)
    staging.keep_findings(upload.id, census)
    _record_check(by, upload)
    return upload


@action
def receive_upload(
    *, by: User, ward: str, filename: str, content: bytes, on: date | None = None
) -> CensusUpload:
    """Keep a large file; the background worker checks it, and nothing of it is stored yet."""
    allow(by, "households.receive_upload", ward)
    counted_on = on or clock.today()
    refuse_if(_day_problems(counted_on))
    upload = _new_upload(by, ward, filename, content, counted_on)
    staging.keep(upload.id, content)
    record(by=by, ward=ward, record=f"census_upload:{upload.id}", on=counted_on, bytes=len(content))
    return upload


@action
def note_check(*, by: User, ward: str, upload_id: str, census: Census) -> CensusUpload:
    """Keep what was found in a file that waited to be checked."""
    upload = locked(ward, upload_id)
    allow(by, "households.receive_upload", ward)
    refuse_if(_settled(upload, "waiting"))
    _note(upload, census)
    staging.keep_findings(upload.id, census)
    _record_check(by, upload)
    return upload


@action
def fail_upload(*, by: User, ward: str, upload_id: str, reasons: Sequence[Reason]) -> None:
    """Give a waiting file up and say why; one that was to be stored goes back to its findings."""
    upload = locked(ward, upload_id)
    allow(by, "households.receive_upload", ward)
    refuse_if(_settled(upload, "waiting", "storing"))
    upload.status = "staged" if upload.status == "storing" else "failed"
    upload.failure = json.dumps([[each.clause, each.text, dict(each.values)] for each in reasons])
    upload.save(update_fields=["status", "failure"])
    clauses = [reason.clause for reason in reasons]
    record(by=by, ward=ward, record=f"census_upload:{upload_id}", clauses=clauses)


def _new_upload(by: User, ward: str, filename: str, content: bytes, on: date) -> CensusUpload:
    return CensusUpload.objects.create(
        ward=ward,
        filename=Path(filename).name[:200],
        digest=hashlib.sha256(content).hexdigest(),
        status="waiting",
        staged_by=by.actor_key,
        staged_at=clock.now(),
        counted_on=on,
        **dict.fromkeys(COUNTS, 0),
    )


COUNTS = ("rows", "households", "members", "errors", "warnings", "duplicates")


def _note(upload: CensusUpload, census: Census) -> None:
    counts = (
        census.rows,
        len(census.households),
        census.members,
        len(census.findings.errors),
        len(census.findings.warnings),
        len(census.duplicates),
    )
    for name, count in zip(COUNTS, counts, strict=True):
        setattr(upload, name, count)
    upload.status = "staged"
    upload.save()


def _record_check(by: User, upload: CensusUpload) -> None:
    record(
        by=by,
        ward=upload.ward,
        record=f"census_upload:{upload.id}",
        on=upload.counted_on,
        rows=upload.rows,
        errors=upload.errors,
    )


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


@action
def ask_import(*, by: User, ward: str, upload_id: str) -> CensusUpload:
    """Ask the background worker to store a large file; refuses what could not be stored anyway."""
    upload = locked(ward, upload_id)
    allow(by, "households.ask_import", ward)
    refuse_if(_confirm_problems(upload, "staged") + _wrong_cells(upload, upload.errors))
    upload.status, upload.failure, upload.asked_by = "storing", "", by.actor_key
    upload.save(update_fields=["status", "failure", "asked_by"])
    staging.note_asked(upload_id)
    record(by=by, ward=ward, record=f"census_upload:{upload.id}", on=upload.counted_on)
    return upload


@action
def confirm_import(
    *, by: User, ward: str, upload_id: str, census: Census | None = None, tick: Tick = silent
) -> CensusUpload:
    """Store the staged file: every household and every person, or nothing.

    ``census``: the file, checked before the database was locked. Refuses a file with wrong cells, one
    that is not staged any more, and one that was imported.
    """
    territory.take_turn(ward, "census")  # before anything is looked at: two confirm at one moment
    upload = locked(ward, upload_id)
    allow(by, "households.confirm_import", ward)
    refuse_if(_confirm_problems(upload, "staged", "storing"))
    if census is None:
        census = checking.read(ward, upload.filename, staging.content(upload_id), upload.counted_on)
    _store_checked(by, upload, census, tick)
    transaction.on_commit(lambda: staging.forget(upload_id))
    return upload


@action
def import_census(
    *,
    by: User,
    ward: str,
    filename: str,
    content: bytes,
    census: Census,
    stop_at_doubles: bool = False,
    tick: Tick = silent,
) -> CensusUpload:
    """Store a checked file at once, for the command line: one transaction, all of it or nothing.

    ``stop_at_doubles``: a file that has likely doubles is refused, for no page shows them in between.
    """
    territory.take_turn(ward, "census")
    allow(by, "households.import_census", ward)
    upload = _new_upload(by, ward, filename, content, clock.today())
    unseen = unseen_doubles(census) if stop_at_doubles else []
    refuse_if(_confirm_problems(upload, "waiting") + unseen)
    _note(upload, census)
    _store_checked(by, upload, census, tick)
    return upload


def _store_checked(by: User, upload: CensusUpload, census: Census, tick: Tick) -> None:
    queries.note_known_niks(upload.ward, census)
    refuse_if(_wrong_cells(upload, len(census.findings.errors)))
    poor = storing.store(upload.ward, census, upload.counted_on, tick)
    pairs = {(each.rw, each.rt) for each in census.households if each.rw and each.rt}
    if pairs:
        territory.add_neighbourhoods(by=by, ward=upload.ward, pairs=pairs)
    upload.status = "confirmed"
    upload.save(update_fields=["status"])
    record(
        by=by,
        ward=upload.ward,
        record=f"census_upload:{upload.id}",
        on=upload.counted_on,
        households=len(census.households),
        persons=census.members,
        poor=poor,
        digest=upload.digest,
    )


def _wrong_cells(upload: CensusUpload, count: int) -> list[Reason]:
    if not count:
        return []
    return [
        Reason(
            "households.upload.errors",
            "{count} cells are wrong. Correct the file and upload it again; nothing was stored.",
            {"count": count},
            {"upload": upload.id},
        )
    ]


def locked(ward: str, upload_id: str) -> CensusUpload:
    """An upload of the ward, held until the action ends."""
    found = CensusUpload.objects.select_for_update().filter(pk=upload_id, ward=ward).first()
    if found is None:
        raise refuse("households.upload.unknown", "There is no such upload in this ward.")
    return found


def _settled(upload: CensusUpload, *open_while: str) -> list[Reason]:
    if upload.status in open_while:
        return []
    return [
        Reason(
            "households.upload.settled",
            "This upload was already stored or discarded, or its term is over.",
            where={"upload": upload.id},
        )
    ]


def _confirm_problems(upload: CensusUpload, *open_while: str) -> list[Reason]:
    found = _settled(upload, *open_while)
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


@action
def discard_upload(*, by: User, ward: str, upload_id: str) -> None:
    """Throw a staged file away."""
    upload = locked(ward, upload_id)
    allow(by, "households.discard_upload", ward)
    refuse_if(_settled(upload, "staged", "waiting", "failed"))
    upload.status = "discarded"
    upload.save(update_fields=["status"])
    record(by=by, ward=ward, record=f"census_upload:{upload.id}")
    transaction.on_commit(lambda: staging.forget(upload_id))
