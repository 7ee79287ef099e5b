"""A new database is made quicker than Django makes it, and is the same; SQLite knows its own rows."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

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
def test_a_new_database_has_the_shape_that_django_gives_it(tmp_path):
    ours = _shape(tmp_path / "ours", "manage.py", "migrate", "--verbosity=0")
    assert _unordered(ours) == _unordered(_shape(tmp_path / "django", "-c", DJANGOS_OWN))


def _unordered(shape):
    """Constraints of a table stand in the order in which its columns were made."""
    return {(kind, name, tuple(sorted((sql or "").split(", ")))) for kind, name, sql in shape}


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL looks at its tables by itself"
)
def test_sqlite_looks_at_tables_that_grew_row_by_row(cast):
    next(job for job in worker.jobs(worker.Hand()) if job.name == "figures").work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'access_user'")
        assert cursor.fetchone()[0] > 0
