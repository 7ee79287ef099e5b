"""Kobo and ODK submissions as JSON: one record a household, repeat groups for its people."""

import json
from typing import Any

from pendamping.households.readers.csv_text import decode
from pendamping.households.readers.table import Body, Row, Table
from pendamping.households.rules.columns import field_of, match
from pendamping.kernel.refusal import Refusal, refuse
from pendamping.kernel.signs import visible

NUMBER = "household_id"
DEEPEST = 12


def looks_like_json(data: bytes) -> bool:
    """Whether the text begins as a JSON array or object."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}


def read_kobo(data: bytes) -> list[Table]:
    """A table of households and a table for each repeat group that names people."""
    submissions = _submissions(data)
    households: list[dict[str, Any]] = []
    groups: dict[str, list[dict[str, Any]]] = {}
    for position, submission in enumerate(submissions, start=1):
        plain, repeats = _split(submission, position)
        number = str(plain.get(NUMBER) or position)
        households.append({**plain, NUMBER: number})
        for name, members in repeats.items():
            groups.setdefault(name, []).extend({NUMBER: number, **each} for each in members)
    tables = [_table("submissions", households)]
    tables += [_table(name, members) for name, members in groups.items()]
    named = {"name", "given_name", "head_name"}
    return [
        table
        for position, table in enumerate(tables)
        if position == 0 or named & table.columns.at.keys()
    ]


def _submissions(data: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(decode(data))
    except (ValueError, RecursionError):
        raise _broken() from None
    if isinstance(found, dict):
        found = found.get("results", [found])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _broken()
    return found


def _broken() -> Refusal:
    return refuse(
        "households.file.json",
        "The file is not a list of form submissions in JSON. Download the data from Kobo again "
        "as JSON.",
    )


def _split(submission: dict[str, Any], position: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The plain answers and the repeat groups, wherever in the submission they stand."""
    plain: dict[str, Any] = {}
    repeats: dict[str, list[dict[str, Any]]] = {}
    waiting: list[tuple[str, Any, int]] = [(key, submission[key], 0) for key in submission]
    for key, value, depth in waiting:
        short = key.rsplit("/", 1)[-1]
        if isinstance(value, dict) and depth < DEEPEST:
            waiting.extend((inner, value[inner], depth + 1) for inner in value)
        elif _is_group(value):
            repeats[short] = [_flat(each) for each in value]
        elif not isinstance(value, list | dict):
            plain.setdefault(short, value)
    return plain, repeats


def _is_group(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _flat(answers: dict[str, Any]) -> dict[str, Any]:
    return _split(answers, 0)[0]


def _table(sheet: str, records: list[dict[str, Any]]) -> Table:
    headings = list(dict.fromkeys(key for record in records for key in record))
    headings.sort(key=lambda heading: field_of(heading) is None)
    rows: list[Row] = [
        (number, [record.get(heading, "") for heading in headings])
        for number, record in enumerate(records, start=1)
    ]
    columns = match([visible(heading) for heading in headings])
    sheet = visible(sheet)
    return Table(sheet, 0, columns, Body(rows, columns, sheet=sheet))
