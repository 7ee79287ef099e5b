"""Which text is in force on a day, and what a ward decided beside it. Pure Python."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pendamping.guidelines.rules.kinds import Fault, Kind, Record, faults
from pendamping.guidelines.rules.sections import SECTIONS
from pendamping.guidelines.rules.shapes import Clause, Deviation, Guideline, Text
from pendamping.kernel.refusal import N_, Reason

_ORDER = {"whole": 0, "general": 1, "technical": 2}


def version_key(version: str) -> tuple[int, ...]:
    """Versions by number, not by letter.

    >>> version_key("1.10") > version_key("1.9")
    True
    """
    return tuple(int(part) for part in version.split("."))


def in_force(texts: Iterable[Text], code: str, on: date, upto: str = "") -> tuple[Text, ...]:
    """The newest text of each kind that holds on a day: one whole, or general and technical.

    ``upto``: leave out versions later than this one. Empty where no text holds yet.
    """
    newest: dict[str, Text] = {}
    for text in texts:
        header = text.header
        if header.code != code or not _holds(text, on):
            continue
        if upto and version_key(header.version) > version_key(upto):
            continue
        best = newest.get(header.kind)
        if best is None or _age(text) > _age(best):
            newest[header.kind] = text
    return tuple(sorted(newest.values(), key=lambda text: _ORDER[text.header.kind]))


def combine(texts: Iterable[Text]) -> Guideline:
    """One guideline of the texts that are in force together; not checked, see ``whole.problems``."""
    together = tuple(texts)
    if not together:
        raise ValueError("a guideline is made of at least one text")
    clauses: dict[tuple[str, str], Clause] = {}
    for text in together:
        clauses.update(text.clauses)
    return Guideline(together[0].header.code, together, clauses)


def _holds(text: Text, on: date) -> bool:
    last = text.header.valid_to
    return text.header.valid_from <= on and (last is None or on <= last)


def _age(text: Text) -> tuple[date, tuple[int, ...]]:
    return text.header.valid_from, version_key(text.header.version)


# --- a ward's own decisions ---------------------------------------------------------------------


def split_id(clause_id: str) -> tuple[str, str, str, tuple[str, ...]]:
    """``section, code, key, path`` of a clause's id; a ``ValueError`` where it is none.

    >>> split_id("meetings.p2kp2.readiness.quorum.present_percent")
    ('meetings', 'p2kp2', 'readiness', ('quorum', 'present_percent'))
    """
    parts = clause_id.split(".")
    if len(parts) < 3 or not all(parts):
        raise ValueError(f"{clause_id!r} is no clause")
    return parts[0], parts[1], parts[2], tuple(parts[3:])


def find(guideline: Guideline, clause_id: str) -> Clause | None:
    """The clause that an id names; a path below it gives the same clause with that inner value."""
    try:
        section, code, key, path = split_id(clause_id)
    except ValueError:
        return None
    clause = guideline.clauses.get((section, key))
    if clause is None or code != guideline.code:
        return None
    value = clause.value
    for step in path:
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return clause if not path else replace(clause, id=clause_id, value=value)


def kind_at(guideline: Guideline, clause_id: str) -> Kind | None:
    """The kind of the value that an id names, or ``None`` where the text has no such clause.

    An optional field of a table that the text left open has a kind too: a ward may decide it.
    """
    kind = kind_in_schema(clause_id)
    if kind is None:
        return None
    section, code, key, _ = split_id(clause_id)
    known = code == guideline.code and (section, key) in guideline.clauses
    return kind if known else None


def kind_in_schema(clause_id: str) -> Kind | None:
    """The kind that any guideline gives to what an id names; ``None`` for an unknown place."""
    try:
        section, _, key, path = split_id(clause_id)
    except ValueError:
        return None
    return _below(SECTIONS[section].kind_of(key), path) if section in SECTIONS else None


def _below(kind: Kind | None, path: tuple[str, ...]) -> Kind | None:
    for step in path:
        kind = kind.kind_of(step) if isinstance(kind, Record) else None
    return kind


def check(guideline: Guideline, deviation: Deviation) -> list[Reason]:
    """Why a decision cannot stand beside the text: no such clause, a wrong value, no grounds."""
    where = {"clause": deviation.clause}
    kind = kind_at(guideline, deviation.clause)
    if kind is None:
        return [Reason("guidelines.deviation.clause", N_("{place}: there is no such clause"),
                       {"place": deviation.clause}, where)]  # fmt: skip
    found: list[Fault] = list(faults(kind, deviation.value, guideline.languages))
    reasons = [
        Reason("guidelines.deviation.value", fault.text,
               {**fault.values, "place": deviation.clause + _tail(fault.path)}, where)
        for fault in found
    ]  # fmt: skip
    if not deviation.meeting.strip():
        reasons.append(Reason("guidelines.deviation.meeting",
                              N_("A local decision names the meeting that took it."), {}, where))  # fmt: skip
    if not deviation.reason.strip():
        reasons.append(Reason("guidelines.deviation.reason",
                              N_("A local decision says why."), {}, where))  # fmt: skip
    if deviation.until is not None and deviation.until < deviation.since:
        reasons.append(Reason("guidelines.deviation.until",
                              N_("The last day of a decision cannot lie before its first."), {}, where))  # fmt: skip
    return reasons


def _tail(path: str) -> str:
    return path if not path or path.startswith("[") else f".{path}"


def overlay(guideline: Guideline, deviations: Iterable[Deviation], on: date) -> Guideline:
    """The guideline as a ward lives it on a day: decisions in order of their date, status ``local``.

    A decision about a clause that this text does not have (any more) is left aside.
    """
    clauses = dict(guideline.clauses)
    changed = False
    for deviation in sorted(deviations, key=lambda d: (d.since, d.id)):
        if not _decided(deviation, on) or check(guideline, deviation):
            continue
        section, _, key, path = split_id(deviation.clause)
        clause = clauses[section, key]
        clauses[section, key] = replace(
            clause,
            value=_put(clause.value, path, deviation.value),
            status="local",
            deviations=(*clause.deviations, deviation),
        )
        changed = True
    return replace(guideline, clauses=clauses) if changed else guideline


def _decided(deviation: Deviation, on: date) -> bool:
    return deviation.since <= on and (deviation.until is None or on <= deviation.until)


def _put(value: Any, path: tuple[str, ...], new: Any) -> Any:
    if not path:
        return new
    result = unshared(value)
    inner = result
    for step in path[:-1]:
        inner = inner.setdefault(step, {})
    inner[path[-1]] = new
    return result


def unshared(value: Any) -> Any:
    """A copy of a plain value, its tables and lists made anew: who gets it may change it."""
    if isinstance(value, dict):
        return {key: unshared(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [unshared(inner) for inner in value]
    return value


def vocabulary(guideline: Guideline, language: str) -> Mapping[str, str]:
    """The programme's words in one language: the abbreviation where there is one, else the name.

    ``{"community_board": "BKM", "community_board.long": "Badan Keswadayaan Masyarakat", …}``
    """
    words = {}
    for key, value in guideline.section("vocabulary").items():
        name = value["name"].get(language) or next(iter(value["name"].values()))
        words[key] = value.get("short") or name
        words[f"{key}.long"] = name
    return words
