"""No test without an assertion: a test that cannot fail tells nothing."""

import ast
from functools import cache

import pytest

from tests.architecture.source import ROOT, modules, plant

ASSERTING = {"raises", "expect", "warns", "fail"}


@cache  # trees are parsed once and shared by every copy of the house
def called(node):
    """The names of what is called; Django's own client asserts nothing, whoever else has a ``get``."""
    return {
        getattr(one.func, "attr", getattr(one.func, "id", ""))
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
        and getattr(getattr(one.func, "value", None), "id", "") != "client"
    }


def constant(node):
    """Whether a truth is settled before the test runs: ``True``, ``1 == 1``, ``(…,)``, ``x or True``."""
    if isinstance(node, ast.BoolOp):
        settled = [constant(one) for one in node.values]
        return any(settled) if isinstance(node.op, ast.Or) else all(settled)
    if isinstance(node, ast.Tuple):
        return bool(node.elts)
    return not any(isinstance(one, ast.Name | ast.Call | ast.Attribute) for one in ast.walk(node))


def empty(node):
    """A block that never runs: a loop over nothing, ``if False``."""
    if isinstance(node, ast.For):
        return isinstance(node.iter, ast.List | ast.Tuple) and not node.iter.elts
    return isinstance(node, ast.If | ast.While) and constant(node.test)


def telling_asserts(node):
    """The assertions that can fail and are reached."""
    if isinstance(node, ast.Assert):
        return [] if constant(node.test) else [node]
    if empty(node):
        return []
    return [found for child in ast.iter_child_nodes(node) for found in telling_asserts(child)]


@cache
def asserts(node):
    return bool(telling_asserts(node)) or bool(called(node) & ASSERTING)


def settled(house):
    """Assertions that no run can break, beside others that tell something."""
    for module in modules(house, "tests"):
        for node in module.nodes(ast.Assert):
            if constant(node.test):
                yield f"{module.shown}:{node.lineno}: this assertion cannot fail"


def functions(house):
    for module in modules(house, "tests"):
        for node in module.nodes(ast.FunctionDef):
            yield module, node


def faults(house):
    found = list(functions(house))
    telling = {node.name for _module, node in found if asserts(node)}
    while True:  # a helper that calls a helper that asserts
        more = {node.name for _module, node in found if called(node) & telling} - telling
        if not more:
            break
        telling |= more
    for module, node in found:
        if node.name.startswith("test_") and not (asserts(node) or called(node) & telling):
            yield f"{module.shown}:{node.lineno}: {node.name} asserts nothing"


def test_no_assertion_is_settled_before_the_test_runs():
    assert list(settled(ROOT)) == []


@pytest.mark.parametrize(
    "claim", ["True", "1 == 1", "not False", "'a' in 'abc'", "(found, 'message')", "found or True"]
)
def test_a_settled_assertion_is_caught(house, claim):
    code = f"def test_planted():\n    found = 0\n    assert found == 0\n    assert {claim}"
    plant(house, "tests/rules/test_planted.py", code)
    assert len(list(settled(house))) == 1


def test_every_test_asserts_something():
    assert len([node for _module, node in functions(ROOT) if node.name.startswith("test_")]) > 100
    assert list(faults(ROOT)) == []


@pytest.mark.parametrize(
    "code",
    [
        "def test_planted():\n    print('fine')",
        "def test_planted(client):\n    client.get('/')",
        "def test_planted():\n    assert True",
        "def test_planted(found):\n    for one in []:\n        assert one == found",
        "def test_planted(found):\n    if False:\n        assert found",
    ],
)
def test_an_empty_test_is_caught(house, code):
    plant(house, "tests/rules/test_planted.py", code)
    assert len(list(faults(house))) == 1
