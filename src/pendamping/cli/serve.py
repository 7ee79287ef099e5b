"""``pendamping serve``: the site and its background worker in one command."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    """Register ``serve`` and ``worker``."""
    serve = commands.add_parser("serve", help="run the site and its background worker")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: loopback)"
    )
    serve.add_argument("--workers", type=int, default=2, help="processes that answer (default 2)")
    serve.set_defaults(run=run)
    worker = commands.add_parser("worker", help="run the background worker alone")
    worker.add_argument("--once", action="store_true", help="work off what waits now, then end")
    worker.set_defaults(run=run_worker)


def run(arguments: argparse.Namespace) -> int:
    """Bring the database up to date, gather static files, then answer until told to stop."""
    from pendamping.cli import site

    site.start()
    _gather_static()
    worker = subprocess.Popen([sys.executable, "-m", "pendamping", "worker"])
    try:
        _announce(arguments)
        _serve(arguments)
    finally:
        worker.terminate()
        worker.wait(timeout=10)
    return 0


def run_worker(arguments: argparse.Namespace) -> int:
    """Do the recurring work until told to stop."""
    from pendamping.cli import site

    site.start(migrate=False)
    from pendamping.web import worker

    return worker.run_once() if arguments.once else worker.run()


def _gather_static() -> None:
    """Copy and compress static files under PENDAMPING_HOME when the package is newer than they are."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp, marker = _stamp(), root / ".stamp"
    if marker.exists() and marker.read_text() == stamp:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
    marker.write_text(stamp)


def _stamp() -> str:
    from importlib.metadata import version

    from pendamping.web.environment import PACKAGE

    files = (path for path in PACKAGE.glob("**/static/**/*") if path.is_file())
    newest = max((path.stat().st_mtime_ns for path in files), default=0)
    return f"{version('pendamping')} {version('django-htmx')} {newest}"


def _announce(arguments: argparse.Namespace) -> None:
    from pendamping.cli.demo import logins

    lines = [f"Pendamping: http://{arguments.host}:{arguments.port}/"]
    if found := logins():
        lines.append(f"Demo (kata sandi / password: {found[0].password})")
        lines += [f"  {login.username:<12} {login.role}" for login in found]
    print("\n".join(lines), flush=True)


def _close_connections(_server: Any, _worker: Any) -> None:
    """No connection crosses a fork, whatever was asked of the database before: two processes on one
    connection read each other's answers."""
    from django.db import connections

    connections.close_all()


def _serve(arguments: argparse.Namespace) -> None:
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", f"{arguments.host}:{arguments.port}")
            self.cfg.set("workers", arguments.workers)
            self.cfg.set("worker_tmp_dir", "/dev/shm" if os.path.isdir("/dev/shm") else None)  # noqa: S108 -- memory, not a place for files
            self.cfg.set("accesslog", None)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("timeout", 120)
            self.cfg.set("pre_fork", _close_connections)

        def load(self) -> Any:
            from pendamping.web.wsgi import application

            return application

    try:
        Site().run()
    except SystemExit:
        return
