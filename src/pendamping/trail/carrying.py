"""A ward's records as they stand in the tables, out of one server and into another.

A room says in its ``AppConfig`` what it carries: ``carries``, the names of its models in the order in which
they are written, which is the one that its triggers allow (what is final takes nothing more, so its parts
come first). Numbers of persons, what is sealed with the server's secret, and the ids of forms stay.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model, UniqueConstraint

from pendamping.trail import bulk

USER = "access.User"
STAYS = frozenset(
    {"nik_cipher", "nik_hash", "nik_last4", "kk_cipher", "kk_hash", "kk_last4", "request_id"}
)
SEALED = frozenset({("complaints.Step", "text")})
"""Columns that do not go out, of any model and of one."""


@dataclass
class Carried:
    """Records on their way: label → columns and rows of texts; ``people``: username → name; ``files``: bytes."""

    tables: dict[str, tuple[list[str], list[list[str]]]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def models() -> Iterator[type[Model]]:
    """What is carried, in the order in which it is written."""
    for config in apps.get_app_configs():
        known = {model.__name__: model for model in config.get_models()}
        for name in getattr(config, "carries", ()):
            yield known[name]


def label(model: type[Model]) -> str:
    """How a model's rows are called: ``loans.Loan``."""
    return model._meta.label


def columns(model: type[Model]) -> list[Any]:
    """The fields that are carried: all but those that stay and a key that the database counts out."""
    return [
        one
        for one in model._meta.concrete_fields
        if one.get_internal_type() not in ("AutoField", "BigAutoField") and not _stays(model, one)
    ]


def counted(model: type[Model]) -> bool:
    """Whether the database counts out the key: then the order of the rows is all that is left of it."""
    return model._meta.pk.get_internal_type() in ("AutoField", "BigAutoField")


def _stays(model: type[Model], one: Any) -> bool:
    return one.name in STAYS or (label(model), one.name) in SEALED


def way_to_ward(model: type[Model], seen: tuple[type[Model], ...] = ()) -> str:
    """The lookup from a record to its ward: ``ward``, ``loan__ward``; empty where there is none."""
    names = {one.name for one in model._meta.concrete_fields}
    if label(model) == "territory.Ward":
        return "code"
    if "ward" in names:
        return "ward"
    for one in model._meta.concrete_fields:
        other = one.related_model
        if not isinstance(one, ForeignKey) or one.null or other in (*seen, model):
            continue
        if label(other) == USER:
            continue
        if found := way_to_ward(other, (*seen, model)):
            return f"{one.name}__{found}"
    return ""


# --- out ----------------------------------------------------------------------------------------


def taken(ward: str) -> Carried:
    """Everything of a ward, as texts; rows by key, so that the same records are the same texts."""
    found = Carried()
    for model in models():
        fields = columns(model)
        lookups = [_lookup(one) for one in fields]
        here = model._default_manager.filter(**{way_to_ward(model): ward})
        rows = here.order_by("pk").values_list(*_flat(lookups))
        written = [
            _texts(model, fields, lookups, row, found) for row in rows.iterator(chunk_size=5000)
        ]
        if not counted(model):
            written.sort()
        found.tables[label(model)] = ([one.name for one in fields], written)
    return found


def _lookup(one: Any) -> list[str]:
    """What is read for a field: a user by name, a record without a lasting key by what it is known by."""
    if not isinstance(one, ForeignKey):
        return [one.attname]
    if label(one.related_model) == USER:
        return [f"{one.name}__username", f"{one.name}__name"]
    known = natural(one.related_model)
    return [f"{one.name}__{name}" for name in known] if known else [one.attname]


def natural(model: type[Model]) -> list[str]:
    """What a record is known by whose own key is counted out by the database; empty for the others."""
    if not counted(model):
        return []
    unique = next(one for one in model._meta.constraints if isinstance(one, UniqueConstraint))
    return [model._meta.get_field(name).attname for name in unique.fields]


def _flat(lookups: Iterable[list[str]]) -> list[str]:
    return [name for names in lookups for name in names]


