"""Killing each kind of work in its middle: ``python -m tests.journeys.killing TIMES SEED``.

Each try is a process forked from this one. First the work is done once and rolled back, which tells its
statements, where its writing begins and what it leaves. Then it is killed where it stands after a statement
drawn among those from the first that writes, and at moments drawn from the time that it takes; in the end just
after it was committed, before anybody was told. Prints what was found, by kind, as one JSON document.
"""

import hashlib
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pendamping.cli import site

WRITES = ("INSERT", "UPDATE", "DELETE")
FRAME = (
    "BEGIN",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
)  # of transactions: other when it is rolled back
Work = Callable[[], Any]


@dataclass(frozen=True)
class Shape:
    """How a work goes: its statements, the first that writes (from 1), its seconds, what it leaves by table."""

    statements: int
    first: int
    seconds: float
    leaves: Counter


class Forked:
    """A work in a process of its own, which tells what it has to say in lines."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        from django.db import connections

        connections.close_all()
        self.out, into = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(into)
            return
        status = 1
        try:
            work(lambda line: os.write(into, f"{line}\n".encode()) and None)
            status = 0
        finally:
            if status:
                traceback.print_exc()
                sys.stderr.flush()
            os._exit(status)  # whoever forked goes on, not this one

    def line(self, within: float = 120) -> str:
        """What it says next; ``""``: nothing within so many seconds, or it has ended."""
        ready, _, _ = select.select([self.out], [], [], within)
        found = b""
        while ready and not found.endswith(b"\n") and (one := os.read(self.out, 1)):
            found += one
        return found.decode().strip()

    def kill(self) -> bool:
        """Kill it; whether it was still at work."""
        os.kill(self.pid, signal.SIGKILL)
        return self.ended() == -signal.SIGKILL

    def ended(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        os.close(self.out)
        _wait_for_the_server()
        return os.waitstatus_to_exitcode(status)


def _wait_for_the_server() -> None:
    """PostgreSQL notices a client that is gone a moment later: until then it may still be at the statement."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    for _ in range(3_000):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)
    raise AssertionError("a server's process still runs")


def rows() -> Counter:
    """How many rows each table holds."""
    return Counter({model._meta.label: model._base_manager.count() for model in _models()})


def fingerprint() -> str:
    """Of every row of every table."""
    found = hashlib.sha256()
    for model in _models():
        for row in model._base_manager.order_by("pk").values_list():
            found.update(repr(row).encode())
    return found.hexdigest()


def _models() -> list[Any]:
    """What a ward owns; the official regions do not change."""
    from django.apps import apps

    return [
        one
        for one in apps.get_models()
        if one.__module__.startswith("pendamping.") and one._meta.label != "territory.Region"
    ]


def shape_of(work: Work) -> Shape:
    """Do it once and roll it back."""

    def rehearse(tell: Callable[[str], None]) -> None:
        from django.db import connection, transaction

        seen: list[bool] = []

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            if _is_step(sql):
                seen.append(sql.lstrip().upper().startswith(WRITES))
            return execute(sql, *rest)

        before = rows()
        with transaction.atomic():
            since = time.monotonic()
            with connection.execute_wrapper(count):
                work()
            seconds, after = time.monotonic() - since, rows()
            transaction.set_rollback(True)
        after.subtract(before)
        leaves = {table: more for table, more in after.items() if more}
        tell(json.dumps([len(seen), seen.index(True) + 1, seconds, leaves]))

    forked = Forked(rehearse)
    statements, first, seconds, leaves = json.loads(forked.line())
    assert forked.ended() == 0
    return Shape(statements, first, seconds, Counter(leaves))


def _is_step(sql: str) -> bool:
    return not sql.lstrip().upper().startswith(FRAME)


def stands_after(work: Work, number: int) -> Forked:
    """The work, which stands still after so many statements; it says so first."""

    def go(tell: Callable[[str], None]) -> None:
        from django.db import connection

        seen = Counter()

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            found = execute(sql, *rest)
            seen["statements"] += _is_step(sql)
            if seen["statements"] == number:
                tell("stands")
                signal.pause()
            return found

        with connection.execute_wrapper(count):
            work()
        tell("done")

    return Forked(go)


def goes(work: Work, *, then_stands: bool = False) -> Forked:
    """The work as it is; it says ``begun``, then ``done`` or why it is refused."""

    def go(tell: Callable[[str], None]) -> None:
        from pendamping.kernel.refusal import Refusal

        tell("begun")
        try:
            work()
        except Refusal as refusal:
            tell(refusal.reasons[0].clause)
            return
        tell("done")
        if then_stands:
            signal.pause()

    return Forked(go)


def killed(work: Work, times: int, chance: random.Random) -> dict[str, Any]:
    """What became of one kind of work that was killed again and again, and then done."""
    shape, before, state = shape_of(work), rows(), fingerprint()
    middle = clock = 0
    for _ in range(times):
        forked = stands_after(work, chance.randint(shape.first, shape.statements))
        assert (said := forked.line()) == "stands", (said, shape)
        middle += forked.kill()
        assert fingerprint() == state, "something is there of what was killed in its middle"
    committed = False
    for _ in range(times):
        forked = goes(work)
        assert forked.line() == "begun"
        time.sleep(chance.uniform(0, shape.seconds))
        clock += forked.kill()
        if committed := fingerprint() != state:
            _whole(before, shape)
            break
    if not committed:
        forked = goes(work, then_stands=True)
        assert [forked.line(), forked.line()] == ["begun", "done"]
        assert forked.kill()
    _whole(before, shape)
    return {"middle": middle, "clock": clock, "again": _again(work, before, shape)}


def _again(work: Work, before: Counter, shape: Shape) -> list[str]:
    """Who is not sure does it again, twice: what was answered; the trail may say so, no table else grows."""
    answers = []
    for _ in range(2):
        forked = goes(work)
        forked.line()
        answers.append(forked.line())
        assert forked.ended() == 0
        _whole(before, shape, but="trail.")
    return answers


def _whole(before: Counter, shape: Shape, but: str = "-") -> None:
    """Everything is there, once."""
    now = rows()
    now.subtract(before)
    found = {table: more for table, more in now.items() if more and not table.startswith(but)}
    wanted = {table: more for table, more in shape.leaves.items() if not table.startswith(but)}
    assert found == wanted


def _sound() -> list[str]:
    from pendamping.desk.oversight import breaks
    from pendamping.trail import queries as trail
    from tests.cast import WARD

    return [reason.clause for reason in [*breaks(WARD), *trail.check_all()]]


def main(times: str, seed: str) -> None:
    site.start()
    from tests.journeys import kinds

    chance, found = random.Random(seed), {}
    with kinds.today():
        at = kinds.stage()
        for name, prepare in kinds.KINDS.items():
            work = prepare(at)
            assert _sound() == [], name
            found[name] = killed(work, int(times), chance)
            found[name]["breaks"] = _sound()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
