"""Every room has a page that names its doors, and the doors that it names are there."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, floors, modules, plant

NAMED = re.compile(r"`(?:(\w+)\.)?(queries|actions|rules)\.(\w+)(?:\.(\w+))?")
DOORS = {"queries", "actions", "rules"}


def page_of(room):
    return f"src/pendamping/{room.replace('.', '/')}/README.md"


def offered(doors, room, door):
    """Every name that a door of a room offers: functions, classes, imports, submodules.

    ``doors``: the modules that are doors or stand behind one.
    """
    base = f"pendamping.{room}.{door}"
    names = set()
    for module in doors:
        if module.name == base or module.name.startswith(base + "."):
            names |= {module.name.removeprefix(base).lstrip(".").split(".")[0]}
            for node in module.tree.body:
                names |= set(_names(node))
    return names


def _names(node):
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Assign):
        yield from (one.id for one in node.targets if isinstance(one, ast.Name))
    elif isinstance(node, ast.AnnAssign):
        yield node.target.id


def faults(house):
    rooms = floors(house)
    short = {room.split(".")[-1]: room for room in rooms}
    doors = [one for one in modules(house) if DOORS & set(one.name.split("."))]
    for room in rooms:
        path = house / page_of(room)
        if not path.exists():
            yield f"{page_of(room)}: write the room's page: words, states, invariants, doors"
            continue
        text = path.read_text(encoding="utf-8")
        if not re.search(r"\bdoors?\b", text, re.IGNORECASE):
            yield f"{page_of(room)}: name the room's doors"
        for owner, door, name, _more in NAMED.findall(text):
            of = short.get(owner, room) if owner else room
            if name not in offered(doors, of, door):
                yield f"{page_of(room)}: {of} offers no {door}.{name}"


def test_every_room_has_a_page_that_tells_the_truth():
    assert list(faults(ROOT)) == []


@pytest.mark.parametrize(
    "text", ["Doors: `queries.planted`", "Doors: `trail.actions.planted(by=)`"]
)
def test_a_door_that_is_not_there_is_caught(house, text):
    before = set(faults(house))
    plant(house, page_of("trail"), text)
    new = set(faults(house)) - before
    assert len(new) == 1
    assert "planted" in new.pop()


def test_a_room_without_a_page_is_caught(house):
    (house / page_of("trail")).unlink()
    assert any(fault.startswith(page_of("trail")) for fault in faults(house))
