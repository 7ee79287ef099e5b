"""How a package is written: its CSVs, its ``datapackage.json`` and the seals of its lines."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pendamping.exchange.rules.columns import Column, Resource, text_of_value

TYPES = {
    "text": "string",
    "whole": "integer",
    "day": "date",
    "moment": "datetime",
    "truth": "boolean",
    "json": "string",
}
SHORT = 16  # hex digits of a line's seal: enough to know a changed line, no signature
SEALS = "checks/{name}.txt"


def name_of(path: str) -> str:
    """How the seals of a file's lines are called."""
    return path.removeprefix("data/").removesuffix(".csv")


def package_files(
    held: Mapping[str, Iterable[Mapping[str, Any]]], beside: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Path → bytes of everything in a package: its description, each resource that is held, the seals of lines, and
    what lies beside (``guidelines/…``, ``records/…``, ``files/…``)."""
    from pendamping.exchange.rules.resources import RESOURCES

    contents = {
        resource.path: (resource, text_of(resource, held[resource.name]))
        for resource in RESOURCES
        if resource.name in held
    }
    said = descriptor(next(iter(held["ward"])), contents, beside)
    described = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    csvs = {path: content for path, (_, content) in contents.items()}
    sealed = {**csvs, **{path: content for path, content in beside.items() if path.endswith(".csv")}}  # fmt: skip
    seals = {
        SEALS.format(name=name_of(path)): line_seals(content) for path, content in sealed.items()
    }
    return {"datapackage.json": described, **csvs, **seals, **beside}


def text_of(resource: Resource, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The CSV of a resource: every column, sorted by key, then by the whole row; UTF-8, comma, ``\\n``."""
    names = [column.name for column in resource.columns]
    order = [resource.column(name) for name in resource.key]
    numbers = {c.name for c in order if c and c.kind == "whole"}
    written = [
        (
            tuple(
                (row.get(n) or 0) if n in numbers else text_of_value(row.get(n))
                for n in resource.key
            ),
            [text_of_value(row.get(name)) for name in names],
        )
        for row in rows
    ]
    written.sort()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(cells for _, cells in written)
    return out.getvalue().encode()


def line_seals(content: bytes) -> bytes:
    """The seal of every line of a file, one a line: by them a changed row is found."""
    lines = content.split(b"\n")
    return b"".join(hashlib.sha256(line).hexdigest()[:SHORT].encode() + b"\n" for line in lines)


def descriptor(
    ward: Mapping[str, Any],
    contents: Mapping[str, tuple[Resource, bytes]],
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    """``datapackage.json``. ``contents``: path → resource and its CSV; ``files``: path → what lies beside."""
    held = {resource.name for resource, _ in contents.values()}
    return {
        "profile": "tabular-data-package",
        "name": f"ward-{ward['code']}".lower(),
        "title": ward["name"],
        "version": "1",
        "resources": [
            _resource(resource, content, held) for resource, content in contents.values()
        ],
        "beside": [
            {"path": path, "bytes": len(content), "hash": hashed(content)}
            for path, content in sorted(files.items())
        ],
    }


def hashed(content: bytes) -> str:
    """``sha256:…`` as a data package writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _resource(resource: Resource, content: bytes, held: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in resource.columns],
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }
    links = [column for column in resource.columns if column.to in held]
    if links:
        schema["foreignKeys"] = [_link(resource, column) for column in links]
    return {
        "name": resource.name,
        "path": resource.path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": hashed(content),
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES[column.kind]}
    if column.kind == "moment":
        field["format"] = "any"
    constraints: dict[str, Any] = {}
    if column.needed:
        constraints["required"] = True
    if column.choices and not column.many:
        constraints["enum"] = list(column.choices)
    return {**field, "constraints": constraints} if constraints else field


def _link(resource: Resource, column: Column) -> dict[str, Any]:
    from pendamping.exchange.rules.resources import BY_NAME

    other = "" if column.to == resource.name else column.to
    target = BY_NAME[column.to].key[0]
    return {"fields": [column.name], "reference": {"resource": other, "fields": [target]}}
