"""Reads and checks a ward package without a database.

``read(path)``: a zip or a folder → typed rows, or a refusal with every reason; ``look(path)``: the same
without raising, with what was ignored.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pendamping.exchange.cells import up_to
from pendamping.exchange.container import Contents, open_package
from pendamping.exchange.rules.columns import WRONG, Column, Resource, Row, Wrong, value_of
from pendamping.exchange.rules.descriptor import SEALS, hashed, line_seals, name_of
from pendamping.exchange.rules.resources import BY_NAME, RESOURCES
from pendamping.exchange.rules.whole import problems
from pendamping.kernel.refusal import N_, Reason, Refusal

MOST = 100
"""How many rows of a file are named at most."""
LONGEST_CELL = 1_000_000


@dataclass
class Package:
    """A package that was read.

    ``rows``: resource → its rows, ``{column: value}``: texts, whole numbers, ``date``, aware ``datetime``,
    ``bool``, JSON values, and ``None`` where the cell is empty. A resource that the package does not hold is
    not there; a column that its file does not hold is not in its rows. ``files``: ``files/…`` and
    ``guidelines/…``, and the server's own ``records/…``, as bytes.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)


def read(path: Path) -> Package:
    """The package at ``path`` (``FILE.zip`` or a folder); raises a refusal with every reason."""
    found = look(path)
    if found.reasons:
        raise Refusal(found.reasons)
    return found


def look(path: Path) -> Package:
    """What the package holds and what is wrong with it; never raises."""
    try:
        contents = open_package(path)
    except Refusal as refusal:
        return Package(reasons=refusal.reasons)
    found = Package(reasons=contents.reasons)
    described = _described(contents, found)
    found.reasons += _changed(contents, described)
    held: dict[str, list[tuple[int, Row]]] = {}
    for resource in RESOURCES:
        if resource.path in contents.files:
            held[resource.name] = _rows(resource, contents.files[resource.path], found)
    _unknown(contents, found)
    if not held:
        found.reasons.append(
            Reason("package.nothing", N_("There is no resource of a ward in {file}."),
                   {"file": path.name}, {"file": path.name})
        )  # fmt: skip
    if not any(reason.clause in UNREAD for reason in found.reasons):
        found.reasons += _first_of_each(problems(held))
    found.rows = {name: [row for _, row in rows] for name, rows in held.items()}
    return found


UNREAD = {"package.column", "package.utf8", "package.cell", "package.cells", "package.damaged"}
"""Where cells could not be read, what is wrong between rows would only repeat it."""


def _first_of_each(reasons: list[Reason]) -> list[Reason]:
    """At most ``MOST`` of each kind in each file."""
    counted: dict[tuple[str, Any], int] = {}
    kept = []
    for reason in reasons:
        kind = (reason.clause, reason.where.get("file"))
        counted[kind] = counted.get(kind, 0) + 1
        if counted[kind] <= MOST:
            kept.append(reason)
    return kept


def _described(contents: Contents, found: Package) -> Mapping[str, Mapping[str, Any]]:
    """Path → what ``datapackage.json`` says of it; a folder of CSVs may come without one."""
    name = "datapackage.json"
    if name not in contents.files:
        return {}
    try:
        said = json.loads(contents.files[name].decode("utf-8"))
        listed = [*said["resources"], *said.get("beside", [])]
        return {str(part["path"]): part for part in listed}
    except (ValueError, KeyError, TypeError, RecursionError):
        found.reasons.append(
            Reason("package.description", N_("{file} is not the description of a data package."),
                   {"file": name}, {"file": name})
        )  # fmt: skip
        return {}


def _changed(contents: Contents, described: Mapping[str, Mapping[str, Any]]) -> Iterator[Reason]:
    """Files that are missing, or are not what the description says that they were."""
    damaged = {reason.where.get("file") for reason in contents.reasons}
    for path, said in described.items():
        if path not in contents.files:
            yield Reason("package.missing", N_("{file} is described, but not there."),
                         {"file": path}, {"file": path})  # fmt: skip
            continue
        content = contents.files[path]
        stated = said.get("hash")
        if (
            isinstance(stated, str) and stated.startswith("sha256:") and stated != hashed(content)
        ) or path in damaged:
            yield from _changed_rows(contents, path, content)


