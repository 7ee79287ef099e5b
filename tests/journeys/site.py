"""A real server of its own for a journey: its own folder, its own database, its own port."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.journeys.prepared import ROOT, copy_into, environment_of, on_postgres, python, server

READY_SECONDS = 60


@dataclass
class Site:
    """A running server: its address, and the environment in which its commands run."""

    url: str
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        """Run ``pendamping …`` on this server's database; returns what it printed."""
        return python(self.environment, "-m", "pendamping", *arguments)

    def prepare(self, *arguments: str) -> dict:
        """Run ``tests.journeys.people`` there: opens wards and gives everybody a password."""
        return json.loads(python(self.environment, "-m", "tests.journeys.people", *arguments))

    def module(self, name: str, *arguments: str) -> str:
        """Run a module of the tests there, such as ``tests.journeys.open_work``."""
        return python(self.environment, "-m", name, *arguments)


@contextmanager
def database(home: Path, kind: str = "bare") -> Iterator[dict[str, str]]:
    """The environment of a new server, on embedded SQLite or on the PostgreSQL that is named.

    ``kind``: what it starts from, see ``prepared.KINDS``.
    """
    name = f"journey_{uuid4().hex[:12]}" if on_postgres() else ""
    copy_into(home, name, kind)
    yield environment_of(home, name)
    if name:
        server(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def serving(home: Path, kind: str = "bare", log: Path | None = None) -> Iterator[Site]:
    """Serve from a folder of its own; ``kind``: what the server starts from; ``log``: where all it says is kept."""
    with database(home, kind) as environment, ExitStack() as stack:
        said = stack.enter_context(log.open("wb")) if log else None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        site = Site(f"http://127.0.0.1:{port}", environment)
        running = subprocess.Popen(
            [sys.executable, "-m", "pendamping", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=said or subprocess.DEVNULL,
            stderr=said,
        )
        try:
            _wait(f"{site.url}/readyz", running)
            yield site
        finally:
            running.terminate()
            running.wait(timeout=30)


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
