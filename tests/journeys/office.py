"""A server's database that several people work on at once, each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from tests.journeys.site import ROOT


class Office:
    """What is append-only cannot be cleaned up between tests, so each test has its own database."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home = home
        self.environment = environment

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
