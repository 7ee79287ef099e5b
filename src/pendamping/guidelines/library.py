"""The texts that are shipped: read from the package, checked, once per process."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from pendamping.guidelines import rules
from pendamping.guidelines.rules import Text
from pendamping.kernel.refusal import Reason, Refusal

SHIPPED = MappingProxyType(
    {  # code: each text with its files, an amended text before what amends it
        "p2kp2": (
            ("umum.toml", "umum"),
            ("teknis.toml", "teknis"),
            ("teknis-1.1.toml", None),
        )
    }
)
"""``(first file, folder of its further files or None)`` below ``texts/<code>/``."""


def codes() -> tuple[str, ...]:
    """Codes of the guidelines that come with the programme."""
    return tuple(SHIPPED)


@cache
def texts(code: str) -> tuple[Text, ...]:
    """Every shipped text of a guideline, oldest first; empty for a code that is not shipped.

    Raises ``Refusal`` with all reasons where a shipped file is damaged.
    """
    found: list[Text] = []
    reasons: list[Reason] = []
    for first, folder in SHIPPED.get(code, ()):
        content = _contents(code, first, folder)
        text, wrong = rules.parse_files(content, among=found)
        reasons += wrong
        found += [text] if text else []
    if reasons:
        raise Refusal(reasons)
    return tuple(found)


def content(code: str, kind: str, version: str) -> str:
    """One shipped text as it stands on disk, its files one after the other."""
    for text, (first, folder) in zip(texts(code), SHIPPED[code], strict=True):
        if (text.header.kind, text.header.version) == (kind, version):
            return "\n".join(_contents(code, first, folder).values())
    raise KeyError((code, kind, version))


def sources(code: str) -> dict[str, dict[str, Any]]:
    """The numbered sources that the clauses name: ``{"S45": {"what", "where", …}}``."""
    path = _root().joinpath(code, "sources.toml")
    return tomllib.loads(path.read_text("utf-8"))["sources"] if path.is_file() else {}


def _root() -> Traversable:
    return files("pendamping.guidelines").joinpath("texts")


def _contents(code: str, first: str, folder: str | None) -> dict[str, str]:
    home = _root().joinpath(code)
    names = [first]
    if folder:
        parts = sorted(part.name for part in home.joinpath(folder).iterdir())
        names += [f"{folder}/{part}" for part in parts if part.endswith(".toml")]
    return {name: home.joinpath(*name.split("/")).read_text("utf-8") for name in names}
