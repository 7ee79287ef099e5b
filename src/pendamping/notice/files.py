"""A board as files: one JSON document, and one CSV table with a row for each figure. Keys are stable."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from pendamping.notice.parts import Board

FORM = 1  # of the document; a key may come, none changes its meaning or goes without another number
COLUMNS = ("part", "id", "name", "key", "value")
RENAMED = {
    "on": "as_of", "least": "least_shown", "own": "own_contributions", "met": "meetings",
    "coming": "next_meetings", "seats": "office_holders",
}  # fmt: skip
NAMES = ("title", "name", "body_name", "text")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def document(of: Board) -> dict[str, Any]:
    """The board as plain values: money in whole rupiah, days as ISO, ``None`` for what is not shown or not there."""
    found = {RENAMED.get(key, key): _plain(value) for key, value in asdict(of).items()}
    number, seal = found.pop("seal")
    for one in found["meetings"]:
        one["decisions"] = one.pop("decided")
    return {"form": FORM, **found, "record": {"number": number, "seal": seal}}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def as_json(of: Board) -> bytes:
    """The document as text."""
    return json.dumps(document(of), ensure_ascii=False, indent=1).encode()


def as_csv(of: Board) -> bytes:
    """A row for each value: the part, the id and name of its line, its key and the value; nothing where it is not
    shown. Words that a table program would take for a formula begin with an apostrophe."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in rows(document(of)):
        table.writerow([_cell(value) for value in row])
    return out.getvalue().encode()


def rows(found: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The document's values one by one, in its order."""
    for part, value in found.items():
        if isinstance(value, list):
            for one in value:
                yield from _line(part, one)
        elif isinstance(value, Mapping):
            yield from _line(part, value)
        else:
            yield ("board", "", "", part, value)


def _line(part: str, one: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """A line's values; what a line holds of its own is a part ``<part>.<key>`` with ids below the line's."""
    name = next((one[key] for key in NAMES if one.get(key)), "")
    for key, value in one.items():
        if key == "id" or (key in NAMES and value == name):
            continue
        if isinstance(value, list):
            for place, each in enumerate(value, start=1):
                below = {"id": f"{one.get('id', '')}/{place}".lstrip("/"), **each}
                yield from _line(f"{part}.{key}", {**below, "id": each.get("id") or below["id"]})
        else:
            yield (part, one.get("id", ""), name, key, value)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value
