"""``pendamping backup FILE`` and ``restore FILE``: the whole server, while it runs."""

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from pendamping.kernel.refusal import N_, refuse

# what a database that nobody has used yet holds in its trail
SETTING_UP = ("access.make_system", "territory.update_regions")


def add_commands(commands: Any) -> None:
    """Register ``backup`` and ``restore``."""
    from pendamping.cli import output

    one = commands.add_parser(
        "backup", help="write database, files and secret of this server to one file"
    )
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--force", action="store_true", help="also over a file that is there already")
    output.common(one)
    one.set_defaults(run=backup)
    two = commands.add_parser("restore", help="put a backup in the place of this server's data")
    two.add_argument("file", type=Path, metavar="FILE")
    two.add_argument(
        "--force",
        "--replace",
        action="store_true",
        help="also where this server has been used; what it had is backed up beside first",
    )
    output.common(two, writes=True)
    two.set_defaults(run=restore)


def backup(arguments: argparse.Namespace) -> int:
    """Write the backup; it is there whole, or not at all."""
    from pendamping.cli import output, site

    site.start(migrate=False)
    if arguments.file.is_file() and not arguments.force:
        raise refuse(
            "backup.exists",
            "{file} is there already; --force writes over it",
            file=str(arguments.file),
        )
    manifest = write_backup(arguments.file)
    size = arguments.file.stat().st_size
    if arguments.json:
        document = {**manifest.as_json(), "file": str(arguments.file), "size": size}
        output.document(document)
    else:
        translate = output.translator(output.language(arguments))
        files = sum(name.startswith("files/") for name in manifest.members)
        text = translate(SAVED).format(file=arguments.file, size=size, files=files)
        output.say(text, arguments)
    return 0


def write_backup(target: Path) -> Any:
    """Back the configured server up to a file; returns its manifest."""
    from importlib.metadata import version

    from django.conf import settings
    from django.db import connection

    from pendamping.cli import archive, snapshot
    from pendamping.kernel import clock

    if not _has_tables():
        raise refuse("backup.empty", "There is nothing to back up yet")
    _check_place(target, settings.PENDAMPING_FILES)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.PENDAMPING_HOME) as folder:
        database = Path(folder) / archive.DATABASES[connection.vendor]
        snapshot.take(database)
        secret = Path(folder) / archive.SECRET
        secret.write_text(settings.PENDAMPING_SECRET)
        facts = {
            "pendamping": version("pendamping"),
            "made_at": clock.wall().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": applied(),
        }
        members = {database.name: database, archive.SECRET: secret}
        members |= _files(settings.PENDAMPING_FILES)
        try:
            return archive.write(target, members, facts)
        except OSError as error:
            raise _cannot_write(target, error) from error


def _check_place(target: Path, files: Path) -> None:

    if target.is_dir() or not target.absolute().parent.is_dir():
        raise refuse("backup.target", "{file} is not a place for a file", file=str(target))
    if target.resolve().is_relative_to(files):
        raise refuse(
            "backup.target_inside",
            "{file} lies among the files that are backed up; choose another place",
            file=str(target),
        )


def _cannot_write(target: Path, error: OSError) -> Exception:

    return refuse(
        "backup.write",
        "{file} cannot be written: {why}",
        file=str(target),
        why=error.strerror or str(error),
    )


def _files(folder: Path) -> dict[str, Path]:
    """Every plain file under ``files``, by its name in the backup."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {f"files/{path.relative_to(folder).as_posix()}": path for path in found}


def applied() -> list[str]:
    """The migrations of the configured database."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def known() -> list[str]:
    """The migrations that this version of the program brings."""
    from django.db.migrations.loader import MigrationLoader

    return sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)


def restore(arguments: argparse.Namespace) -> int:
    """Verify everything, then put it in place: all, or nothing."""
    from pendamping.cli import output, site

    site.start(migrate=False)
    who = _who(arguments)
    kept = restore_backup(arguments.file, force=arguments.force, who=who)
    from pendamping.trail import queries as trail

    translate = output.translator(output.language(arguments))
    broken = [reason.as_json(translate) for reason in trail.check_all()]
    if arguments.json:
        output.document({"restored": True, "kept": str(kept) if kept else None, "broken": broken})
        return 0
    output.say(translate(RESTORED))
    if kept:
        output.say(translate(KEPT).format(file=kept))
    for reason in broken:
        output.say(f"{reason['text']} [{reason['clause']}]")
    return 0


