"""What somebody typed is kept whole or refused (``kernel.texts.fitting``); no action cuts it unseen."""

import ast

from tests.architecture.source import ROOT, modules, plant


def cuts(house):
    """Every ``.strip()[:n]`` outside of pages, which only shorten what is searched for."""
    for module in modules(house):
        if "views" in module.shown or "migrations" in module.shown:
            continue
        for node in ast.walk(ast.parse(module.text)):
            if (
                isinstance(node, ast.Subscript)
                and isinstance(node.slice, ast.Slice)
                and isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Attribute)
                and node.value.func.attr == "strip"
            ):
                yield f"{module.shown}:{node.lineno}: use kernel.texts.fitting"


def test_no_action_cuts_what_somebody_typed():
    assert list(cuts(ROOT)) == []


def test_a_cut_is_caught(house):
    plant(house, "src/pendamping/desk/planted.py", "kept = typed.strip()[:200]")
    assert list(cuts(house)) == ["src/pendamping/desk/planted.py:3: use kernel.texts.fitting"]
