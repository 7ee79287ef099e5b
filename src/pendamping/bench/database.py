"""A database of its own for a benchmark: a new folder for SQLite, a new database on a PostgreSQL."""

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4


@contextmanager
def fresh() -> Iterator[str]:
    """Point this process to a new database of the kind that ``DATABASE_URL`` names; its vendor.

    To be entered before Django starts.
    """
    url = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="pendamping-bench-") as home:
        os.environ["PENDAMPING_HOME"] = home
        if not url.startswith("postgres"):
            os.environ.pop("DATABASE_URL", None)
            yield "sqlite"
            return
        with _on_postgres(url):
            yield "postgresql"


@contextmanager
def _on_postgres(url: str) -> Iterator[None]:
    import psycopg

    name = f"bench_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def unsealed(cursor: Any, tables: Collection[str]) -> Iterator[None]:
    """Take the triggers of these tables off and put the very same back; for a database of :func:`fresh`."""
    if cursor.db.vendor == "postgresql":
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = [(name, made) for table, name, made in cursor.fetchall() if table in tables]
    for name, _made in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _name, made in triggers:
        cursor.execute(made)
