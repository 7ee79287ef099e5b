"""A new database is made at once and not step by step, and is the same; SQLite knows its own rows."""

import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from pendamping.trail import indexes
from pendamping.web import worker

ROOT = Path(__file__).resolve().parents[2]
DJANGOS_OWN = """
import django; django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
call_command(migrate.Command(), verbosity=0)
"""


def _shape(home, *command):
    """Every table, index and trigger of a new database, as SQLite keeps them."""
    known = {**os.environ, "PENDAMPING_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    known["DJANGO_SETTINGS_MODULE"] = "pendamping.web.settings"
    known.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, *command], cwd=ROOT, env=known, check=True, timeout=120)
    with sqlite3.connect(home / "pendamping.sqlite3") as made:
        return set(made.execute("SELECT type, name, sql FROM sqlite_master"))


@pytest.mark.prove
@pytest.mark.skipif(connection.vendor != "sqlite", reason="this is about SQLite's own tables")
def test_a_new_database_has_the_shape_that_django_gives_it(tmp_path):
    ours = _shape(tmp_path / "ours", "manage.py", "migrate", "--verbosity=0")
    assert _unordered(ours) == _unordered(_shape(tmp_path / "django", "-c", DJANGOS_OWN))


HERE = "'public'::regnamespace"
SHAPE_ON_POSTGRES = {
    "column": "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, "
    "column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "index": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated "
    f"FROM pg_constraint WHERE connamespace = {HERE}",
    "trigger": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text "
    "FROM pg_trigger WHERE NOT tgisinternal",
    "function": f"SELECT proname, prosrc, proconfig::text FROM pg_proc WHERE pronamespace = {HERE}",
}


@contextmanager
def _new_on_postgres(name, *command):
    """Whatever a new database on PostgreSQL is made of, as its catalogue has it."""
    import psycopg

    server = os.environ["DATABASE_URL"]
    own = urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(f"DROP DATABASE IF EXISTS {name}")
        administrator.execute(f"CREATE DATABASE {name}")
        try:
            known = {**os.environ, "DATABASE_URL": own, "PYTHONPATH": str(ROOT / "src")}
            known["DJANGO_SETTINGS_MODULE"] = "pendamping.web.settings"
            subprocess.run([sys.executable, *command], cwd=ROOT, env=known, check=True, timeout=300)
            with psycopg.connect(own) as made:
                yield {
                    (kind, *row)
                    for kind, asked in SHAPE_ON_POSTGRES.items()
                    for row in made.execute(asked).fetchall()
                }
        finally:
            administrator.execute(f"DROP DATABASE {name}")


def _for_like(row):
    """Django's second index of a text key, for LIKE; ours is made only where somebody searches by the key."""
    return row[0] == "index" and "_pattern_ops" in row[3]


@pytest.mark.prove
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="this is about PostgreSQL's catalogue"
)
def test_a_new_database_on_postgresql_has_the_shape_that_django_gives_it_but_for_indexes_for_like():
    with _new_on_postgres("shape_ours", "manage.py", "migrate", "--verbosity=0") as ours:
        pass
    with _new_on_postgres("shape_djangos", "-c", DJANGOS_OWN) as djangos:
        pass
    assert {kind for kind, *_ in ours} == set(SHAPE_ON_POSTGRES)
    assert sorted(map(str, ours - _without_filling(djangos))) == []
    missing = _without_filling(djangos) - ours
    assert sorted(str(row) for row in missing if not _for_like(row)) == []
    searched = {table for table, _column in indexes.SEARCHED}
    assert searched <= {row[1] for row in ours if _for_like(row)}


def _without_filling(rows):
    """A window's column, added to accounts that stood already, kept the default it was filled with."""
    fund = ("column", "ledger_account", "fund")
    return {(*row[:6], None, *row[7:]) if row[:3] == fund else row for row in rows}


def _unordered(shape):
    """Columns and constraints of a table stand in the order in which they were made."""
    return {(kind, name, tuple(sorted(_parts(sql or "")))) for kind, name, sql in shape}


def _parts(sql):
    filled = ("fund varchar(40) DEFAULT '' NOT NULL", '"fund" varchar(40) NOT NULL')
    return sql.removesuffix(")").replace(*filled).split(", ")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself"
)
def test_sqlite_looks_at_tables_that_grew_row_by_row(cast):
    next(job for job in worker.jobs(worker.Hand()) if job.name == "figures").work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'access_user'")
        assert cursor.fetchone()[0] > 0
