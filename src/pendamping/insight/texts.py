"""The limits and remedies that a guideline says, for a package that brings its guideline or names it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.guidelines import library
from pendamping.guidelines.rules import Guideline, Text, combine, in_force, parse
from pendamping.insight.rules import Limits, read


def of_package(code: str, files: Mapping[str, bytes], on: date) -> Guideline | None:
    """The guideline of a package on a day: the texts shipped under its code, and those that it brings.

    ``None`` where none of them can be read; then the program's own limits hold.
    """
    known: list[Text] = list(library.texts(code))
    for name, content in sorted(files.items()):
        if name.startswith("guidelines/"):
            text, _wrong = parse(content.decode("utf-8", "replace"), file=name, among=known)
            known += [text] if text and text.header not in [one.header for one in known] else []
    found = in_force([one for one in known if one.header.code == code], code, on)
    return combine(found) if found else None


def limits(guideline: Guideline | None) -> Limits:
    """Its limits; the program's own where there is no guideline."""
    return read(guideline.section if guideline else lambda _name: {})


def remedies(guideline: Guideline | None, factor: str, lang: str) -> list[str]:
    """What the guideline suggests against a factor, in words."""
    said: Mapping[str, Any] = guideline.section("factors").get(factor, {}) if guideline else {}
    return [one.get(lang) or next(iter(one.values())) for one in said.get("remedies", ())]
