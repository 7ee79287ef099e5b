"""No test without an assertion: a test that cannot fail tells nothing."""

import ast

import pytest

from tests.architecture.source import ROOT, modules, plant

ASSERTING = {"raises", "expect", "warns", "fail"}


def called(node):
    return {
        getattr(one.func, "attr", getattr(one.func, "id", ""))
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
    }


def asserts(node):
    inside = any(isinstance(one, ast.Assert) for one in ast.walk(node))
    return inside or bool(called(node) & ASSERTING)


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


def test_every_test_asserts_something():
    assert len([node for _module, node in functions(ROOT) if node.name.startswith("test_")]) > 100
    assert list(faults(ROOT)) == []


@pytest.mark.parametrize(
    "code",
    [
        "def test_planted():\n    print('fine')",
        "def test_planted(client):\n    client.get('/')",
    ],
)
def test_an_empty_test_is_caught(house, code):
    plant(house, "tests/rules/test_planted.py", code)
    assert len(list(faults(house))) == 1
