"""The zip of a project: opened without trust, written the same byte for byte."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from pendamping.kernel.refusal import N_, Refusal, refuse

MOST_BYTES, MOST_FILES = 200_000_000, 5_000
PROJECT = "project.qde"


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The files of a ``.qdpx``; refuses what is no whole zip, too much, encrypted, or leads outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            _look(name, entries)
            return _read(name, archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError):
        raise refused(N_("{file} is no whole REFI-QDA project: it was cut or damaged."), name, "zip") from None  # fmt: skip


def refused(text: str, name: str, clause: str, **values: object) -> Refusal:
    """One reason that names the file, and the element where there is one."""
    where: dict[str, object] = {"file": name}
    where |= {key: values[key] for key in ("element", "guid", "path") if key in values}
    return refuse(f"evidence.qda.{clause}", text, where=where, file=name, **values)


def _look(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
        raise _too_much(name)
    names = [one.filename for one in entries]
    for path in names:
        parts = PurePosixPath(path).parts
        if path.startswith("/") or "\\" in path or ":" in path or ".." in parts or "\0" in path:
            raise refused(N_("{file} holds “{path}”, which leads outside of it."), name, "path", path=path)  # fmt: skip
    doubles = {path for path in names if names.count(path) > 1}
    if doubles:
        raise refused(N_("{file} holds “{path}” twice."), name, "double", path=min(doubles))
    for one in entries:
        if one.flag_bits & 1:
            raise refused(N_("{file} is locked with a password: “{path}”."), name, "locked", path=one.filename)  # fmt: skip


def _read(name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Every file, as many bytes as the zip says and no more: what it says may be a lie."""
    found, left = {}, MOST_BYTES
    for one in entries:
        with archive.open(one) as packed:
            found[one.filename] = packed.read(left + 1)
        left -= len(found[one.filename])
        if left < 0:
            raise _too_much(name)
    if PROJECT not in found:
        raise refused(N_("{file} holds no {path}: it is no REFI-QDA project."), name, "project", path=PROJECT)  # fmt: skip
    return found


def _too_much(name: str) -> Refusal:
    text = N_("{file} holds more than {bytes} bytes or {files} files: it is not opened.")
    return refused(text, name, "bomb", bytes=MOST_BYTES, files=MOST_FILES)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip that is the same, byte for byte, whenever its files are the same; the project comes first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(files, key=lambda one: (one != PROJECT, one)):
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[path], compresslevel=6)
    return out.getvalue()
