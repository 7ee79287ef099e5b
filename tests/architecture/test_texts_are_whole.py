"""What somebody typed is kept whole or refused (``kernel.texts.fitting``); no action cuts it unseen."""

import ast

from tests.architecture.source import ROOT, modules, plant

LEAST = 30  # signs: a shorter piece is a day, a mark or a row of a list
NOT_TYPED = {
    "Path(filename).name": "the name of a file",
    "file.number": "the number of a statement, as the bank's file has it",
    "request_id": "made with the form",
}


def cuts(house):
    """Every ``.strip()[:n]`` outside of pages, which only shorten what is searched for; in actions every
    ``[:n]`` of a text by whatever name."""
    for module in modules(house):
        if "views" in module.shown or "migrations" in module.shown:
            continue
        acts = "actions" in module.name.split(".")
        for node in module.nodes(ast.Subscript):
            if not isinstance(node.slice, ast.Slice) or node.slice.lower is not None:
                continue
            if _called(node.value) == "strip" or (acts and _is_text(node)):
                yield f"{module.shown}:{node.lineno}: use kernel.texts.fitting"


def _called(value):
    named = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)
    return value.func.attr if named else ""


def _is_text(node):
    """A piece of something that has a name, or of words that were joined, as long as its field or a number."""
    most = node.slice.upper
    long = isinstance(most, ast.Attribute) and most.attr == "max_length"
    long = long or (
        isinstance(most, ast.Constant) and isinstance(most.value, int) and most.value >= LEAST
    )
    named = isinstance(node.value, ast.Name | ast.Attribute) or _called(node.value) == "join"
    return long and named and ast.unparse(node.value) not in NOT_TYPED


def test_no_action_cuts_what_somebody_typed():
    assert list(cuts(ROOT)) == []


def test_a_cut_is_caught(house):
    planted = [
        ("desk/planted.py", "kept = typed.strip()[:200]"),
        ("desk/actions/one.py", "kept = typed[:200]"),
        ("desk/actions/two.py", "kept = form.why[:200]"),
        ("desk/actions/three.py", 'kept = " ".join(typed.split())[:80]'),
        ("desk/actions/four.py", 'kept = " ".join(typed.split())[: field(name).max_length]'),
    ]
    for where, cut in planted:
        plant(house, f"src/pendamping/{where}", cut)
    plant(house, "src/pendamping/desk/planted.py", "shown = typed[:200]")  # not in an action
    found = [one.split(":")[0].removeprefix("src/pendamping/") for one in cuts(house)]
    assert sorted(found) == sorted(where for where, _cut in planted)


def test_what_was_not_typed_is_named_only_while_it_is_there():
    there = {
        ast.unparse(node.value)
        for module in modules(ROOT)
        if "actions" in module.name.split(".")
        for node in module.nodes(ast.Subscript)
    }
    assert NOT_TYPED.keys() <= there
