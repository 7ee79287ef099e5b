"""The database's bulk path: COPY on PostgreSQL, one prepared statement on SQLite.

Works only inside a named action, like every other write.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from pendamping.trail.writing import current

Row = Sequence[Any]
CACHE_KB = 400_000
LOOKED_AT = 400
"""Rows of each index that SQLite looks at: enough to know a ward's share of them from a person's."""


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows into a model's table; ``columns`` are field names, values as the database has them."""
    current()
    fields = [model._meta.get_field(name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(fields))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 -- own names
        with _large_cache(cursor):
            for batch in _batches(rows):
                cursor.executemany(statement, batch)


def count_anew(models: Iterable[type[Model]]) -> None:
    """Let the database look at tables that have grown much, once their transaction is through.

    Until it has, it plans with the figures of the tables before: a search takes ten times as long on
    PostgreSQL, whose own housekeeping comes minutes later; SQLite reads a whole ward to find three of
    its persons by their ids.
    """
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    transaction.on_commit(lambda: _analyze(tables), robust=True)


def count_all_anew() -> None:
    """The same for every table of SQLite, which never looks by itself; a moment at any size."""
    if connection.vendor == "sqlite":
        _analyze([""])


def _analyze(tables: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


@contextmanager
def _large_cache(cursor: Any) -> Iterator[None]:
    """SQLite keeps the indexes that it fills in memory for as long as this takes."""
    cursor.execute("PRAGMA cache_size")
    (usual,) = cursor.fetchone()
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA cache_size = {int(usual)}")


def _batches(rows: Iterable[Row], size: int = 10_000) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append([str(value) if isinstance(value, date) else value for value in row])
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
