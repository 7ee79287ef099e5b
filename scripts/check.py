"""Every check that needs no running site: ``check.py [NAME…]``. All of them run; any may fail.

Each check is a program that says what is wrong and where; none of them changes a file.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CODE = ["src", "tests", "scripts", "manage.py"]


def typed() -> list[str]:
    """What mypy reads strictly: the kernel and every room's rules."""
    rooms = ROOT / "src" / "pendamping"
    rules = [*rooms.rglob("rules.py"), *(path for path in rooms.rglob("rules") if path.is_dir())]
    return [str(path.relative_to(ROOT)) for path in [rooms / "kernel", *sorted(rules)]]


def checks() -> dict[str, list[str]]:
    """Name and command of each check, quick ones first."""
    return {
        "format": [str(BIN / "ruff"), "format", "--check", "--quiet", *CODE],
        "lint": [str(BIN / "ruff"), "check", "--quiet", *CODE],
        "tree": [PYTHON, "scripts/check_tree.py"],
        "messages": [PYTHON, "scripts/messages.py", "check"],
        "floors": [str(BIN / "lint-imports"), "--no-cache"],
        "doors": [PYTHON, "-m", "pytest", "tests/architecture/test_doors.py"],
        "types": [str(BIN / "mypy"), *typed()],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "deploy": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        "docs": [PYTHON, "-m", "pytest", "tests/architecture/test_docs.py"],
    }


def run(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one check; print what it says only where it fails."""
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - began
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name:<12} {seconds:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def main(names: list[str]) -> int:
    wanted = {name: command for name, command in checks().items() if not names or name in names}
    with tempfile.TemporaryDirectory(prefix="pendamping-check-") as home:
        environment = {**os.environ, "PENDAMPING_HOME": home, "PENDAMPING_TLS": "1"}
        environment.pop("DATABASE_URL", None)
        results = [run(name, command, environment) for name, command in wanted.items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
