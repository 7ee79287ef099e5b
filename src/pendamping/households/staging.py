"""Where an uploaded file waits until it is confirmed: the content, and what was found in it."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings

from pendamping.households.rules.census import Census, sign
from pendamping.households.rules.findings import CellError, by_place
from pendamping.kernel.refusal import Reason, Translate, refuse

SHOWN_DUPLICATES = 500


def folder(upload_id: str) -> Path:
    """The folder of one upload."""
    return Path(settings.PENDAMPING_FILES) / "census" / upload_id


def keep(upload_id: str, content: bytes, census: Census) -> None:
    """Write the content and the findings."""
    place = folder(upload_id)
    place.mkdir(parents=True, mode=0o700, exist_ok=True)
    (place / "content").write_bytes(content)
    found = {
        "errors": [_plain(each) for each in by_place(census.findings.errors)],
        "warnings": [_plain(each) for each in by_place(census.findings.warnings)],
        "duplicates": _pairs(census),
        "unknown_columns": census.unknown_columns,
    }
    (place / "findings.json").write_text(
        json.dumps(found, ensure_ascii=False, default=str), encoding="utf-8"
    )


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
        "value": each.value,
        "clause": each.reason.clause,
        "text": each.reason.text,
        "values": dict(each.reason.values),
    }


def content(upload_id: str) -> bytes:
    """The file as it was uploaded."""
    try:
        return (folder(upload_id) / "content").read_bytes()
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
