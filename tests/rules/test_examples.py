"""The examples in docstrings are run wherever they stand: an example that lies fails."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import pendamping

HOUSE = Path(pendamping.__file__).parent


def modules_with_examples() -> list[str]:
    """Names of the modules that show an example."""
    return sorted(
        ".".join(("pendamping", *path.relative_to(HOUSE).with_suffix("").parts))
        for path in HOUSE.rglob("*.py")
        if ">>> " in path.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_a_module_hold(name: str) -> None:
    found = doctest.testmod(import_module(name.removesuffix(".__init__")))
    assert found.attempted > 0
    assert found.failed == 0
