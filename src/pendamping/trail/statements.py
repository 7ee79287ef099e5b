"""Plain statements of an open action: quick ones, several in one way there and back.

A step that is done a hundred thousand times a month spends most of its time in building queries and
in waiting for answers. Such a step hands its statements in here instead. PostgreSQL gets all of them
at once (:mod:`.pipeline`, prepared), SQLite one by one. They run inside the action's transaction,
in their order, under the same constraints and triggers as everything else; outside an action they
are refused, as all writes are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from pendamping.trail.writing import current

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with ``%s`` for values. ``values``: one row, or with ``many`` a row for each execution; ``plain``:
    they are as the database takes them.
    """

    sql: str
    values: Sequence[Any]
    reads: bool = False
    many: bool = False
    plain: bool = False


def read(sql: str, *values: Any, lock: bool = False) -> Statement:
    """A SELECT; ``lock``: hold its rows until the action ends (SQLite holds the whole database)."""
    held = " FOR UPDATE" if lock and _vendor() == "postgresql" else ""
    return Statement(sql + held, values, reads=True)


def insert(model: type[models.Model], columns: tuple[str, ...], rows: Sequence[Row]) -> Statement:
    """New rows of a table, at least one; ``columns``: names in the database."""
    if _vendor() == "postgresql" and len(rows) > 1:
        return Statement(_insert_arrays(model, columns), _by_column(rows))
    return _each(_insert(model, columns), rows, _dated(model, columns))


def update(model: type[models.Model], columns: tuple[str, ...], rows: Sequence[Row]) -> Statement:
    """Other values in rows that stand; each row: the new values, and at its end the key."""
    if _vendor() == "postgresql" and len(rows) > 1:
        return Statement(_update_arrays(model, columns), _by_column(rows))
    return _each(_update(model, columns), rows, _dated(model, columns))


def _each(sql: str, rows: Sequence[Row], dated: Sequence[int]) -> Statement:
    """A statement run for each row; SQLite takes days and moments as texts."""
    if _vendor() == "sqlite" and dated:
        rows = [_with_texts(row, dated) for row in rows]
    many = len(rows) > 1
    return Statement(sql, rows if many else rows[0], many=many, plain=True)


def _with_texts(row: Row, dated: Sequence[int]) -> list[Any]:
    found = list(row)
    for at in dated:
        if found[at] is not None:
            found[at] = _as_text(found[at])
    return found


def day_read(value: Any) -> date:
    """A day as a read brings it: SQLite keeps it as a text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def run(*statements: Statement) -> list[list[tuple[Any, ...]]]:
    """Run statements in their order; for each the rows that it read (none for a write)."""
    current()
    here = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    raw: Any = here.connection
    with here.wrap_database_errors:
        if _vendor() == "postgresql":
            return _pipelined(raw, statements)
        return [_on_sqlite(raw, one) for one in statements]


@cache
def _vendor() -> str:
    """The one database of this server."""
    return connection.vendor


def _pipelined(raw: Any, statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    from pendamping.trail import pipeline

    return pipeline.run(raw, [(one.sql, one.values) for one in statements])


def _on_sqlite(raw: Any, one: Statement) -> list[tuple[Any, ...]]:
    sql = _question_marks(one.sql)
    if one.many:
        raw.executemany(sql, one.values)
        return []
    found = raw.execute(sql, one.values if one.plain else _plain(one.values))
    return found.fetchall() if one.reads else []


def _plain(row: Row) -> list[Any]:
    return [_as_text(value) if isinstance(value, date) else value for value in row]


@lru_cache(maxsize=1024)
def _as_text(value: date) -> str:
    """As Django stores it: a datetime in UTC without its zone, a date in ISO."""
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    return value.isoformat()


@cache
def _question_marks(sql: str) -> str:
    return sql.replace("%s", "?")


def _by_column(rows: Sequence[Row]) -> list[str]:
    return [_array(column) for column in zip(*rows, strict=True)]


def _array(column: Sequence[Any]) -> str:
    """A column as PostgreSQL writes an array: the driver would turn value by value, which takes longer than the
    rows take to be written.

    >>> _array([1, None, -3]), _array(["a,b", None, 'say "no"'])
    ('{1,NULL,-3}', '{"a,b",NULL,"say \\\\"no\\\\""}')
    """
    return "{" + ",".join([_item(value) for value in column]) + "}"


def _item(value: Any) -> str:
    kind = type(value)
    if kind is int:
        return str(value)
    if value is None:
        return "NULL"
    if isinstance(value, str):
        if "\\" in value or '"' in value:
            value = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{value}"'
    if kind is date or kind is datetime:
        return _day_or_moment(value)
    if kind is bool:
        return str(value).lower()
    raise TypeError(f"not known in an array: {kind.__name__}")


@lru_cache(maxsize=1024)
def _day_or_moment(value: date) -> str:
    return f'"{value.isoformat()}"'


# --- the texts, made once for each table and database -----------------------------------------------


@cache
def _insert(model: type[models.Model], columns: tuple[str, ...]) -> str:
    marks = ", ".join("%s" for _ in columns)
    return f"INSERT INTO {_table(model)} ({_names(columns)}) VALUES ({marks})"  # noqa: S608 -- names of the house's own tables and columns, no values


@cache
def _insert_arrays(model: type[models.Model], columns: tuple[str, ...]) -> str:
    arrays = _arrays(model, columns)
    return f"INSERT INTO {_table(model)} ({_names(columns)}) SELECT * FROM unnest({arrays})"  # noqa: S608 -- the same


@cache
def _update(model: type[models.Model], columns: tuple[str, ...]) -> str:
    new = ", ".join(f"{_name(column)} = %s" for column in columns)
    return f"UPDATE {_table(model)} SET {new} WHERE {_name(_key(model))} = %s"  # noqa: S608 -- the same


@cache
def _update_arrays(model: type[models.Model], columns: tuple[str, ...]) -> str:
    table, key = _table(model), _name(_key(model))
    new = ", ".join(f"{_name(column)} = new.{_name(column)}" for column in columns)
    arrays = _arrays(model, (*columns, _key(model)))
    return (
        f"UPDATE {table} SET {new} FROM unnest({arrays}) AS new({_names(columns)}, {key})"  # noqa: S608 -- the same
        f" WHERE {table}.{key} = new.{key}"
    )


def _arrays(model: type[models.Model], columns: tuple[str, ...]) -> str:
    fields = {field.column: field for field in model._meta.concrete_fields}
    return ", ".join(f"%s::{fields[column].rel_db_type(connection)}[]" for column in columns)


@cache
def _dated(model: type[models.Model], columns: tuple[str, ...]) -> tuple[int, ...]:
    """The places of days and moments among columns."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    kinds = (models.DateField, models.DateTimeField)
    return tuple(at for at, name in enumerate(columns) if isinstance(fields[name], kinds))


def _key(model: type[models.Model]) -> str:
    assert model._meta.pk is not None
    return str(model._meta.pk.column)


def _table(model: type[models.Model]) -> str:
    return _name(model._meta.db_table)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(_name(column) for column in columns)


def _name(name: str) -> str:
    return connection.ops.quote_name(name)
