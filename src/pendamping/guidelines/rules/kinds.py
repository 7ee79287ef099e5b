"""The small language in which the schema says what a value may be. Pure Python.

A kind is plain data; :func:`faults` finds what is wrong with a value, :func:`references` the keys
of other sections that it names, :func:`unit_of` the unit that a clause of this kind has to state.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendamping.kernel.refusal import N_

KEY = re.compile(r"^[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*$")
LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number with its unit; ``currency`` stands for the guideline's own currency."""

    unit: str
    low: int | None = 0
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few fixed words."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Plain text, the same in every language (a code, an abbreviation)."""

    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Both:
    """Text in every language of the guideline: ``{"id": …, "en": …}``."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The key of a clause in another section."""

    section: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several values of one kind, in order; ``least`` at the fewest."""

    item: "Kind"
    least: int = 0
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A table of named fields."""

    fields: Mapping[str, "Kind"]
    optional: Mapping[str, "Kind"] = field(default_factory=dict)

    def kind_of(self, name: str) -> "Kind | None":
        return self.fields.get(name) or self.optional.get(name)


Kind = Whole | Flag | Word | Line | Both | Day | Ref | ListOf | Record


def keyed(*keys: str) -> ListOf:
    """Some of these keys, each with the name that it has on the screen."""
    return ListOf(Record({"key": Word(keys), "name": Both()}))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a path below the clause: an English template and its values."""

    path: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


def faults(kind: Kind, value: Any, languages: tuple[str, ...], path: str = "") -> Iterator[Fault]:
    """Everything that is wrong with a value of this kind."""
    return _CHECKS[type(kind)](kind, value, languages, path)


def references(kind: Kind, value: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """``(path, section, key)`` of every clause that a (valid) value names."""
    if isinstance(kind, Ref):
        yield path, kind.section, value
    elif isinstance(kind, ListOf) and isinstance(value, list | tuple):
        for number, item in enumerate(value, 1):
            yield from references(kind.item, item, f"{path}[{number}]")
    elif isinstance(kind, Record) and isinstance(value, Mapping):
        for name, item in value.items():
            inner = kind.kind_of(name)
            if inner is not None:
                yield from references(inner, item, _join(path, name))


def unit_of(kind: Kind) -> str | None:
    """The unit that a clause of this kind states beside its value; none for text and tables."""
    if isinstance(kind, ListOf):
        return unit_of(kind.item)
    return kind.unit if isinstance(kind, Whole) else None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_Check = Callable[[Any, Any, tuple[str, ...], str], Iterator[Fault]]


def _whole(kind: Whole, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Fault(
            path, N_("{place}: a whole number is needed, not {found}"), {"found": _show(value)}
        )
    elif kind.low is not None and value < kind.low:
        yield Fault(
            path, N_("{place}: {found} is less than {limit}"), {"found": value, "limit": kind.low}
        )
    elif kind.high is not None and value > kind.high:
        yield Fault(
            path, N_("{place}: {found} is more than {limit}"), {"found": value, "limit": kind.high}
        )


def _flag(kind: Flag, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(
            path, N_("{place}: true or false is needed, not {found}"), {"found": _show(value)}
        )


def _word(kind: Word, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, str) or value not in kind.choices:
        yield Fault(
            path,
            N_("{place}: {found} is not one of: {choices}"),
            {"found": _show(value), "choices": ", ".join(kind.choices)},
        )


def _line(kind: Line, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_LINE:
        yield Fault(path, N_("{place}: text is needed, not {found}"), {"found": _show(value)})
    elif kind.pattern and not re.fullmatch(kind.pattern, value):
        yield Fault(
            path, N_("{place}: {found} does not have the right form"), {"found": _show(value)}
        )


def _both(kind: Both, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(
            path,
            N_("{place}: text in each language is needed, not {found}"),
            {"found": _show(value)},
        )
        return
    for language in languages:
        if language not in value:
            yield Fault(
                path,
                N_("{place}: the text in language {language} is missing"),
                {"language": language},
            )
    for language, text in value.items():
        if language not in languages:
            yield Fault(
                path,
                N_("{place}: {language} is not a language of this guideline"),
                {"language": language},
            )
        else:
            yield from _line(Line(), text, languages, _join(path, language))


def _day(kind: Day, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if type(value) is not date:  # a datetime is not a day
        yield Fault(
            path, N_("{place}: a date (2004-05-12) is needed, not {found}"), {"found": _show(value)}
        )


def _ref(kind: Ref, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        yield Fault(path, N_("{place}: a key of section {section} is needed, not {found}"),
                    {"section": kind.section, "found": _show(value)})  # fmt: skip


def _list(kind: ListOf, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, list | tuple):
        yield Fault(path, N_("{place}: a list is needed, not {found}"), {"found": _show(value)})
        return
    if len(value) < kind.least:
        yield Fault(path, N_("{place}: at least {least} entries are needed, not {found}"),
                    {"least": kind.least, "found": len(value)})  # fmt: skip
    for number, item in enumerate(value, 1):
        yield from faults(kind.item, item, languages, f"{path}[{number}]")
        if kind.distinct and item in value[: number - 1]:
            yield Fault(
                f"{path}[{number}]",
                N_("{place}: {found} stands there twice"),
                {"found": _show(item)},
            )


def _record(kind: Record, value: Any, languages: tuple[str, ...], path: str) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(
            path, N_("{place}: a table of fields is needed, not {found}"), {"found": _show(value)}
        )
        return
    for name in kind.fields:
        if name not in value:
            yield Fault(_join(path, name), N_("{place}: this field is missing"))
    for name, item in value.items():
        inner = kind.kind_of(name)
        if inner is None:
            known = ", ".join([*kind.fields, *kind.optional])
            yield Fault(_join(path, name), N_("{place}: this field is unknown; known are: {known}"),
                        {"known": known})  # fmt: skip
        else:
            yield from faults(inner, item, languages, _join(path, name))


def _show(value: Any) -> str:
    """A short, readable form of what stood there."""
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


_CHECKS: dict[type, _Check] = {
    Whole: _whole,
    Flag: _flag,
    Word: _word,
    Line: _line,
    Both: _both,
    Day: _day,
    Ref: _ref,
    ListOf: _list,
    Record: _record,
}
