"""The database's bulk path: COPY on PostgreSQL, one prepared statement on SQLite.

Works only inside a named action, like every other write.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models

from pendamping.trail.writing import current

Row = Sequence[Any]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
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
        for batch in _batches(rows):
            cursor.executemany(statement, batch)


def _batches(rows: Iterable[Row], size: int = 20_000) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append([str(value) if hasattr(value, "isoformat") else value for value in row])
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
