"""What stands in a cell of a ward package, and how it is read and written."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pendamping.kernel.refusal import N_

Row = dict[str, Any]
WHOLE = re.compile(r"-?[0-9]{1,18}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

WRONG = {
    "empty": N_("Nothing stands in {column}."),
    "whole": N_("{value} in {column} is not a whole number."),
    "day": N_("{value} in {column} is not a date such as 2005-05-12."),
    "moment": N_("{value} in {column} is not a moment such as 2005-05-12T09:30:00+00:00."),
    "truth": N_("{value} in {column} is neither true nor false."),
    "json": N_("{value} in {column} is not JSON."),
    "choice": N_("{value} in {column} is none of {choices}."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a resource. ``kind``: text, whole, day, moment, truth or json.

    ``needed``: the column must be there and no cell of it empty. ``to``: the resource whose key it names.
    ``choices``: what may stand there; with ``many``, several of them joined with ``;``.
    """

    name: str
    kind: str = "text"
    needed: bool = False
    to: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV of the package: its name, its key (names of columns) and its columns in order."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def path(self) -> str:
        """Where it lies in the package: ``data/persons.csv``."""
        return f"data/{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """The column of this name, or ``None``."""
        return next((column for column in self.columns if column.name == name), None)


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


READ: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "whole": _whole,
    "day": _day,
    "moment": _moment,
    "truth": _truth,
    "json": json.loads,
}


def value_of(column: Column, text: str) -> Any:
    """What a cell says, ``None`` where it is empty; raises :class:`Wrong` with the key of ``WRONG``.

    >>> value_of(Column("born", "day"), "2005-05-12")
    datetime.date(2005, 5, 12)
    """
    if not text:
        if column.needed:
            raise Wrong("empty")
        return None
    try:
        found = READ[column.kind](text)
    except (ValueError, KeyError, RecursionError):
        raise Wrong(column.kind) from None
    parts = text.split(";") if column.many else [text]
    if column.choices and not set(parts) <= set(column.choices):
        raise Wrong("choice")
    return found


class Wrong(Exception):
    """A cell that cannot be read; its argument is a key of ``WRONG``."""


def text_of_value(value: Any) -> str:
    """A value as it is written into a cell, always alike.

    >>> text_of_value(True), text_of_value(None), text_of_value({"b": 1, "a": 2})
    ('true', '', '{"a":2,"b":1}')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
        )
    return str(value)
