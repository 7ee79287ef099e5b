"""Ways round the floors and doors that the contracts do not see: symbols, clocks, plain SQL, late imports."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, floors, modules, plant, room_of
from tests.architecture.test_doors import SYMBOLS, targets
from tests.architecture.test_rules_are_pure import pure

# --- another room's model, through a module that itself may use it --------------------------------


def model_classes(found):
    """The model classes of each room, by name."""
    classes = {}
    for module in found:
        if "models" in module.name.split(".")[2:]:
            names = {node.name for node in module.tree.body if isinstance(node, ast.ClassDef)}
            classes.setdefault(module.room, set()).update(names)
    return classes


def borrowed_models(house):
    """``from …households.queries.people import Person``, and ``people.Person`` after importing ``people``."""
    found = modules(house)
    known = {module.name for module in found}
    classes = model_classes(found)
    for module in found:
        taken = list(others(module, known))
        for line, target, symbol in taken:
            room = room_of(target)
            if symbol in classes.get(room, ()) and (f"{room}.models", symbol) not in SYMBOLS:
                yield borrowed(module, line, symbol, room)
        names = called_here(module, taken)
        for node in module.nodes(ast.Attribute):
            room = names.get(getattr(node.value, "id", ""))
            if node.attr in classes.get(room, ()):
                yield borrowed(module, node.lineno, node.attr, room)


def others(module, known):
    """What a module imports from other rooms; their models are private, which has a check of its own."""
    for line, target, symbol in targets(module, known):
        room = room_of(target)
        if "rules" in target.split("."):
            continue  # rules are pure: a class of that name there is no model
        if room != module.room and not target.startswith(f"pendamping.{room}.models"):
            yield line, target, symbol


def called_here(module, taken):
    """The names by which a module knows modules of other rooms: {name: room}."""
    names = {target.rsplit(".", 1)[-1]: room_of(target) for _line, target, _symbol in taken}
    for node in module.nodes(ast.Import, ast.ImportFrom):
        for alias in node.names:
            last = alias.name.rsplit(".", 1)[-1]
            if alias.asname and last in names:
                names[alias.asname] = names[last]
    return names


def borrowed(module, line, name, room):
    return f"{module.shown}:{line}: {name} is a model of {room}; ask its queries for what you need"


# --- the one clock --------------------------------------------------------------------------------

CLOCKS = {"datetime", "date", "timezone", "dt", "datetime.datetime", "datetime.date", "dt.date"}
ASKED = {"now", "today", "utcnow", "localtime", "localdate"}
OWN_CLOCK = {"pendamping.kernel.clock": "the one clock itself"}


def other_clocks(house):
    for module in modules(house):
        if module.name in OWN_CLOCK:
            continue
        for node in module.nodes(ast.Call):
            asked = node.func
            if not isinstance(asked, ast.Attribute) or asked.attr not in ASKED or node.args:
                continue  # with an argument it shows a moment in a zone, it asks for none
            if ast.unparse(asked.value) in CLOCKS:
                yield f"{module.shown}:{node.lineno}: ask kernel.clock; a practice ward has its own date"


# --- another room's tables in plain SQL -------------------------------------------------------------

TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ON|EXISTS)\s+[\"`]?([a-z]+)_[a-z]\w*", re.I)
FILLED = "a benchmark fills a database of its own with a million rows at once, and drops it"
OPEN_TABLES = {
    (
        "cli",
        "trail",
    ): "a backup asks whether anybody has worked here, before Django's tables are known",
    ("bench", "funds.ledger"): FILLED, ("bench", "funds.loans"): FILLED, ("bench", "trail"): FILLED,
}  # fmt: skip


def foreign_tables(house):
    rooms = {name.rsplit(".", 1)[-1]: name for name in floors(house)}
    for module in modules(house):
        for node in module.nodes(ast.Constant):
            if not isinstance(node.value, str):
                continue
            for label in TABLE.findall(node.value):
                owner = rooms.get(label.lower())
                if owner and owner != module.room and (module.room, owner) not in OPEN_TABLES:
                    yield (
                        f"{module.shown}:{node.lineno}: a table of {owner} in plain SQL; "
                        "its queries are its door"
                    )


# --- rules that import by name ----------------------------------------------------------------------

LATE = {"import_module", "__import__", "find_spec", "exec_module"}


def late_imports(house):
    names = set(pure(house))
    for module in modules(house):
        if module.name not in names:
            continue
        for node in module.nodes(ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in LATE:
                yield f"{module.shown}:{node.lineno}: {called} hides what a rule depends on"


CHECKS = [borrowed_models, other_clocks, foreign_tables, late_imports]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_nobody_goes_round(check):
    assert list(check(ROOT)) == []


DESK = "src/pendamping/desk/planted.py"


@pytest.mark.parametrize(
    ("check", "path", "code"),
    [
        (borrowed_models, DESK, "from pendamping.households.queries.people import Person"),
        (
            borrowed_models,
            DESK,
            "from pendamping.households.queries import people\nfound = people.Person.objects.all()",
        ),
        (
            borrowed_models,
            DESK,
            "from pendamping.households.queries import people as known\nfound = known.Person",
        ),
        (other_clocks, DESK, "from datetime import date\nday = date.today()"),
        (other_clocks, DESK, "import datetime\nday = datetime.datetime.now()"),
        (other_clocks, DESK, "from django.utils import timezone\nday = timezone.now()"),
        (foreign_tables, "src/pendamping/trail/planted.py", "sql = 'SELECT id FROM loans_loan'"),
        (foreign_tables, "src/pendamping/trail/planted.py", "sql = 'update Loans_Loan set a = 1'"),
        (
            foreign_tables,
            DESK,
            "def f(c, t):\n    c.execute(f'UPDATE households_person SET name = {t}')",
        ),
        (
            late_imports,
            "src/pendamping/access/rules.py",
            "import importlib\nmodels = importlib.import_module('django.db.models')",
        ),
        (late_imports, "src/pendamping/kernel/planted.py", "models = __import__('django')"),
    ],
)
def test_a_planted_way_round_is_caught(house, check, path, code):
    before = set(check(house))
    plant(house, path, code)
    new = set(check(house)) - before
    assert len(new) == 1
    assert new.pop().startswith(path)
