"""Another room's queries, actions and rules are open; everything else of it is private."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, modules, plant, room_of

DOORS = {"queries", "actions", "rules"}
OPEN = {"kernel", "paper"}  # rooms without a database: open as a whole
EXTRA = {
    # what else a room opens, and why
    "trail.writing": "the decorator that makes an action",
    "trail.records": "the base of every model",
    "trail.bulk": "the database's bulk path, for the census and the regions",
    "trail.statements": "plain statements of an action whose speed matters",
    "trail.triggers": "triggers that hold on both databases",
    "trail.carrying": "a ward's records out of one server and into another, for its package",
    "trail.indexes": "keys without an index of their own, for migrations; columns searched by beginnings",
    "access.gate": "the marks of views and the question of actions",
    "access.throttle": "the limit on wrong codes, for the page of who has a slip",
    "access.answers": "how a page tries an action with its form, and hands out papers",
    "territory.official": "the official regions, for the command line that loads them",
    "desk.oversight": "the look over every ward's books, for the worker and the command line",
    "households.readers": "reads a census file without a database, for the command line",
    "households.background": "uploads that wait, for the worker",
    "households.checking": "checks a file before the database is locked, for the command line",
    "households.workbooks": "the empty census workbook, for the command line",
    "guidelines.library": "the texts that are shipped, for what reads a package without a database",
    "insight.texts": "limits and remedies of a package's guideline without a database, for the command line",
    "handover.background": "the month's reading of the criteria, for the worker",
    "funds.loans.gate": "whether the fund may lend, for the desk",
    "funds.loans.waiting": "what of the fund waits for a meeting, for the desk that offers it",
    "funds.upk.waiting": "what of the unit's books waits for a meeting, for the same",
    "funds.upk.yearly": "the account of a year in short, for the packet of the yearly meeting",
    "funds.upk.background": "drafts of old books whose term is over, for the worker",
    "funds.ledger.fields": "form fields for money and event days, for the other funds",
    "exchange.reading": "reads and checks a ward package without a database, for the command line",
    "exchange.container": "the zip of a package that is the same, byte for byte, for who makes wards up",
    "complaints.importing": "looks through a register before it is taken in, for the command line",
    "complaints.workbook": "the empty workbook of a complaint book, for the command line",
    "simulation.writing": "writes made-up wards as packages, for the command line",
    "web.environment": "where things are kept; the command line reads it before Django starts",
    "web.wsgi": "what `pendamping serve` serves",
    "web.worker": "what `pendamping worker` runs",
    "bench.result": "what `pendamping bench` asks for and prints",
    "demo.empang": "what `pendamping demo` loads",
    "demo.people": "the demo logins that `pendamping serve` prints",
    "cli.main": "`python -m pendamping`",
}
SYMBOLS = {
    ("access.models", "User"): "the type of every `by=`",
}
GET_MODEL = {"get_model"}


def targets(module, known):
    """What a module imports from the house: (line, dotted module, symbol or empty)."""
    for node in module.nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ""
            continue
        base = node.module or ""
        if node.level:  # a relative import stays where it is, or climbs
            parts = module.name.split(".")
            package = parts if module.path.name == "__init__.py" else parts[:-1]
            base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
        for alias in node.names:
            whole = f"{base}.{alias.name}"
            yield (node.lineno, whole, "") if whole in known else (node.lineno, base, alias.name)


def faults(house):
    found = modules(house)
    known = {module.name for module in found}
    said = []
    for module in found:
        for line, target, symbol in targets(module, known):
            room = room_of(target)
            if not target.startswith("pendamping.") or room in {module.room, ""} or room in OPEN:
                continue
            if f"pendamping.{room}" == target and not symbol:
                continue  # the package itself: its docstring and its folder
            door = target.removeprefix(f"pendamping.{room}.").split(".")[0]
            if door in DOORS or f"{room}.{door}" in EXTRA or (f"{room}.{door}", symbol) in SYMBOLS:
                continue
            said.append(
                f"{module.shown}:{line}: {target} is private to {room}. Use its queries, actions "
                f"or rules; what is missing there belongs there."
            )
        if "/migrations/" not in module.shown:
            said += [
                f"{module.shown}:{node.lineno}: get_model goes round the doors of a room"
                for node in module.nodes(ast.Call)
                if isinstance(node.func, ast.Attribute) and node.func.attr in GET_MODEL
            ]
    return said


def test_rooms_use_each_others_doors_only():
    assert faults(ROOT) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("src/pendamping/desk/planted.py", "from pendamping.households.models import Household"),
        ("src/pendamping/desk/planted.py", "from pendamping.households import models"),
        ("src/pendamping/desk/planted.py", "import pendamping.households.models"),
        ("src/pendamping/desk/planted.py", "from pendamping.funds.loans import views"),
        ("src/pendamping/funds/loans/planted.py", "from ..ledger import models"),
        ("src/pendamping/access/planted.py", "from pendamping.trail.models import Event"),
        ("src/pendamping/desk/planted.py", "from pendamping.access.models import Slip"),
        ("src/pendamping/desk/planted.py", "def f(apps):\n    return apps.get_model('x', 'Y')"),
    ],
)
def test_a_private_door_is_caught(house, path, code):
    before = faults(house)
    plant(house, path, code)
    new = [fault for fault in faults(house) if fault not in before]
    assert len(new) == 1
    assert new[0].startswith(path)


def test_an_open_door_passes(house):
    before = faults(house)
    plant(house, "src/pendamping/desk/planted.py", "from pendamping.households import queries")
    plant(house, "src/pendamping/desk/planted.py", "from pendamping.access.models import User")
    plant(house, "src/pendamping/funds/loans/planted.py", "from ..ledger.queries import balance")
    assert faults(house) == before


def test_no_extra_door_is_left_over():
    known = {module.name for module in modules()}
    missing = [name for name in EXTRA if f"pendamping.{name}" not in known]
    assert missing == [], "a door that leads nowhere: take it from the list"


# --- templates -------------------------------------------------------------------------------

USED = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")


def template_faults(house):
    """A template takes pieces from its own room and from web, which draws the frame."""
    said = []
    for path in sorted((house / "src" / "pendamping").rglob("templates/**/*.html")):
        room = path.relative_to(house / "src" / "pendamping").parts
        own = room[1] if room[0] == "funds" else room[0]
        for used in USED.findall(path.read_text(encoding="utf-8")):
            owner = used.split("/")[0]
            if owner not in {own, "web"} and not (own == "web" and owner in {"account", "mfa"}):
                said.append(
                    f"{path.relative_to(house)}: {used} is private to {owner}; "
                    "shared pieces lie in web/parts"
                )
    return said


def test_templates_take_pieces_from_their_room_and_from_web_only():
    assert template_faults(ROOT) == []


def test_a_template_of_another_room_is_caught(house):
    before = template_faults(house)
    page = "src/pendamping/desk/templates/desk/planted.html"
    plant(house, page, '{% extends "web/base.html" %}{% include "loans/card.html" %}')
    new = [fault for fault in template_faults(house) if fault not in before]
    assert len(new) == 1
    assert "loans/card.html" in new[0]
