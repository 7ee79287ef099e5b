"""The background worker: says that it lives, works off what waits, tidies up, looks over the books.

Long work runs in a process of its own: the sign of life goes on beside it, its memory is given back
at its end, and a file that brings it down does not bring the worker down.
"""

import logging
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections

from pendamping.desk import oversight
from pendamping.funds.upk import background as books
from pendamping.handover import background as handover
from pendamping.households import background
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.territory import queries as territory
from pendamping.trail import bulk
from pendamping.web.health import WORKER_KEY, WORKER_LATE_SECONDS

log = logging.getLogger("pendamping.worker")
BEAT_SECONDS = 20
FILES_SECONDS = 2
COMPARE_SECONDS = 60
SWEEP_SECONDS = 3600
TEMPORARY_SECONDS = 2 * 24 * 3600


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
    """Remove sessions that have expired, and what killed processes left in the folder of temporary files."""
    call_command("clearsessions")
    oldest = clock.wall().timestamp() - TEMPORARY_SECONDS
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        with suppress(OSError):  # another process was quicker
            if path.lstat().st_mtime < oldest:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def sweep() -> None:
    """Take census files off the disk that nobody stored in their time, and old books that nobody handed in."""
    if gone := background.sweep():
        log.info("%s census files removed after their term", gone)
    if gone := books.sweep():
        log.info("%s workbooks of old books put aside after their term", gone)


def look_over() -> None:
    """Check every ward's books, cards and seals; a break is an error in the log and on the pages."""
    for broken in oversight.look_over():
        log.error("%s %s", broken.say(), dict(broken.where))


def read_hand_overs() -> None:
    """Keep the month's reading of the hand-over's criteria, in every ward that has none of this month yet."""
    for ward in territory.wards([""]):
        if handover.read_of_the_month(ward.code):
            log.info("criteria of the hand-over of %s read", ward.code)


def compare() -> None:
    """Compare new residents of each ward with the others, before somebody asks for likely doubles."""
    for ward in territory.wards([""]):
        if households.compare_again(ward.code):
            log.info("likely doubles of %s compared", ward.code)


@dataclass
class Hand:
    """The process that does the long work, while there is any."""

    process: subprocess.Popen[bytes] | None = None

    def take_up(self) -> None:
        """Start it where something waits and none is at work."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None and self.process.returncode:
            log.error("the work on a file ended with status %s", self.process.returncode)
        self.process = None
        if households.waiting_uploads():
            command = [sys.executable, "-m", "pendamping", "worker", "--once"]
            self.process = subprocess.Popen(command)

    def let_go(self) -> None:
        """End it; what it was at is taken up again by the next one."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=10)


def jobs(hand: Hand) -> list[Job]:
    """What recurs, and how often."""
    day = 24 * 3600
    return [
        Job("beat", BEAT_SECONDS, beat),
        Job("files", FILES_SECONDS, hand.take_up),
        Job("compare", COMPARE_SECONDS, compare),
        Job("tidy", day, tidy),
        Job("sweep", SWEEP_SECONDS, sweep),
        Job("look over", day, look_over),
        Job("hand-overs", SWEEP_SECONDS, read_hand_overs),
        Job("figures", SWEEP_SECONDS, bulk.count_all_anew),
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
    hand = Hand()
    work = jobs(hand)
    while not stop.is_set():
        run_due(work, time.monotonic())
        stop.wait(FILES_SECONDS)
    hand.let_go()
    return 0


def run_once() -> int:
    """Work off what waits now, then end."""
    background.work_off()
    return 0
