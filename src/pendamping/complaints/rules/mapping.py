"""What the columns of another system's complaints mean: a mapping, and how it reads a row's cells.

A value is a column (``"SRType"``), something fixed (``{value = "phone"}``), or a column whose words have a
meaning each (``{column = "MethodReceived", values = {Phone = "phone"}, otherwise = "face_to_face"}``).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pendamping.kernel.refusal import N_, Reason, Refusal, refuse, refuse_if

NEEDED = ("number", "received_on", "text")
DAYS = ("received_on", "due_on", "acknowledged_on", "answered_on", "closed_on")
KEYS = ("channel", "kind", "scope", "about", "level")
PERSON = ("name", "contact", "address", "against", "sex")
REST = ("hope", "subject", "answer", "misuse", "amount", "recovered", "confirmed", "state")
FIELDS = frozenset({*NEEDED, *DAYS, *KEYS, *PERSON, *REST})
STATES = ("open", "answered", "closed", "leave")
CLAUSE = "complaints.map"


@dataclass(frozen=True, slots=True)
class Meant:
    """Where a value comes from. ``words``: what a cell's words mean, ``otherwise`` for all others."""

    column: str = ""
    value: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterMap:
    """A mapping. ``origin``: what the register is called; ``dates``: the ways days are written, tried in turn."""

    origin: str
    fields: Mapping[str, Meant]
    dates: tuple[str, ...] = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")

    def columns(self) -> list[str]:
        """The columns that are read, each once."""
        return list(dict.fromkeys(one.column for one in self.fields.values() if one.column))


def read_map(text: str) -> RegisterMap:
    """A mapping from TOML; raises ``Refusal`` with every fault.

    ``[source]``: ``name``, perhaps ``dates``; ``[complaints]``: a value for each field of ours.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refuse(CLAUSE, N_("The mapping cannot be read: {why}"), why=str(error)) from None
    source, fields = said.get("source"), said.get("complaints")
    if not isinstance(source, dict) or not isinstance(fields, dict):
        raise refuse(CLAUSE, N_("The mapping needs the parts [source] and [complaints]."))
    reasons: list[Reason] = []
    origin = str(source.get("name", "")).strip()
    if not origin or len(origin) > 60:
        reasons.append(_fault(N_("[source] needs a name of at most 60 signs."), "name"))
    found = {}
    for name, meant in fields.items():
        if name not in FIELDS:
            reasons.append(_fault(N_("{field} is no field of a complaint."), name))
        elif (read := _meant(meant)) is None:
            text = N_("{field}: name a column, or {{value = …}}, or {{column = …, values = …}}.")
            reasons.append(_fault(text, name))
        else:
            found[name] = read
    reasons += [_fault(N_("{field} is missing."), name) for name in NEEDED if name not in fields]
    reasons += _state_faults(found.get("state"))
    refuse_if(reasons)
    dates = source.get("dates", RegisterMap(origin, {}).dates)
    return RegisterMap(
        origin, found, (dates,) if isinstance(dates, str) else tuple(map(str, dates))
    )


def _state_faults(state: Meant | None) -> list[Reason]:
    if state is None:
        return []
    words = {*state.words.values(), *([state.value] if state.value else [])}
    if state.otherwise:
        words.add(state.otherwise)
    wrong = sorted(words - set(STATES))
    text = N_("{field}: {word} is none of open, answered, closed, leave.")
    return [
        Reason(CLAUSE, text, {"field": "state", "word": one}, {"field": "state"}) for one in wrong
    ]


def _meant(said: Any) -> Meant | None:
    if isinstance(said, str) and said:
        return Meant(column=said)
    if not isinstance(said, dict) or set(said) - {"column", "value", "values", "otherwise"}:
        return None
    words = said.get("values", {})
    if not isinstance(words, dict) or bool(said.get("column")) == bool(said.get("value")):
        return None
    otherwise = said.get("otherwise")
    return Meant(
        column=str(said.get("column", "")),
        value=str(said.get("value", "")),
        words={str(word).strip().casefold(): str(meaning) for word, meaning in words.items()},
        otherwise=None if otherwise is None else str(otherwise),
    )


def _fault(text: str, name: str) -> Reason:
    return Reason(CLAUSE, text, {"field": name}, {"field": name})


def missing_columns(mapping: RegisterMap, header: list[str], sheet: str) -> Refusal | None:
    """A refusal that names every column of the mapping that a file lacks or has twice."""
    reasons = []
    for column in mapping.columns():
        times = header.count(column)
        if times != 1:
            text = N_("{sheet} has {times} columns called {column}; it needs one.")
            values = {"sheet": sheet, "times": times, "column": column}
            reasons.append(
                Reason("complaints.file", text, values, {"sheet": sheet, "column": column})
            )
    return Refusal(reasons) if reasons else None
