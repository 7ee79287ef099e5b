"""``pendamping backup`` and ``restore``, as an operator types them, on either database."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

COMMAND = str(Path(sys.executable).parent / "pendamping")

WRITER = """
from pendamping.cli import site
site.start(migrate=False)
from pendamping.access import actions, queries
import sys
for number in range(1, 10_000):
    actions.invite(by=queries.system(), ward="", username=f"writer-{number}", name="Contoh",
                   role="cadre")
    print(number, flush=True)
"""

BROKEN_DATABASE = """
import sys
from pendamping.cli import main, snapshot
from pendamping.kernel.refusal import refuse
def fail(source, mark):
    raise refuse("backup.database", "the plug was pulled")
snapshot.put_back = fail
sys.exit(main.main(sys.argv[1:]))
"""

LEFT = (
    "SELECT tablename FROM pg_tables WHERE tablename = 'restore_mark'"
    if os.environ.get("DATABASE_URL", "").startswith("postgres")
    else "SELECT name FROM sqlite_master WHERE name = 'restore_mark'"
)
KILLED = """
import os, signal, sys
from pendamping.cli import exchange, main, site, snapshot
where, command = sys.argv[1], sys.argv[2:]
def end():
    os.kill(os.getpid(), signal.SIGKILL)
def before(module, name):
    setattr(module, name, lambda *given, **more: end())
def after(module, name):
    done = getattr(module, name)
    def then(*given, **more):
        done(*given, **more)
        end()
    setattr(module, name, then)
if where == "while it prepares":
    before(snapshot, "check")
elif where == "before the journal":
    before(exchange, "put_in_place")
elif where == "before the database":
    before(snapshot, "put_back")
elif where == "after the database":
    after(snapshot, "put_back")
elif where == "after the files":
    after(exchange, "_put_files")
elif where == "before the tables are of today":
    before(site, "bring_up_to_date")
elif where == "before the note":
    before(exchange, "_note")
elif where == "before it is kept that it was noted":
    before(exchange, "_drop_mark")
elif where == "before the journal goes":
    complete = exchange._complete
    def then(home):
        complete(home)
        end()
    exchange._complete = then
sys.exit(main.main(command))
"""
UNDONE = ["while it prepares", "before the journal", "before the database"]
FINISHED = [
    "after the database", "after the files", "before the tables are of today", "before the note",
    "before it is kept that it was noted", "before the journal goes",
]  # fmt: skip
# one of each kind in ``make test``; all of them, on both databases, in ``make prove``
SHORT = {"before the database", "after the database", "before the note"}


@dataclass
class Server:
    """A server of its own: a folder, a database, the command line."""

    home: Path
    environment: dict[str, str]

    def run(self, *arguments, program=(COMMAND,)):
        return subprocess.run(
            [*program, *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def json(self, *arguments):
        done = self.run(*arguments, "--json")
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)

    def done(self, *arguments):
        status, document = self.json(*arguments)
        assert status == 0, document
        return document

    def clauses(self, *arguments):
        status, document = self.json(*arguments)
        assert status == 1
        return [reason["clause"] for reason in document["reasons"]]

    def invite(self, username):
        self.done("people", "invite", username, "--name", "Contoh", "--role", "lead")

    def users(self):
        """The user names that the database holds, read past the program."""
        return [name for (name,) in self.rows("SELECT username FROM access_user ORDER BY username")]

    def rows(self, asked):
        if "DATABASE_URL" in self.environment:
            import psycopg

            with psycopg.connect(self.environment["DATABASE_URL"]) as database:
                return database.execute(asked).fetchall()
        import sqlite3

        with closing(sqlite3.connect(self.home / "pendamping.sqlite3")) as database:
            return database.execute(asked).fetchall()

    def restores(self):
        """Who put a backup in place, by the trail, read past the program."""
        return self.rows("SELECT actor FROM trail_event WHERE verb = 'access.note_restore'")

    def state(self):
        files = {path.name: path.read_text() for path in (self.home / "files").glob("*")}
        return self.users(), files, (self.home / "secret").read_text()


def plain_environment(home):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PENDAMPING", "DATABASE", "DJANGO"))
    }
    return {**kept, "PENDAMPING_HOME": str(home)}


def administer(statement):
    """Run a statement on the test's PostgreSQL, beside its databases."""
    import psycopg

    named = settings.DATABASES["default"]
    with psycopg.connect(
        dbname="postgres",
        user=named["USER"],
        password=named["PASSWORD"],
        host=named["HOST"],
        port=named["PORT"] or None,
        autocommit=True,
    ) as database:
        database.execute(statement)


