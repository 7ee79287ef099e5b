"""``pendamping serve``: the site and its background worker in one command."""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from pendamping.kernel.refusal import N_, refuse

WAITING = 2048
SILENT_SECONDS = 60
"""So long a connection on which nothing was sent keeps no process busy: browsers open some ahead."""


def add_commands(commands: Any) -> None:
    """Register ``serve`` and ``worker``."""
    serve = commands.add_parser("serve", help="run the site and its background worker")
    serve.add_argument("--port", type=_port, default=8000)
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: loopback)"
    )
    serve.add_argument(
        "--workers", type=_workers, default=2, help="processes that answer (default 2)"
    )
    serve.set_defaults(run=run)
    worker = commands.add_parser("worker", help="run the background worker alone")
    worker.add_argument("--once", action="store_true", help="work off what waits now, then end")
    worker.set_defaults(run=run_worker)


def _port(text: str) -> int:
    return _number(text, 65535, "a port: 1 to 65535")


def _workers(text: str) -> int:
    return _number(text, 64, "a number of processes: 1 to 64")


def _number(text: str, most: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"{text!r} is not {what}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Take the port, bring the database up to date, then answer until told to stop."""
    from pendamping.cli import site

    with _taken(arguments.host, arguments.port) as listening:
        site.start()
        _gather_static()
        worker = subprocess.Popen([sys.executable, "-m", "pendamping", "worker"])
        try:
            _announce(arguments)
            return _serve(listening, arguments.workers)
        finally:
            worker.terminate()
            worker.wait(timeout=10)


def _taken(host: str, port: int) -> socket.socket:
    """The socket, bound before anything is set up or announced."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # bound and listening: with it the port is ours alone, and who comes early waits
        listening = socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as error:
        raise refuse(
            "serve.port",
            "Port {port} of {host} cannot be used: {why}. Another one: --port {other}",
            port=str(port),
            host=host,
            why=error.strerror or str(error),
            other=str(port + 1 if port < 65535 else 8000),
        ) from error
    if hasattr(socket, "TCP_DEFER_ACCEPT"):  # Linux: kept by the system until something is sent
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT_SECONDS)
    return listening


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
    try:
        if marker.exists() and marker.read_text() == stamp:
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
        marker.write_text(stamp)
    except OSError as error:
        raise refuse(
            "serve.home",
            "{folder} cannot be written: {why}",
            folder=str(root),
            why=error.strerror or str(error),
        ) from error


def _stamp() -> str:
    from importlib.metadata import version

    from pendamping.web.environment import PACKAGE

    files = (path for path in PACKAGE.glob("**/static/**/*") if path.is_file())
    newest = max((path.stat().st_mtime_ns for path in files), default=0)
    return f"{version('pendamping')} {version('django-htmx')} {newest}"


def _announce(arguments: argparse.Namespace) -> None:
    from pendamping.cli.demo import logins
    from pendamping.cli.output import language, translator

    say = translator(language(arguments))
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    lines = ["", f"Pendamping: http://{host}:{arguments.port}/"]
    if found := logins():
        lines += ["", say(DEMO).format(password=found[0].password)]
        rows = [(one.username, say(one.role_name), say(one.begin)) for one in found]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        lines += [
            f"  {name:<{widths[0]}}  {role:<{widths[1]}}  {begin}" for name, role, begin in rows
        ]
    lines += ["", say(STOP)]
    print("\n".join(lines), flush=True)


def _close_connections(_server: Any, _worker: Any) -> None:
    """No connection crosses a fork, whatever was asked of the database before: two processes on one
    connection read each other's answers."""
    from django.db import connections

    connections.close_all()


def _serve(listening: socket.socket, workers: int) -> int:
    from gunicorn.app.base import BaseApplication

    number = listening.detach()  # from here on it is the server's, which closes it

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", f"fd://{number}")
            self.cfg.set("workers", workers)
            # a connection that a browser opened ahead, or that is slow, holds up one thread and no worker
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("threads", THREADS)
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
    except SystemExit as ended:
        return 1 if ended.code else 0
    return 0


THREADS = 8
DEMO = N_("Practice logins, password {password}. Begin with:")
STOP = N_("To stop: press Ctrl+C.")
