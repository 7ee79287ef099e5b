"""The house as it is written: every module with its syntax tree, its room, its floor."""

import ast
import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["src", ".importlinter", "pyproject.toml", "scripts", "tests", "docs", "requirements"]
FUNDS = "funds"


@dataclass(frozen=True)
class Module:
    """One file of Python. ``name``: dotted, packages without ``__init__``."""

    name: str
    path: Path
    shown: str

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return parsed(self.text)[0]

    @property
    def room(self) -> str:
        return room_of(self.name)

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in parsed(self.text)[1] if isinstance(node, kinds))


@cache
def parsed(text: str) -> tuple[ast.Module, list[ast.AST]]:
    """The syntax tree of a file and all its nodes; a copy of the house shares those that it keeps."""
    tree = ast.parse(text)
    return tree, list(ast.walk(tree))


def room_of(name: str) -> str:
    """``pendamping.funds.loans.rules.book`` is in ``funds.loans``; kernel modules in ``kernel``."""
    parts = name.split(".")
    if len(parts) > 2 and parts[1] == FUNDS:
        return ".".join(parts[1:3])
    return parts[1] if len(parts) > 1 else ""


def modules(root: Path = ROOT, under: str = "src/pendamping") -> list[Module]:
    """Every module under a folder, by name."""
    base = root / under
    found = []
    for path in sorted(base.rglob("*.py")):
        if "__pycache__" in path.parts:
            continue
        dotted = ".".join(path.relative_to(base.parent).with_suffix("").parts)
        found.append(Module(dotted.removesuffix(".__init__"), path, str(path.relative_to(root))))
    return found


def floors(root: Path = ROOT) -> list[str]:
    """The rooms from the top floor down, as the contract of the floors has them."""
    read = configparser.ConfigParser()
    read.read(root / ".importlinter")
    top = read["importlinter:contract:floors"]["layers"].split()
    inside = read["importlinter:contract:funds"]["layers"].split()
    place = top.index(FUNDS)
    return [*top[:place], *(f"{FUNDS}.{name}" for name in inside), *top[place + 1 :]]


def copy_of_the_house(folder: Path) -> Path:
    """A copy that may be damaged."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "static")
            )
        elif source.exists():
            shutil.copy(source, folder / name)
    return folder


Marks = dict[str, tuple[int, int]]


def marks_of(folder: Path) -> Marks:
    """Each file of a copy by its path, with its size and when it was written."""
    return {
        str(path.relative_to(folder)): _mark(path)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _mark(path: Path) -> tuple[int, int]:
    known = path.stat()
    return known.st_size, known.st_mtime_ns


def put_back(folder: Path, marks: Marks) -> None:
    """Undo what a test did to a copy: files that came go, those that were changed or taken away return."""
    now = marks_of(folder)
    changed = [name for name in now.keys() | marks.keys() if now.get(name) != marks.get(name)]
    for path in (folder / name for name in changed):
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
        path.unlink(missing_ok=True)
    for name in (name for name in changed if name in marks):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
        marks[name] = _mark(folder / name)


def plant(house: Path, path: str, code: str) -> None:
    """Append code to a file of a copy; the file is made where it is missing."""
    target = house / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write("\n\n" + code)


def run_in(house: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a program with a copy's code in place of the installed one."""
    environment = {**os.environ, "PYTHONPATH": str(house / "src"), "PENDAMPING_HOME": str(house)}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [*command], cwd=house, env=environment, capture_output=True, text=True, check=False
    )


def program(name: str) -> str:
    return str(Path(sys.executable).parent / name)
