"""Where an uploaded file waits until it is confirmed: the content, and what was found in it."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from pendamping.households import secrecy
from pendamping.households.rules.census import Census, sign
from pendamping.households.rules.findings import CellError, by_place
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Translate, refuse

SHOWN_DUPLICATES = 500
SHOWN_CELLS = 20_000
DAY_SECONDS = 24 * 3600
_NUMBER = re.compile(r"\d(?:[ .-]?\d){11,}")  # twelve digits at least: a NIK, a KK, or nearly one


def folder(upload_id: str) -> Path:
    """The folder of one upload."""
    return Path(settings.PENDAMPING_FILES) / "census" / upload_id


def keep(upload_id: str, content: bytes) -> None:
    """Write the content, sealed with the server's secret: it holds NIK and KK of everybody."""
    place = folder(upload_id)
    place.mkdir(parents=True, mode=0o700, exist_ok=True)
    _write(place / "content", secrecy.seal_file(content))


def _write(path: Path, content: bytes) -> None:
    """Write a file that nobody but the server's own account may read."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def keep_findings(upload_id: str, census: Census) -> None:
    """Write what was found; of a file that is wrong everywhere the first cells are enough."""
    names = {(one.sheet, one.row): one.name for one in census.people()}
    found: dict[str, Any] = {
        kind: [
            {**_plain(each), "name": names.get((each.sheet, each.row), "")}
            for each in by_place(cells)[:SHOWN_CELLS]
        ]
        for kind, cells in (
            ("errors", census.findings.errors),
            ("warnings", census.findings.warnings),
        )
    }
    found |= {
        "duplicates": _pairs(census),
        "unknown_columns": census.unknown_columns,
    }
    _replace(folder(upload_id) / "findings.json", found)


def _replace(path: Path, content: Any) -> None:
    """Write a file whole: whoever reads it meanwhile sees the one before."""
    path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    _write(fresh, json.dumps(content, ensure_ascii=False, default=str).encode())
    fresh.replace(path)


def _pairs(census: Census) -> list[dict[str, Any]]:
    kinds = {(each.first, each.second): each.kinds for each in census.duplicates}
    shown = census.duplicates_as_json()[:SHOWN_DUPLICATES]
    for pair, likely in zip(shown, census.duplicates, strict=False):
        pair["reasons"] = list(kinds[likely.first, likely.second])
    return shown


def _plain(each: CellError) -> dict[str, Any]:
    return {
        "sheet": each.sheet,
        "row": each.row,
        "column": each.column,
        "value": masked(each.value),
        "clause": each.reason.clause,
        "text": each.reason.text,
        "values": {name: masked(value) for name, value in each.reason.values.items()},
    }


def masked(value: Any) -> Any:
    """A text in which the middle of each long number is left out: the region and the last four
    digits are enough to find the cell, too few to know the number.

    >>> masked("NIK 3271010101700001")
    'NIK 3271…0001'
    """
    return _NUMBER.sub(_ends, value) if isinstance(value, str) else value


def _ends(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found.group())
    return f"{digits[:4]}…{digits[-4:]}"


def content(upload_id: str) -> bytes:
    """The file as it was uploaded."""
    try:
        return secrecy.open_file((folder(upload_id) / "content").read_bytes())
    except OSError:
        raise refuse(
            "households.upload.gone",
            "The uploaded file is no longer on the server. Upload it again.",
        ) from None


def findings(upload_id: str, translate: Translate) -> dict[str, Any]:
    """What was found, with the reasons in the reader's language."""
    try:
        found: dict[str, Any] = json.loads((folder(upload_id) / "findings.json").read_text("utf-8"))
    except OSError:
        return {"errors": [], "warnings": [], "duplicates": [], "unknown_columns": []}
    for kind in ("errors", "warnings"):
        for each in found[kind]:
            reason = Reason(each["clause"], each.pop("text"), each.pop("values"))
            each["reason"] = reason.say(translate)
    for pair in found["duplicates"]:
        pair["reasons"] = [sign(kind).say(translate) for kind in pair["reasons"]]
    return found


def forget(upload_id: str) -> None:
    """Remove the content; the findings go with it."""
    shutil.rmtree(folder(upload_id), ignore_errors=True)


def age_days(upload_id: str) -> float:
    """How long a file has lain on the disk, by the real clock: a practice ward's may stand still."""
    return _seconds_since(folder(upload_id) / "content") / DAY_SECONDS


def waited_seconds(upload_id: str) -> float:
    """How long a file waits for the worker: since it was kept, or since it was asked to be stored."""
    asked = folder(upload_id) / "asked"
    return _seconds_since(asked if asked.exists() else asked.with_name("content"))


def note_asked(upload_id: str) -> None:
    """Note that a file begins to wait to be stored."""
    _replace(folder(upload_id) / "asked", True)


def _seconds_since(path: Path) -> float:
    try:
        return clock.wall().timestamp() - path.stat().st_mtime
    except OSError:
        return 0.0


def leftovers(needed: Collection[str]) -> list[str]:
    """Folders on the disk that no open upload needs: of a process that was killed, a day ago or more."""
    oldest = clock.wall().timestamp() - DAY_SECONDS
    try:
        places = [each for each in folder("").iterdir() if each.stat().st_mtime < oldest]
    except OSError:
        return []
    return sorted(each.name for each in places if each.is_dir() and each.name not in needed)


def failure(kept: str) -> list[Reason]:
    """Why the last work on an upload was given up, as reasons again."""
    return [Reason(*each) for each in json.loads(kept)] if kept else []


def note_progress(upload_id: str, stage: str, done: int, total: int) -> None:
    """Say what is going on, for the page that waits."""
    _replace(folder(upload_id) / "progress.json", {"stage": stage, "done": done, "total": total})


def progress(upload_id: str) -> dict[str, Any] | None:
    """``{"stage", "done", "total"}`` of the work on a file, or ``None`` before it began."""
    try:
        found: dict[str, Any] = json.loads((folder(upload_id) / "progress.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def begin(upload_id: str) -> int:
    """Note that the work on a file begins; how many times it has, this one included."""
    path = folder(upload_id) / "begun.json"
    try:
        before = int(path.read_text("utf-8"))
    except (OSError, ValueError):
        before = 0
    _replace(path, before + 1)
    return before + 1


def end(upload_id: str) -> None:
    """Forget how often the work began and how far it came."""
    for name in ("begun.json", "progress.json"):
        (folder(upload_id) / name).unlink(missing_ok=True)


@contextmanager
def turn(upload_id: str) -> Iterator[bool]:
    """Whether the work on a file is ours: held by one process at a time, let go when it ends or dies."""
    place = folder(upload_id)
    if not place.is_dir():
        yield True  # nothing to work on; the content is asked for and refused
        return
    with (place / "turn").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