def _texts(
    model: type[Model],
    fields: list[Any],
    lookups: list[list[str]],
    row: Any,
    found: Carried,
) -> list[str]:
    texts, at = [], 0
    for one, names in zip(fields, lookups, strict=True):
        values = row[at : at + len(names)]
        at += len(names)
        if isinstance(one, ForeignKey) and label(one.related_model) == USER:
            if values[0] is not None:
                found.people[values[0]] = values[1]
            texts.append(values[0] or "")
        elif one.get_internal_type() == "BinaryField":
            texts.append(_file(model, one, row, fields, values[0], found))
        else:
            texts.append("/".join(_text(one, value) for value in values))
    return texts


def _file(model: type[Model], one: Any, row: Any, fields: Any, content: Any, found: Carried) -> str:
    if content is None:
        return ""
    path = f"files/{label(model)}/{row[0]}.{one.name}"
    found.files[path] = bytes(content)
    return path


def _text(one: Any, value: Any) -> str:
    if value is None:
        return ""
    if one.get_internal_type() == "JSONField":
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


# --- in -----------------------------------------------------------------------------------------


def put(carried: Carried, users: Mapping[str, Any]) -> None:
    """Write records, in an open action. ``users``: username → key. Raises ``ValueError`` for what cannot be
    read, ``KeyError`` for a file or person that is missing; the database refuses what does not fit."""
    for model in models():
        names, rows = carried.tables.get(label(model), ([], []))
        if not rows:
            continue
        fields = [one for one in columns(model) if one.name in names]
        places = [names.index(one.name) for one in fields]
        missing = [
            one for one in model._meta.concrete_fields if one not in fields and not one.primary_key
        ]
        readers = [_reader(one, users, carried.files) for one in fields]
        rest = [one.get_db_prep_save(one.get_default(), connection) for one in missing]
        prepare = [one.get_db_prep_save for one in fields]
        bulk.insert(
            model,
            [one.name for one in (*fields, *missing)],
            (
                [
                    p(r(row[at]), connection)
                    for p, r, at in zip(prepare, readers, places, strict=True)
                ]
                + rest
                for row in _in_order(names, rows)
            ),
        )


def ask_ward(carried: Carried, ward: str) -> None:
    """Raises ``ValueError`` where a record that was written belongs to another ward, itself or by its way."""
    for model in models():
        _names, rows = carried.tables.get(label(model), ([], []))
        here = model._default_manager.filter(**{way_to_ward(model): ward}).count() if rows else 0
        if here != len(rows):
            raise ValueError(f"{label(model)}: records of another ward")


def _in_order(names: list[str], rows: list[list[str]]) -> list[list[str]]:
    """Numbers that may have no gap are written in their order."""
    if "number" not in names:
        return rows
    at = names.index("number")
    return sorted(rows, key=lambda row: (len(row[at]), row[at]))


def _reader(one: Any, users: Mapping[str, Any], files: Mapping[str, bytes]) -> Any:
    if isinstance(one, ForeignKey) and label(one.related_model) == USER:
        return lambda text: users[text] if text else None
    if isinstance(one, ForeignKey) and (known := natural(one.related_model)):
        rows = one.related_model._default_manager.values_list("pk", *known)
        keys = {"/".join(map(str, key)): pk for pk, *key in rows}
        return lambda text: keys[text] if text else None
    if one.get_internal_type() == "BinaryField":
        return lambda text: files[text] if text else None
    kind = one.target_field if isinstance(one, ForeignKey) else one
    read = READ.get(kind.get_internal_type(), str)
    empty = None if one.null or not kind.empty_strings_allowed else ""
    return lambda text: read(text) if text else empty


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


READ: Mapping[str, Any] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    "BooleanField": _truth,
    "JSONField": json.loads,
    **dict.fromkeys(
        ("BigIntegerField", "IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
         "PositiveBigIntegerField", "SmallIntegerField"),
        int,
    ),
}  # fmt: skip