def _who(arguments: argparse.Namespace) -> str:
    """The name of who restores; one whom this server knows must be allowed to."""
    from pendamping.access.gate import allow
    from pendamping.cli import site

    if arguments.as_user and _is_used():
        allow(site.actor(arguments), "access.note_restore", "")
    return arguments.as_user or ""


def restore_backup(source: Path, *, force: bool, who: str = "") -> Path | None:
    """Put a backup in place; returns the backup of what was there, where there was something.

    ``who``: the user whom the trail names. A kill at any moment leaves what the next start finishes or undoes.
    """
    from django.conf import settings
    from django.db import connection

    from pendamping.cli import archive, exchange, snapshot

    home = Path(settings.PENDAMPING_HOME)
    with exchange.prepared(home) as folder:
        new = folder / "new"
        manifest = archive.unpack(source, new)
        (new / "files").mkdir(exist_ok=True)
        archive.refuse_newer(manifest, known())
        _refuse_other_server(manifest.database, (new / archive.SECRET).read_text())
        database = new / archive.DATABASES[connection.vendor]
        snapshot.check(database)
        kept = _keep_aside(home, force, manifest.made_at) if _is_used() else None
        told = {"who": who, "made_at": manifest.made_at, "version": manifest.pendamping}
        exchange.put_in_place(home, database, told)
    return kept


def _refuse_other_server(database: str, secret: str) -> None:
    from django.db import connection

    if database != connection.vendor:
        raise refuse(
            "backup.other_database",
            "This backup is of {theirs}; this server uses {ours}",
            theirs=database,
            ours=connection.vendor,
        )
    if os.environ.get("PENDAMPING_SECRET") not in {None, "", secret}:
        raise refuse(
            "backup.other_secret",
            "PENDAMPING_SECRET is not the one of this backup: the NIK in it could not be read",
        )


def _keep_aside(home: Path, force: bool, made_at: str) -> Path:
    from pendamping.kernel import clock

    if not force:
        raise refuse(
            "backup.used",
            "This server holds data ({wards} wards, {people} people, {deeds} entries in the trail, the "
            "last of {last}, {files} files); --force puts the backup of {made} in its place and keeps a "
            "copy of all that beside it",
            **_held(),
            made=made_at[:10],
        )
    kept = home / f"before-restore-{clock.wall():%Y%m%d-%H%M%S}.zip"
    write_backup(kept)
    return kept


def _has_tables() -> bool:
    from django.db import DatabaseError, connection

    try:
        return "trail_event" in connection.introspection.table_names()
    except DatabaseError as error:
        raise refuse(
            "backup.database", "The database cannot be used: {why}", why=str(error).strip()
        ) from error


def _held() -> dict[str, Any]:
    """What a restore would overwrite, counted past the models: its tables may be older than the program."""
    from django.conf import settings
    from django.db import connection

    def number(table: str, columns: str = "COUNT(*)") -> Any:
        if table not in tables:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 -- names of our own tables
            return cursor.fetchone()[0]

    tables = connection.introspection.table_names()
    return {
        "wards": number("territory_ward"),
        "people": number("access_user"),
        "deeds": number("trail_event"),
        "last": str(number("trail_event", "MAX(entered_at)") or "")[:10],
        "files": len(_files(settings.PENDAMPING_FILES)),
    }


def _is_used() -> bool:
    """Whether anything has been done here beyond setting up."""
    from django.conf import settings
    from django.db import connection

    if _files(settings.PENDAMPING_FILES):
        return True
    if not _has_tables():
        return False
    marks = ", ".join(["%s"] * len(SETTING_UP))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM trail_event WHERE verb NOT IN ({marks})", SETTING_UP)  # noqa: S608 -- only marks are put in
        return cursor.fetchone() is not None


SAVED = N_("Saved to {file}: {size} bytes, with {files} files. Keep it where only you can read it.")
RESTORED = N_("Restored. Start the site anew, so that it reads the secret of the backup.")
KEPT = N_("What was here before is in {file}.")
