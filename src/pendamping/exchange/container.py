"""The bytes of a package, from a zip or a folder; what is dangerous or damaged is refused, not opened.

Nothing is ever unpacked to disk. A file is read only after its name, its size and the size of all
together were looked at.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pendamping.kernel.refusal import N_, Reason, refuse

MOST_BYTES = 2_000_000_000
"""All files of a package together; ten years of a ward of 5,000 households are below a tenth of it."""
MOST_FILES = 20_000
MOST_TIMES = 300  # so many times as large as it lies in the zip; figures shrink to a tenth
SMALL_BYTES = 1_000_000  # below this the proportion says nothing


@dataclass
class Contents:
    """What lies in a package: path → bytes; and what was wrong with reading it."""

    files: dict[str, bytes] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


def open_package(path: Path) -> Contents:
    """The files of a zip or a folder. Raises a refusal where nothing of it may be read.

    ``path``: ``FILE.zip``, or a folder that holds ``data/`` or the CSVs themselves.
    """
    if path.is_dir():
        return _folder(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_dangerous(archive, path.name)
            return _unzipped(archive)
    except FileNotFoundError:
        raise refuse(
            "package.file", N_("{file} is not there."), where={"file": path.name}, file=path.name
        ) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError):
        raise refuse(
            "package.zip",
            N_("{file} is no whole zip: it was cut off, or is something else. Fetch it again."),
            where={"file": path.name},
            file=path.name,
        ) from None


def _folder(path: Path) -> Contents:
    root = path / "data" if not (path / "data").is_dir() and path.name == "data" else path
    found = Contents()
    inside = [p for p in sorted(root.rglob("*")) if p.is_file() and not p.is_symlink()]
    if sum(p.stat().st_size for p in inside) > MOST_BYTES or len(inside) > MOST_FILES:
        raise _too_much(path.name)
    for file in inside:
        name = file.relative_to(root).as_posix()
        flat = "/" not in name and name.endswith(".csv")
        found.files[f"data/{name}" if flat else name] = file.read_bytes()
    return found


def _refuse_dangerous(archive: zipfile.ZipFile, name: str) -> None:
    """Paths that lead outside, names twice, links, and more than can be meant."""
    entries = archive.infolist()
    reasons = [_dangerous(entry) for entry in entries]
    seen: set[str] = set()
    for entry in entries:
        if entry.filename in seen:
            reasons.append(
                _said("package.twice", N_("{file} is in the package twice."), entry.filename)
            )
        seen.add(entry.filename)
    found = [reason for reason in reasons if reason]
    if found:
        from pendamping.kernel.refusal import Refusal

        raise Refusal(found)
    if sum(entry.file_size for entry in entries) > MOST_BYTES or len(entries) > MOST_FILES:
        raise _too_much(name)


def _dangerous(entry: zipfile.ZipInfo) -> Reason | None:
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    outside = name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name
    if outside:
        return _said("package.outside", N_("{file} would lie outside the package."), name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _said("package.link", N_("{file} is a link, not a file."), name)
    if entry.flag_bits & 1:
        return _said("package.locked", N_("{file} is locked with a password."), name)
    swollen = entry.file_size > MOST_TIMES * max(entry.compress_size, 1)
    if entry.file_size > SMALL_BYTES and swollen:
        return _said(
            "package.bomb",
            N_("{file} would grow to {bytes} bytes from {packed}: it is not opened."),
            name,
            bytes=entry.file_size,
            packed=entry.compress_size,
        )
    return None


def _unzipped(archive: zipfile.ZipFile) -> Contents:
    found = Contents()
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        chunks, broken = _chunks(archive, entry)
        found.files[entry.filename] = b"".join(chunks)
        if broken:
            found.reasons.append(
                _said(
                    "package.damaged",
                    N_("{file} is damaged: it is not what was put into the zip."),
                    entry.filename,
                )
            )
    return found


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[list[bytes], bool]:
    """What can be read of a file, and whether it broke off or is not what its sum says."""
    chunks: list[bytes] = []
    try:
        with archive.open(entry) as file:
            while chunk := file.read(1 << 16):
                chunks.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return chunks, True
    return chunks, False


def _said(clause: str, text: str, name: str, **values: object) -> Reason:
    return Reason(clause, text, {"file": name, **values}, {"file": name})


def _too_much(name: str) -> Exception:
    return refuse(
        "package.bomb",
        N_("{file} holds more than {bytes} bytes or {files} files: it is not opened."),
        where={"file": name},
        file=name,
        bytes=MOST_BYTES,
        files=MOST_FILES,
    )


def packed_names(files: Mapping[str, bytes]) -> Iterator[str]:
    """The order of a package's files: the description first, then by path."""
    first = "datapackage.json"
    yield from ([first] if first in files else [])
    yield from sorted(name for name in files if name != first)


def pack(files: Mapping[str, bytes], path: Path) -> None:
    """Write a zip that is the same, byte for byte, whenever its files are the same."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in packed_names(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name], compresslevel=6)