def address(name):
    from urllib.parse import quote

    named = settings.DATABASES["default"]
    who = f"{quote(named['USER'])}:{quote(named['PASSWORD'])}"
    return f"postgresql://{who}@/{name}?host={named['HOST']}" + (
        f"&port={named['PORT']}" if named["PORT"] else ""
    )


@pytest.fixture(scope="module")
def new_server(tmp_path_factory):
    """Make servers with empty databases; drop them afterwards."""
    made = []

    def make(like=None):
        home = tmp_path_factory.mktemp("server")
        if like is not None:
            shutil.copytree(like.home, home, dirs_exist_ok=True)
        environment = plain_environment(home)
        if connection.vendor == "postgresql":
            name = f"backup_{secrets.token_hex(6)}"
            template = like.environment["DATABASE_URL"].split("/")[3].split("?")[0] if like else ""
            administer(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if like else ""))
            made.append(name)
            environment["DATABASE_URL"] = address(name)
        return Server(home, environment)

    yield make
    for name in made:
        administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def first(new_server):
    """A server that somebody has used; no test changes it."""
    server = new_server()
    server.invite("contoh.satu")
    (server.home / "files").mkdir(exist_ok=True)
    (server.home / "files" / "minutes.txt").write_text("Notulen")
    return server


@pytest.fixture(scope="module")
def saved(first, tmp_path_factory):
    target = tmp_path_factory.mktemp("saved") / "backup.zip"
    document = first.done("backup", target)
    assert document["size"] == target.stat().st_size
    return target


def test_a_backup_brings_a_whole_server_back(first, saved, new_server):
    second = new_server()
    document = second.done("restore", saved)
    assert document == {"restored": True, "kept": None, "broken": []}
    assert second.state() == first.state()


def test_a_backup_is_for_its_owner_alone(saved):
    assert saved.stat().st_mode & 0o077 == 0


def test_a_backup_is_whole_while_others_write(first, new_server, tmp_path):
    busy = new_server(like=first)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], env=busy.environment, stdout=subprocess.PIPE, text=True
    ) as writer:
        before = int(writer.stdout.readline())
        busy.done("backup", tmp_path / "busy.zip")
        after = int(writer.stdout.readline())
        writer.kill()
    second = new_server()
    assert second.done("restore", tmp_path / "busy.zip")["broken"] == []
    written = [name for name in second.users() if name.startswith("writer-")]
    assert before <= len(written) <= 10_000
    assert sorted(written) == sorted(f"writer-{n}" for n in range(1, len(written) + 1))
    assert after >= before


def test_a_server_with_data_is_not_overwritten(saved, first, new_server):
    used = new_server(like=first)
    used.invite("contoh.dua")
    before = used.state()
    assert used.clauses("restore", saved) == ["backup.used"]
    assert used.state() == before


def test_a_refused_restore_says_what_it_would_overwrite(saved, first, new_server):
    status, said = new_server(like=first).json("restore", saved, "--lang", "en")
    assert status == 1
    [reason] = said["reasons"]
    assert "0 wards, 2 people," in reason["text"]
    assert "1 files); --force" in reason["text"]


def test_the_trail_says_who_restored_which_backup(saved, first, new_server):
    used = new_server(like=first)
    used.done("people", "invite", "contoh.tiga", "--name", "Contoh", "--role", "administrator")
    used.done("backup", used.home / "three.zip")
    assert used.clauses("restore", saved, "--force", "--as", "contoh.satu") == ["access.permission"]
    assert used.run("restore", saved, "--force", "--as", "nobody").returncode == 2
    used.done("restore", used.home / "three.zip", "--force", "--as", "contoh.tiga")
    assert used.restores() == [("contoh.tiga",)]
    used.done("restore", saved, "--force", "--as", "contoh.tiga")  # whom that backup does not know
    assert used.restores() == [("system",)]


def test_with_force_the_old_data_is_kept_as_a_backup(saved, first, new_server):
    used = new_server(like=first)
    used.invite("contoh.dua")
    before = used.state()
    kept = Path(used.done("restore", saved, "--force")["kept"])
    assert used.state() == first.state()
    used.done("restore", kept, "--replace")
    assert used.state() == before


