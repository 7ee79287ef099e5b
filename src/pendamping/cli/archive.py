"""The backup file: a zip with a manifest that names every member with its size and SHA-256.

::

    manifest.json   what this is, of which version, with which migrations, and what is in it
    database.*      a whole database, as it stood at one moment
    secret          what NIK are encrypted with
    files/…         everything under ``files`` of PENDAMPING_HOME

Needs no Django. Nothing of a file is used before all of it has been verified.
"""

import hashlib
import json
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if

FORMAT, FORMAT_VERSION = "pendamping-backup", 1
MANIFEST, SECRET, FILES = "manifest.json", "secret", "files/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
CHUNK = 1 << 20
MANIFEST_LIMIT = 64 << 20  # bytes: a manifest that names a quarter of a million files
# all that Python's zip reader raises on bytes that are no zip, or no longer one
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, RuntimeError, ValueError, LookupError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``members``: name to ``{"size", "sha256"}``."""

    pendamping: str
    made_at: str
    database: str
    migrations: list[str]
    members: dict[str, dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            **{name: getattr(self, name) for name in self.__slots__},
        }


def write(target: Path, sources: Mapping[str, Path], facts: Mapping[str, Any]) -> Manifest:
    """Write a backup beside the target and rename it into place: whole, or not at all.

    ``sources``: member name to the file that it is read from; a file of ``files/`` that has gone
    in the meantime is left out. ``facts``: the manifest without its members. Raises ``OSError``.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b"
        ) as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                members = {
                    name: entry
                    for name, path in sources.items()
                    if (entry := _add(archive, name, path)) is not None
                }
                manifest = Manifest(members=members, **facts)
                archive.writestr(MANIFEST, json.dumps(manifest.as_json(), indent=1, sort_keys=True))
            out.flush()
            os.fsync(out.fileno())
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any] | None:
    try:
        source = path.open("rb")
    except FileNotFoundError:
        if name.startswith(FILES):
            return None
        raise
    digest, size = hashlib.sha256(), 0
    with source, archive.open(name, "w", force_zip64=True) as member:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return {"size": size, "sha256": digest.hexdigest()}


def unpack(path: Path, folder: Path) -> Manifest:
    """Verify a whole backup and unpack it into an empty folder.

    Refuses, with the member that is meant: a file that is no backup, is cut or changed, holds
    something that its manifest does not name, or a name that would lead out of the folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            refuse_if(_wrong_names(archive.infolist(), manifest))
            refuse_if(
                reason
                for name, entry in manifest.members.items()
                if (reason := _extract(archive, name, entry, folder))
            )
            _refuse_no_secret(folder / SECRET)
    except OSError as error:
        raise refuse(
            "backup.unreadable",
            "{file} cannot be read: {why}",
            file=path.name,
            why=error.strerror or str(error),
        ) from error
    except BROKEN as error:
        raise refuse(
            "backup.damaged", "{file} is no backup, or only part of one", file=path.name
        ) from error
    return manifest


def _refuse_no_secret(path: Path) -> None:
    try:
        given = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        given = ""
    if not given.strip():
        where = {"member": SECRET}
        raise refuse("backup.foreign", "This file was not made by pendamping backup", where=where)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > MANIFEST_LIMIT:
            raise ValueError
        found = json.loads(archive.read(info))
        if found["format"] != FORMAT:
            raise ValueError
        if int(found["format_version"]) > FORMAT_VERSION:
            raise _newer(str(found.get("pendamping", "?")))
        manifest = Manifest(**{name: found[name] for name in Manifest.__slots__})
        if manifest.database not in DATABASES:
            raise ValueError
        for entry in manifest.members.values():
            int(entry["size"]), str(entry["sha256"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise refuse(
            "backup.foreign",
            "This file was not made by pendamping backup",
            where={"member": MANIFEST},
        ) from error
    return manifest


def _newer(version: str) -> Refusal:
    return refuse(
        "backup.newer",
        "This backup was made by a newer Pendamping ({version}); update this server first",
        version=version,
    )


def refuse_newer(manifest: Manifest, known: Iterable[str]) -> None:
    """Refuse a backup with migrations that this server does not know."""
    if set(manifest.migrations) - set(known):
        raise _newer(manifest.pendamping)


def _wrong_names(found: list[zipfile.ZipInfo], manifest: Manifest) -> list[Reason]:
    names = [info.filename for info in found]
    expected = {DATABASES[manifest.database], SECRET}
    faults = []
    for name in sorted({*names, *manifest.members}):
        if name == MANIFEST and names.count(name) == 1 and name not in manifest.members:
            continue
        where = {"member": name}
        if name not in expected and not (name.startswith(FILES) and _is_safe(name)):
            faults.append(
                Reason("backup.place", "{member} does not belong in a backup", where, where)
            )
        elif names.count(name) != 1 or name not in manifest.members:
            faults.append(
                Reason("backup.members", "{member} is missing, doubled or not listed", where, where)
            )
    for name in sorted(expected - set(names)):
        where = {"member": name}
        faults.append(
            Reason("backup.members", "{member} is missing, doubled or not listed", where, where)
        )
    return faults


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    plain = str(path) == name and "\\" not in name and "\0" not in name and ":" not in name
    return plain and not path.is_absolute() and ".." not in path.parts


def _extract(
    archive: zipfile.ZipFile, name: str, entry: Mapping[str, Any], folder: Path
) -> Reason | None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    where = {"member": name}
    changed = Reason("backup.changed", "{member} is not what was backed up", where, where)
    try:
        with archive.open(name) as source, target.open("xb") as out:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > entry["size"]:
                    return changed
                out.write(chunk)
    except BROKEN:
        return changed
    same = size == entry["size"] and digest.hexdigest() == entry["sha256"]
    return None if same else changed
