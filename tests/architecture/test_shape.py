"""Files and functions stay small, errors are named, money is whole, migrations are in line."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, modules, plant

MOST_LINES, MOST_IN_FUNCTION = 400, 50
VAGUE = {"utils", "util", "common", "core", "helpers", "misc", "base_utils"}
MONEY = re.compile(r"(^|_)(amount|principal|service|balance|rupiah|price|cost|fee|total)(_|$)")
NUMBERED = re.compile(r"^(\d{4})_[a-z][a-z0-9_]*$")
UNNAMED = re.compile(r"^\d{4}_(auto_|initial$|migration$|alter_|.*_and_more$)")


def all_modules(house):
    return [
        *modules(house),
        *modules(house, "tests"),
        *modules(house, "scripts"),
    ]


def sizes(house):
    for module in all_modules(house):
        lines = module.text.count("\n")
        if lines >= MOST_LINES:
            yield f"{module.shown}: {lines} lines; split it by what it is about (under {MOST_LINES})"
        for node in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length >= MOST_IN_FUNCTION:
                yield (
                    f"{module.shown}:{node.lineno}: {node.name} has {length} lines; give its parts "
                    f"names (under {MOST_IN_FUNCTION})"
                )


def broad_catches(house):
    for module in modules(house):
        for node in module.nodes(ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {one.id for one in caught if isinstance(one, ast.Name)}
            if node.type is None or names & {"Exception", "BaseException"}:
                yield f"{module.shown}:{node.lineno}: name the error that you expect"


def vague_names(house):
    for module in all_modules(house):
        if set(module.name.split(".")) & VAGUE:
            yield f"{module.shown}: a name that says nothing; what two rooms share lies in the lower"


COUNTED_OTHERWISE = {
    "pendamping.bench.book_whole": "a peer that counts in decimals, measured beside whole units"
}


def float_money(house):
    for module in modules(house):
        for node in module.nodes(ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"FloatField", "DecimalField"}:
                yield f"{module.shown}:{node.lineno}: {name}: money is whole units, BigIntegerField"
        if module.name in COUNTED_OTHERWISE:
            continue
        for node in module.nodes(ast.AnnAssign, ast.arg):
            target = node.arg if isinstance(node, ast.arg) else getattr(node.target, "id", "")
            kind = ast.unparse(node.annotation) if node.annotation else ""
            if MONEY.search(target) and re.search(r"\b(float|Decimal)\b", kind):
                yield f"{module.shown}:{node.lineno}: {target}: money is an int"


def migration_faults(house):
    rooms = {}
    for module in modules(house):
        if ".migrations." in module.name:
            rooms.setdefault(module.name.rsplit(".", 1)[0], []).append(module)
    for room, found in rooms.items():
        label = room.split(".")[-2]
        before = None
        for number, module in enumerate(found, 1):
            name = module.name.rsplit(".", 1)[1]
            if not NUMBERED.match(name) or int(name[:4]) != number:
                yield f"{module.shown}: number migrations one by one: {number:04}_what_it_does"
            if UNNAMED.match(name):
                yield f"{module.shown}: say in the name what it does (makemigrations -n)"
            own = [ours for app, ours in _dependencies(module) if app == label]
            if own != ([before] if before else []):
                yield f"{module.shown}: migrations stand in one line, each after the one before"
            before = name


def _dependencies(module):
    for node in module.nodes(ast.Assign):
        if getattr(node.targets[0], "id", "") == "dependencies":
            for pair in getattr(node.value, "elts", []):
                if isinstance(pair, ast.Tuple):
                    yield tuple(part.value for part in pair.elts)


CHECKS = [sizes, broad_catches, vague_names, float_money, migration_faults]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_holds(check):
    assert list(check(ROOT)) == []


MIGRATION = "class Migration:\n    dependencies = [('trail', '{0}')]\n"


@pytest.mark.parametrize(
    ("check", "path", "code"),
    [
        (sizes, "src/pendamping/desk/planted.py", "x = 1\n" * 400),
        (sizes, "src/pendamping/desk/planted.py", "def f():\n" + "    x = 1\n" * 49),
        (broad_catches, "src/pendamping/desk/planted.py", "try:\n    f()\nexcept:\n    pass"),
        (
            broad_catches,
            "src/pendamping/desk/planted.py",
            "try:\n    f()\nexcept Exception:\n    pass",
        ),
        (
            broad_catches,
            "src/pendamping/desk/planted.py",
            "try:\n    f()\nexcept (ValueError, Exception):\n    pass",
        ),
        (vague_names, "src/pendamping/desk/utils.py", "x = 1"),
        (vague_names, "src/pendamping/common/rules.py", "x = 1"),
        (float_money, "src/pendamping/desk/planted.py", "amount = models.FloatField()"),
        (float_money, "src/pendamping/desk/planted.py", "def f(amount_rupiah: float): ..."),
        (
            float_money,
            "src/pendamping/desk/planted.py",
            "class A:\n    principal: float | None = 1",
        ),
    ],
)
def test_a_planted_fault_is_caught(house, check, path, code):
    before = set(check(house))
    plant(house, path, code)
    new = set(check(house)) - before
    assert len(new) == 1
    assert new.pop().startswith(path)


@pytest.mark.parametrize(
    ("after", "name", "follows"),
    [(1, "auto_20050513", "{last}"), (2, "gap", "{last}"), (1, "fork", "0000_other")],
)
def test_a_planted_migration_is_caught(house, after, name, follows):
    folder = "src/pendamping/trail/migrations"
    last = max(path.stem for path in (ROOT / folder).glob("0*.py"))
    path = f"{folder}/{int(last[:4]) + after:04d}_{name}.py"
    before = set(migration_faults(house))
    plant(house, path, MIGRATION.format(follows.format(last=last)))
    new = set(migration_faults(house)) - before
    assert len(new) == 1
    assert new.pop().startswith(path)