def _changed_rows(contents: Contents, path: str, content: bytes) -> Iterator[Reason]:
    """The rows that are not what was sealed; the file alone where the seals do not say which."""
    sealed = contents.files.get(SEALS.format(name=name_of(path)), b"").split()
    now = line_seals(content).split()
    if len(sealed) == len(now):
        for row, (was, is_now) in enumerate(zip(sealed, now, strict=True), start=1):
            if was != is_now:
                yield Reason("package.changed", N_("This row was changed after the package was made."),
                             {}, {"file": path, "row": row})  # fmt: skip
                return
    first = next((i for i, (a, b) in enumerate(zip(sealed, now, strict=False), 1) if a != b), None)
    where: dict[str, Any] = {"file": path, "row": first} if first else {"file": path}
    yield Reason("package.changed", N_("{file} was changed after the package was made."),
                 {"file": path}, where)  # fmt: skip


def _rows(resource: Resource, content: bytes, found: Package) -> list[tuple[int, Row]]:
    """The rows of a file, each with the line on which it begins."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found.reasons.append(
            Reason("package.utf8", N_("{file} is not UTF-8."), {"file": resource.path},
                   {"file": resource.path, "row": row})
        )  # fmt: skip
        return []
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, Row]] = []
    reasons: list[Reason] = []
    try:
        with up_to(LONGEST_CELL):
            header = next(lines, [])
            columns = _columns(resource, header, found)
            begins = lines.line_num + 1
            for cells in lines:
                if cells:
                    rows.append((begins, _row(resource, columns, cells, begins, reasons)))
                begins = lines.line_num + 1
                if len(reasons) >= MOST:
                    break
    except csv.Error:
        reasons.append(
            Reason("package.cells", N_("The row is no row of a CSV: a quotation mark or cell does not end."),
                   {}, {"file": resource.path, "row": lines.line_num})
        )  # fmt: skip
    found.reasons += reasons
    return rows


def _columns(resource: Resource, header: list[str], found: Package) -> list[Column | None]:
    """The column of each cell; foreign ones are said and ignored, missing and double ones are refused."""
    place = {"file": resource.path, "row": 1}
    columns = [resource.column(name) for name in header]
    for name, column in zip(header, columns, strict=True):
        if column is None:
            found.notes.append(
                Reason("package.foreign", N_("Column {column} is not known here and is ignored."),
                       {"column": name}, {**place, "column": name})
            )  # fmt: skip
        elif header.count(name) > 1:
            found.reasons.append(
                Reason("package.column", N_("Column {column} is there twice."), {"column": name},
                       {**place, "column": name})
            )  # fmt: skip
    for column in resource.columns:
        if column.needed and column.name not in header:
            found.reasons.append(
                Reason("package.column", N_("Column {column} is missing."), {"column": column.name},
                       {**place, "column": column.name})
            )  # fmt: skip
    return columns


def _row(
    resource: Resource,
    columns: list[Column | None],
    cells: list[str],
    number: int,
    reasons: list[Reason],
) -> Row:
    if len(cells) != len(columns):
        reasons.append(
            Reason("package.cells", N_("The row has {found} cells, the header {wanted}."),
                   {"found": len(cells), "wanted": len(columns)}, {"file": resource.path, "row": number})
        )  # fmt: skip
    row: Row = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            continue
        try:
            row[column.name] = value_of(column, cell)
        except Wrong as wrong:
            row[column.name] = None
            values = {
                "value": cell[:60],
                "column": column.name,
                "choices": ", ".join(column.choices),
            }
            reasons.append(
                Reason("package.cell", WRONG[str(wrong)], values,
                       {"file": resource.path, "row": number, "column": column.name})
            )  # fmt: skip
    return row


def _unknown(contents: Contents, found: Package) -> None:
    """Files beside the resources: kept where they belong to the package, else said and ignored."""
    known = {"datapackage.json", *(resource.path for resource in BY_NAME.values())}
    for path, content in contents.files.items():
        if path.startswith(("files/", "guidelines/", "records/")):
            found.files[path] = content
        elif path not in known and not path.startswith("checks/"):
            found.notes.append(
                Reason("package.foreign_file", N_("{file} is not known here and is ignored."),
                       {"file": path}, {"file": path})
            )  # fmt: skip
