"""A progress bar on a terminal; silence where nobody watches."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

WIDTH = 24
EVERY_SECONDS = 0.1
Tick = Callable[[str, int, int], None]


@contextmanager
def bar(stages: Mapping[str, str]) -> Iterator[Tick]:
    """A function of stage, done and total (0: not known) that draws on standard error."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    drawn = {"at": 0.0, "stage": ""}

    def tick(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage == drawn["stage"] and now - float(drawn["at"]) < EVERY_SECONDS:
            return
        drawn["at"], drawn["stage"] = now, stage
        sys.stderr.write(f"\r\x1b[K{line(stages.get(stage, stage), done, total)}")
        sys.stderr.flush()

    try:
        yield tick
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def line(text: str, done: int, total: int) -> str:
    """One line: what is going on, a bar where the end is known, how many."""
    count = f"{done:,}".replace(",", ".") if done else ""
    if not total:
        return f"{text} {count}".rstrip()
    full = WIDTH * done // total
    return f"{text} [{'#' * full}{'.' * (WIDTH - full)}] {100 * done // total} %"
