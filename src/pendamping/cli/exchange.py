"""A restore that a kill cannot leave half done: what was begun is finished, or undone, at the next start.

Everything is prepared in ``.restore`` in the server's folder; ``journal`` there says that it is whole. The
database is exchanged first, in one transaction that also leaves the journal's token in it: that is the
moment from which the restore holds. Files and secret follow, and the note in the trail; each can be done
again. So a start that finds the journal looks for its token: there, it goes on; not there, nothing
was touched, and what was prepared is thrown away.
"""

import fcntl
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pendamping.kernel.refusal import refuse

FOLDER, JOURNAL, MARK = ".restore", "journal", "restore_mark"


def work(home: Path) -> Path:
    """The folder in which a restore prepares and keeps what it needs to be finished."""
    return home / FOLDER


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One restore at a time, and no start in its middle; a kill lets go of it."""
    place = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def put_in_place(home: Path, database: Path, told: dict[str, Any]) -> None:
    """Exchange database, files and secret for what is prepared; ``told``: who restores which backup."""
    from pendamping.cli import snapshot

    token = secrets.token_hex(16)
    _write(work(home) / JOURNAL, json.dumps({"token": token, "database": _database(), **told}))
    os.sync()
    snapshot.put_back(database, mark=(MARK, token))
    _complete(home)


@contextmanager
def prepared(home: Path) -> Iterator[Path]:
    """An empty folder to prepare a restore in; whatever happens, it is finished or undone afterwards."""
    with alone(home):
        _settle(home)
        work(home).mkdir(mode=0o700)
        try:
            yield work(home)
        finally:
            _settle(home)


def go_on(home: Path) -> None:
    """Finish or undo a restore that was broken off; without one nothing is done."""
    if work(home).exists():
        with alone(home):
            _settle(home)


def _settle(home: Path) -> None:
    """Past the database: finish. Before it: throw away, the journal first."""
    journal = work(home) / JOURNAL
    if journal.exists():
        begun = json.loads(journal.read_text())
        if begun["database"] != _database():
            raise refuse(
                "backup.unfinished",
                "A restore was broken off here on another database. Start once with the DATABASE_URL of "
                "that restore: it is finished or undone then",
            )
        if _token() == begun["token"]:
            _complete(home)
        journal.unlink()
    if work(home).exists():
        shutil.rmtree(work(home))


def _complete(home: Path) -> None:
    """What follows the database; each step may have been done already."""
    from django.conf import settings
    from django.db import transaction

    from pendamping.cli import archive, site

    told = json.loads((work(home) / JOURNAL).read_text())
    new = work(home) / "new"
    _put_files(settings.PENDAMPING_FILES, new / "files", work(home))
    if not os.environ.get("PENDAMPING_SECRET"):
        secret = (new / archive.SECRET).read_text()
        _write(home / "secret", secret)
        settings.PENDAMPING_SECRET = settings.SECRET_KEY = secret.strip()
    site.bring_up_to_date()
    with transaction.atomic():
        _note(told)
        _drop_mark()


def _put_files(files: Path, new: Path, folder: Path) -> None:
    """Old files aside, new ones in their place; where these are gone, they are there already."""
    if not new.exists():
        return
    if files.exists():
        files.rename(Path(tempfile.mkdtemp(prefix="old-", dir=folder)) / "files")
    new.rename(files)


def _note(told: dict[str, Any]) -> None:
    """Into the trail of the restored server: who put which backup in place."""
    from pendamping.access import actions, queries

    user = queries.user(told["who"])
    knows = user is not None and queries.may(user, "access.note_restore", "")
    by = user if knows else queries.system()
    actions.note_restore(by=by, made_at=told["made_at"], version=told["version"])


def _token() -> str:
    """The token that the last restore left in the database, before its end; ``""`` without one."""
    from django.db import connection

    if MARK not in connection.introspection.table_names():
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT token FROM {MARK}")  # noqa: S608 -- a name of our own
        return str(cursor.fetchone()[0])


def _drop_mark() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {MARK}")


def _database() -> str:
    """Which database is configured, without how one logs in."""
    from django.db import connection

    named: dict[str, Any] = connection.settings_dict
    return " ".join(str(named.get(key) or "") for key in ("ENGINE", "HOST", "PORT", "NAME"))


def _write(path: Path, text: str) -> None:
    """A private file: wholly there, or as it was."""
    beside = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
