"""A real server of its own for a journey: its own folder, its own database, its own port."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60


@dataclass
class Site:
    """A running server: its address, and the environment in which its commands run."""

    url: str
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        """Run ``pendamping …`` on this server's database; returns what it printed."""
        return self._python("-m", "pendamping", *arguments)

    def prepare(self, *arguments: str) -> dict:
        """Run ``tests.journeys.people`` there: opens wards and gives everybody a password."""
        return json.loads(self._python("-m", "tests.journeys.people", *arguments))

    def module(self, name: str, *arguments: str) -> str:
        """Run a module of the tests there, such as ``tests.journeys.open_work``."""
        return self._python("-m", name, *arguments)

    def _python(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: PLW1510 -- the assertion below shows what it said
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def database(home: Path) -> Iterator[dict[str, str]]:
    """The environment of a new server: embedded SQLite, or a fresh database on the PostgreSQL named."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PENDAMPING_HOME": str(home), "PYTHONPATH": path}
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    import psycopg

    name = f"journey_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        parts = urlsplit(url)
        yield {**environment, "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def serving(home: Path, *before: tuple[str, ...]) -> Iterator[Site]:
    """Serve from a folder; ``before``: commands to run first, such as ``("demo", "empang")``."""
    with database(home) as environment:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        site = Site(f"http://127.0.0.1:{port}", environment)
        for command in before:
            site.run(*command)
        server = subprocess.Popen(
            [sys.executable, "-m", "pendamping", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(f"{site.url}/readyz", server)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"{address} was not ready (exit status {server.poll()})")
