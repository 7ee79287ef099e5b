"""What must not be in a tracked file: compiled texts, places of one machine, package indexes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent

# written in two parts, so that this file does not find itself
INDEXES = ["pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs.org"]
MACHINE = re.compile(r"(?<![\w.:/$}])/(?:home|Users|work)/[a-z]")
BINARY = {".png", ".xlsx", ".ico", ".woff2", ".pdf", ".zip"}
NEVER = {".mo", ".pyc", ".sqlite3", ".whl"}
EXEMPT = {"LICENSE"}


def own_indexes(environment: dict[str, str] | os._Environ[str] = os.environ) -> set[str]:
    """The hosts of the package indexes that this machine is set up with."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    said = asked.stdout + " ".join(
        value for name, value in environment.items() if name.startswith(("PIP_", "UV_"))
    )
    hosts = {
        urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s'\"]+", said)
    }
    return {host for host in hosts if host and host != "localhost"}


def tracked() -> list[str]:
    """Every tracked file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


def problems(names: Iterable[str], root: Path, hosts: Iterable[str]) -> Iterator[str]:
    """One line for each fault: file, line, reason."""
    forbidden = [*INDEXES, *hosts]
    for name in names:
        path = root / name
        if path.suffix in NEVER:
            yield f"{name}: is made from other files, and must not be tracked (see .gitignore)"
        if path.suffix in BINARY | NEVER or name in EXEMPT or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for host in forbidden:
                if host in line:
                    yield f"{name}:{number}: names a package index; locks and docs do without"
            if MACHINE.search(line):
                yield f"{name}:{number}: names a place of one machine; use a relative path"


if __name__ == "__main__":
    found = list(problems(tracked(), ROOT, own_indexes()))
    sys.exit("\n".join(found) or 0)