def test_a_damaged_backup_changes_nothing(saved, first, new_server, tmp_path):
    used = new_server(like=first)
    before = used.state()
    content = saved.read_bytes()
    middle = len(content) // 2
    flipped = bytes([content[middle] ^ 1])
    damaged = {
        "cut.zip": content[:middle],
        "changed.zip": content[:middle] + flipped + content[middle + 1 :],
        "text.zip": b"not a backup",
    }
    for name, given in damaged.items():
        (tmp_path / name).write_bytes(given)
        assert used.clauses("restore", tmp_path / name, "--replace")[0] in {
            "backup.damaged",
            "backup.changed",
        }
    assert used.clauses("restore", tmp_path / "missing.zip", "--replace") == ["backup.unreadable"]
    assert used.state() == before
    assert [path.name for path in used.home.glob("before-restore*")] == []


def test_when_the_database_fails_files_and_secret_go_back(saved, first, new_server):
    used = new_server(like=first)
    (used.home / "files" / "minutes.txt").write_text("Notulen lain")
    (used.home / "secret").write_text("another secret of the same server")
    before = used.state()
    program = (sys.executable, "-c", BROKEN_DATABASE)
    done = used.run("restore", saved, "--replace", "--json", program=program)
    assert done.returncode == 1
    assert used.state() == before
    assert [path.name for path in used.home.glob(".restore*")] == []


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(where, marks=() if where in SHORT else pytest.mark.prove)
        for where in (*UNDONE, *FINISHED)
    ],
)
def test_a_restore_that_is_killed_is_finished_or_undone_at_the_next_start(
    saved, first, new_server, where
):
    used = new_server(like=first)
    (used.home / "files" / "minutes.txt").write_text("Notulen lain")
    (used.home / "secret").write_text("another secret of the same server")
    used.invite("contoh.dua")
    before = used.state()
    program = (sys.executable, "-c", KILLED, where)
    done = used.run("restore", saved, "--force", program=program)
    assert done.returncode == -9, done.stderr
    used.run("worker", "--once")
    assert used.state() == (before if where in UNDONE else first.state())
    assert len(used.restores()) == (where in FINISHED)
    assert list(used.home.glob(".restore*")) == []
    assert used.rows(LEFT) == []


def test_an_unfinished_restore_waits_for_its_own_database(saved, first, new_server, tmp_path):
    used = new_server(like=first)
    used.run("restore", saved, "--force", program=(sys.executable, "-c", KILLED, "after the files"))
    other = Server(used.home, {**used.environment, "DATABASE_URL": f"sqlite:///{tmp_path}/other"})
    assert other.clauses("backup", tmp_path / "other.zip") == ["backup.unfinished"]
    used.done("backup", tmp_path / "its-own.zip")
    assert used.state() == first.state()


def test_a_secret_from_the_environment_must_be_that_of_the_backup(saved, new_server):
    other = new_server()
    other.environment["PENDAMPING_SECRET"] = "another"
    assert other.clauses("restore", saved) == ["backup.other_secret"]


def test_a_backup_of_another_kind_of_database_is_refused(saved, new_server, tmp_path):
    from tests.rooms.test_backup_file import make

    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    facts = {"pendamping": "0", "made_at": "", "database": other, "migrations": []}
    if other == "postgresql":
        from pendamping.cli import archive

        (tmp_path / "secret").write_text("a secret")
        sources = {"database.dump": saved, "secret": tmp_path / "secret"}
        archive.write(tmp_path / "backup.zip", sources, facts)
    else:
        make(tmp_path, facts)
    server = new_server()
    assert server.clauses("restore", tmp_path / "backup.zip") == ["backup.other_database"]


def test_there_must_be_something_to_back_up_and_a_place_for_it(first, new_server, tmp_path):
    assert new_server().clauses("backup", tmp_path / "backup.zip") == ["backup.empty"]
    assert first.clauses("backup", tmp_path / "no" / "folder.zip") == ["backup.target"]
    assert first.clauses("backup", tmp_path) == ["backup.target"]
    there = tmp_path / "there.zip"
    there.write_text("Laporan")
    assert first.clauses("backup", there) == ["backup.exists"]
    assert there.read_text() == "Laporan"
    first.done("backup", there, "--force")
    assert there.read_bytes()[:2] == b"PK"
    there.unlink()
    inside = first.home / "files" / "backup.zip"
    assert first.clauses("backup", inside) == ["backup.target_inside"]
    assert list(tmp_path.iterdir()) == []
