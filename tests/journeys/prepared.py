"""Databases that journeys start from, made once for all workers of a run and copied for each journey.

A server's first start (tables, 91,599 regions) takes longer than most journeys, the case of Empang
longer still; a copy of a file, or of a PostgreSQL database, takes a moment.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ["PENDAMPING_TESTS_SHARED"])
START = ("-c", "from pendamping.cli import site; site.start()")
CASE = ("-m", "pendamping", "demo", "empang")
# name: (what it is made from, the program that makes it)
KINDS = {"bare": ("", START), "empang": ("bare", CASE)}


def on_postgres() -> str:
    """The address of the PostgreSQL that the tests run on; ``""``: they run on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def environment_of(home: Path, name: str = "") -> dict[str, str]:
    """What the programs of a server are started with: its folder, and its database's name."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    told = {**os.environ, "PENDAMPING_HOME": str(home), "PYTHONPATH": path}
    told.pop("DATABASE_URL", None)
    if name:
        told["DATABASE_URL"] = urlunsplit(urlsplit(on_postgres())._replace(path=f"/{name}"))
    return told


def python(environment: dict[str, str], *arguments: str) -> str:
    """Run Python in the checkout with this environment; returns what it printed."""
    done = subprocess.run(  # noqa: PLW1510 -- the assertion below shows what it said
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def copy_into(home: Path, name: str, kind: str) -> None:
    """Give a new server the database and the files of a kind; ``name``: of its database, on PostgreSQL."""
    folder = prepared(kind)
    shutil.copytree(folder, home, dirs_exist_ok=True)
    if name:
        server(f'CREATE DATABASE "{name}" TEMPLATE "{_template(kind)}"')


def prepared(kind: str) -> Path:
    """The folder of a kind, made by whoever asks first while the others wait."""
    folder, source = SHARED / kind, KINDS[kind][0]
    with _alone(kind):
        if not (SHARED / f"{kind}.done").exists():
            name = _template(kind) if on_postgres() else ""
            folder.mkdir()
            if source:
                copy_into(folder, name, source)
            elif name:
                server(f'CREATE DATABASE "{name}"')
            python(environment_of(folder, name), *KINDS[kind][1])
            (SHARED / f"{kind}.done").write_text(json.dumps(name))
    return folder


def _template(kind: str) -> str:
    return f"{SHARED.name}_{kind}".replace("-", "_")


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    with (SHARED / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def server(statement: str) -> None:
    """Run a statement on the PostgreSQL that the tests run on."""
    import psycopg

    with psycopg.connect(on_postgres(), autocommit=True) as connection:
        connection.execute(statement)


def clear_away() -> None:
    """Remove what was made; once, when all is run."""
    for done in SHARED.glob("*.done"):
        if name := json.loads(done.read_text()):
            server(f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(SHARED, ignore_errors=True)
