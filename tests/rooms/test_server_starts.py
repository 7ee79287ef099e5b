"""What stands in the way of a command is one clear line and an exit status, never a traceback."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pendamping.cli import main, output, serve
from pendamping.demo import people
from pendamping.kernel.refusal import Refusal
from pendamping.web import environment

ROOT = Path(__file__).resolve().parents[2]
SCHEDULE = ["loan", "schedule", "--principal", "5000000", "--instalments", "10", "--rate", "0.015",
            "--disbursed", "2004-05-12"]  # fmt: skip


def pendamping(home, *arguments, **settings):
    """Run the command in a process of its own; ``settings``: of the environment."""
    known = {**os.environ, "PENDAMPING_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    known.pop("DATABASE_URL", None)
    known.pop("PENDAMPING_SECRET", None)
    done = subprocess.run(
        [sys.executable, "-m", "pendamping", *arguments],
        cwd=ROOT,
        env=known | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def busy():
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def test_a_port_in_use_is_named_and_nothing_is_announced(tmp_path, busy):
    done = pendamping(tmp_path, "serve", "--port", str(busy))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Porta {busy}" in done.stderr
    assert list(tmp_path.iterdir()) == [], "nothing is set up for a site that cannot start"


@pytest.mark.parametrize("port", ["0", "99999", "-1", "８０００", "http"])
def test_a_port_that_is_none_is_wrong_use(port, capsys):
    with pytest.raises(SystemExit) as ended:
        main.main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "1 to 65535" in capsys.readouterr().err


def test_two_servers_never_share_a_port(busy):
    """Both ask before either answers: the second is refused at once."""
    with serve._taken("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(Refusal) as refused:
            serve._taken("127.0.0.1", port)
    assert [reason.clause for reason in refused.value.reasons] == ["serve.port"]
    assert str(port) in refused.value.reasons[0].say()


@pytest.mark.skipif(not hasattr(socket, "TCP_DEFER_ACCEPT"), reason="an option of Linux")
def test_a_connection_that_says_nothing_keeps_nobody_waiting():
    with serve._taken("127.0.0.1", 0) as listening:
        listening.settimeout(30)
        place = listening.getsockname()
        with socket.create_connection(place), socket.create_connection(place) as asks:
            asks.sendall(b"GET / HTTP/1.1\r\n")
            taken, who = listening.accept()
            taken.close()
            assert who == asks.getsockname()


def test_a_home_that_cannot_be_written_is_named(tmp_path):
    home = tmp_path / "a-file"
    home.write_text("no folder")
    done = pendamping(home, "people", "password", "somebody")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"PENDAMPING_HOME={home}" in done.stderr


def test_a_secret_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "secret").mkdir()
    done = pendamping(tmp_path, "people", "password", "somebody")
    assert done.returncode == 2
    assert f"PENDAMPING_HOME={tmp_path}: secret" in done.stderr


def test_a_database_that_is_away_is_a_reason(tmp_path):
    away = "postgresql://somebody:geheim@127.0.0.1:1/nowhere"
    done = pendamping(tmp_path, "books", "check", "--json", DATABASE_URL=away)
    assert done.returncode == 1
    assert '"clause": "server.database"' in done.stdout
    assert "geheim" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", [SCHEDULE, ["demo", "empang"], ["serve"]])
def test_a_language_that_is_none_is_wrong_use_of_any_command(command, capsys, monkeypatch):
    monkeypatch.setenv("PENDAMPING_LANG", "xx")
    assert main.main(command) == 2
    assert "PENDAMPING_LANG=xx" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgresql://127.0.0.1:port/x"), ("PENDAMPING_PROXIES", "two")],
)
def test_a_setting_that_cannot_be_used_is_named(name, value, monkeypatch, tmp_path):
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.WrongEnvironment, match=name):
        environment.database(tmp_path)
        environment.proxies()


def test_the_database_file_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    environment.keep_private(environment.database(tmp_path))
    made = tmp_path / "pendamping.sqlite3"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    made.chmod(0o640)
    environment.keep_private(environment.database(tmp_path))
    assert stat.S_IMODE(made.stat().st_mode) == 0o640, "what somebody set stays"


def test_it_says_where_who_and_how_to_stop(capsys, monkeypatch):
    monkeypatch.setattr("pendamping.cli.demo.logins", lambda: people.LOGINS)
    monkeypatch.setattr(output, "language", lambda _arguments: "id")
    serve._announce(serve.argparse.Namespace(host="127.0.0.1", port=8123))
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8123/" in said
    assert "Ctrl+C" in said
    [line] = [line for line in said.splitlines() if line.split()[:1] == ["upk"]]
    assert "Bendahara UPK" in line
    assert "siapa yang jatuh tempo hari ini" in line
