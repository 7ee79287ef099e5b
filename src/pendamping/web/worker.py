"""The background worker: says that it lives, tidies up, and looks over the books every night."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections

from pendamping.trail import queries as trail
from pendamping.web.health import WORKER_KEY, WORKER_LATE_SECONDS

log = logging.getLogger("pendamping.worker")
BEAT_SECONDS = 20


@dataclass
class Job:
    """A recurring piece of work; ``due`` is on the monotonic clock."""

    name: str
    every_seconds: int
    work: Callable[[], None]
    due: float = 0.0


def beat() -> None:
    """Leave the sign of life that ``/readyz`` looks for."""
    cache.set(WORKER_KEY, True, timeout=WORKER_LATE_SECONDS)


def tidy() -> None:
    """Remove sessions that have expired."""
    call_command("clearsessions")


def look_over() -> None:
    """Check every ward's seals; a break is an error in the log, with its place."""
    for broken in trail.check_all():
        log.error("%s %s", broken.say(), dict(broken.where))


def jobs() -> list[Job]:
    """What recurs, and how often."""
    day = 24 * 3600
    return [
        Job("beat", BEAT_SECONDS, beat),
        Job("tidy", day, tidy),
        Job("look over", day, look_over),
    ]


def run_due(work: list[Job], now: float) -> None:
    """Run what is due; a database that is away for a moment does not end the worker."""
    for job in work:
        if job.due > now:
            continue
        try:
            job.work()
        except DatabaseError:
            log.exception("%s", job.name)
        job.due = now + job.every_seconds
    close_old_connections()


def run() -> int:
    """Work until the process is asked to end; returns the exit status."""
    stop = threading.Event()

    def end(*_: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    work = jobs()
    while not stop.is_set():
        run_due(work, time.monotonic())
        stop.wait(5)
    return 0
