"""A value as a person types it, and which parts of a clause can be decided one by one. Pure Python."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pendamping.guidelines.rules.kinds import (
    Both,
    Day,
    Flag,
    Kind,
    Line,
    ListOf,
    Record,
    Ref,
    Whole,
    Word,
)

_YES = {"ya", "yes", "true", "1"}
_NO = {"tidak", "no", "false", "0"}
_SIMPLE = (Whole, Line, Word, Ref)


def parts(kind: Kind, value: Any, path: str = "") -> Iterator[tuple[str, Kind, Any]]:
    """``(path, kind, value)`` of everything in a clause that can be decided by itself.

    A plain value is one part with an empty path; a table has its fields; lists of tables have none.
    """
    if isinstance(kind, Record):
        for name, inner in {**kind.fields, **kind.optional}.items():
            present = value.get(name) if isinstance(value, Mapping) else None
            yield from parts(inner, present, f"{path}.{name}" if path else name)
    elif not isinstance(kind, ListOf) or isinstance(kind.item, _SIMPLE):
        yield path, kind, value


def read(kind: Kind, typed: str, languages: tuple[str, ...]) -> Any:
    """What somebody typed, as a value of the kind; the text itself where it cannot be read as one.

    Thousands may be grouped; a rate in basis points is typed in percent; lists by comma or line.

    >>> read(Whole("IDR"), "Rp 1.500.000", ("id",)), read(Whole("basis_points"), "1,5 %", ("id",))
    (1500000, 150)
    >>> read(ListOf(Whole("percent")), "30, 50, 20", ("id",)), read(Flag(), "tidak", ("id",))
    ([30, 50, 20], False)
    """
    typed = typed.strip()
    if isinstance(kind, ListOf):
        pieces = [piece.strip() for piece in re.split(r"[,;\n]", typed)]
        return [read(kind.item, piece, languages) for piece in pieces if piece]
    if isinstance(kind, Whole):
        return _read_number(kind, typed)
    if isinstance(kind, Flag):
        lower = typed.lower()
        return True if lower in _YES else False if lower in _NO else typed
    if isinstance(kind, Both):
        return dict.fromkeys(languages, typed)
    return revive(kind, typed)


def typed(kind: Kind, value: Any, language: str) -> str:
    """A value as it stands in the box of a form; :func:`read` takes it back."""
    if value is None:
        return ""
    if isinstance(kind, ListOf):
        return ", ".join(typed(kind.item, item, language) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(kind, Whole) and kind.unit == "basis_points":
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02d}"
    if isinstance(kind, Both):
        return str(value.get(language, ""))
    return value.isoformat() if isinstance(value, date) else str(value)


def revive(kind: Kind, plain: Any) -> Any:
    """A value as it came out of JSON, with its days as days."""
    if isinstance(kind, Day) and isinstance(plain, str):
        try:
            return date.fromisoformat(plain)
        except ValueError:
            return plain
    return plain


def freeze(value: Any) -> Any:
    """A value as JSON can keep it."""
    return value.isoformat() if isinstance(value, date) else value


def _read_number(kind: Whole, typed: str) -> int | str:
    bare = re.sub(r"^rp\s*|\s*%$", "", typed, flags=re.IGNORECASE).strip()
    if kind.unit == "basis_points":
        found = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?", bare)
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else typed
    if re.fullmatch(r"-?\d{1,18}", bare):
        return int(bare)
    if re.fullmatch(r"\d{1,3}(?:[.,\s]\d{3}){1,5}", bare):
        return int(re.sub(r"[.,\s]", "", bare))
    return typed
