"""Treasurers who press the button at the same moment, and one whose computer dies.

Real processes on a database of their own: what is append-only cannot be cleaned up between tests.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parents[2]
EACH = 287_500


class Office:
    """A server's database that several treasurers work on, each in a process of its own."""

    def __init__(self, home: Path, url: str) -> None:
        path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        self.home = home
        self.environment = {**os.environ, "PENDAMPING_HOME": str(home), "PYTHONPATH": path}
        self.environment["DATABASE_URL"] = url

    def start(self, *step: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.treasurers", *step],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, *step: str) -> dict:
        return self.answer(self.start(*step))

    @staticmethod
    def answer(process: subprocess.Popen) -> dict:
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        return json.loads(out)

    @staticmethod
    def wait_for(process: subprocess.Popen, word: str) -> None:
        for line in process.stderr:
            if line.strip() == word:
                return
        raise AssertionError(f"never said {word}")

    def together(self, *steps: tuple[str, ...]) -> list[dict]:
        """Let several begin at the same moment."""
        gate = self.home / f"gate-{uuid4().hex}"
        running = [self.start(*step, str(gate)) for step in steps]
        for process in running:
            self.wait_for(process, "ready")
        gate.touch()
        return [self.answer(process) for process in running]


@pytest.fixture
def office(tmp_path):
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield Office(tmp_path, "")
        return
    import psycopg

    name = f"office_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield Office(tmp_path, _with_database(url, name))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _with_database(url: str, name: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(url)._replace(path=f"/{name}").geturl()


def test_payments_at_the_same_moment_are_all_kept_and_the_books_hold(office):
    loan = office.ask("prepare")["loan"]
    amounts = [EACH, 100_000, 50_000, EACH]
    steps = [("pay", loan, str(amount), f"form-{n}") for n, amount in enumerate(amounts)]
    office.together(*steps)
    found = office.ask("look")
    assert sorted(amount for _, amount in found["payments"]) == sorted(amounts)
    assert sorted(number for number, _ in found["payments"]) == [1, 2, 3, 4]
    assert found["paid"] == sum(amounts)
    assert (found["breaks"], found["seals"]) == ([], [])


def test_one_form_sent_by_two_at_the_same_moment_is_one_payment(office):
    loan = office.ask("prepare")["loan"]
    answers = office.together(*[("pay", loan, str(EACH), "the-same-form")] * 3)
    assert len({answer["repayment"] for answer in answers}) == 1
    found = office.ask("look")
    assert found["payments"] == [[1, EACH]]
    assert (found["breaks"], found["seals"]) == ([], [])


def test_a_computer_that_dies_in_the_middle_leaves_nothing_half_done(office):
    loan = office.ask("prepare")["loan"]
    gate = office.home / "gate"
    gate.touch()
    dying = office.start("hang", loan, str(gate))
    office.wait_for(dying, "middle")
    dying.kill()
    dying.communicate()
    found = office.ask("look")
    assert (found["payments"], found["paid"], found["outstanding"]) == ([], 0, 2_500_000)
    assert (found["breaks"], found["seals"]) == ([], [])
    [again] = office.together(("pay", loan, str(EACH), "cut-off"))
    assert again["receipt"] == 1
