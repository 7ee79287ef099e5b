"""From TOML to a :class:`Text`, with every fault named by file, key and reason. Pure Python.

The shape of a text::

    [guideline]                     # the header
    code = "p2kp2"
    …
    [loans.first_loan_max]          # a clause: section, key
    value = 500000
    unit = "IDR"
    source = "S45; handbook 11 no. 2"
    status = "sourced"
    text.id = "Pinjaman pertama paling banyak {value} tiap anggota."
    text.en = "The first loan is at most {value} for each member."

A text may be split over several files. A text that says ``amends = "1.0"`` holds only what changed.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from pendamping.guidelines.rules.kinds import (
    Both,
    Day,
    Fault,
    Flag,
    Kind,
    Line,
    ListOf,
    Record,
    Whole,
    Word,
    faults,
    unit_of,
)
from pendamping.guidelines.rules.schema import ANY_UNIT, CURRENCY, UNITS, names_itself
from pendamping.guidelines.rules.sections import SECTIONS
from pendamping.guidelines.rules.shapes import DOCUMENTS, STATUSES, Clause, Header, Text
from pendamping.guidelines.rules.unreadable import unreadable
from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.signs import MOST_NAMED

LARGEST = 1_000_000  # characters of one file; a guideline of this size is none
HEADER = "guideline"
_VERSION = r"\d{1,4}(?:\.\d{1,4}){0,3}"
_HEADER_KIND = Record(
    {
        "code": Line(r"[a-z][a-z0-9-]{1,29}"),
        "kind": Word(DOCUMENTS),
        "version": Line(_VERSION),
        "title": Both(),
        "valid_from": Day(),
        "currency": Line(r"[A-Z]{3}"),
        "languages": ListOf(Line(r"[a-z]{2}"), least=1, distinct=True),
        "source_ref": Line(),
    },
    {
        "valid_to": Day(),
        "verified_by": Line(),
        "amends": Line(_VERSION),
        "summary": Both(),
        "removed": ListOf(Line(r"[a-z0-9_]+\.[a-z0-9_-]+"), distinct=True),
    },
)
_META = ("value", "unit", "source", "status", "text", "note")

Files = Mapping[str, str]
Tables = dict[str, tuple[str, dict[str, Any]]]  # "section.key" -> file, table


def parse(
    content: str, *, file: str = "guideline.toml", among: Iterable[Text] = ()
) -> tuple[Text | None, list[Reason]]:
    """Read one text from one file. No text where anything is wrong; then every reason.

    ``among``: earlier texts; one of them is what it amends, where it says so. Reasons carry ``where``: ``file``, ``key``
    and, where it can be known, ``line``.
    """
    return parse_files({file: content}, among=among)


def parse_files(files: Files, *, among: Iterable[Text] = ()) -> tuple[Text | None, list[Reason]]:
    """Read one text from several files; together they hold one header and each clause once."""
    reasons: list[Reason] = []
    read = {name: _load(name, content, reasons) for name, content in files.items()}
    header = _header(files, read, reasons)
    if header is None:
        return None, reasons
    tables = _tables(files, read, reasons)
    clauses = {}
    for place, (file, table) in tables.items():
        section, key = place.split(".", 1)
        clause = _clause(header, files, file, section, key, table, reasons)
        if clause is not None:
            clauses[section, key] = clause
    first = next(iter(files))
    clauses = _amended(header, clauses, among, first, reasons)
    reasons += _gaps(clauses, first, damaged=set(tables))
    if reasons:
        return None, reasons
    return Text(header, clauses, fingerprint(files)), []


def fingerprint(files: Files) -> str:
    """The SHA-256 of a text: of its files' contents in order."""
    return hashlib.sha256("\n".join(files.values()).encode()).hexdigest()


def _load(name: str, content: str, reasons: list[Reason]) -> dict[str, Any]:
    if len(content) > LARGEST:
        reasons.append(_reason("toml", Fault("", N_("{place}: the file is too large")), name))
        return {}
    try:
        read = tomllib.loads(content)
        wrong = list(islice(unreadable(read), MOST_NAMED))
        reasons += [_reason("sign", fault, name, line=_line_at(content, fault)) for fault in wrong]
        return {} if wrong else read
    except RecursionError:
        fault = Fault("", N_("{place}: the file is nested too deeply"))
    except ValueError as error:
        fault = Fault("", N_("{place}: this is not valid TOML: {error}"), {"error": str(error)})
    found = re.search(r"line (\d+)", str(fault.values.get("error", "")))
    reasons.append(_reason("toml", fault, name, line=int(found[1]) if found else None))
    return {}


def _header(
    files: Files, read: Mapping[str, dict[str, Any]], reasons: list[Reason]
) -> Header | None:
    holders = [(name, tables[HEADER]) for name, tables in read.items() if HEADER in tables]
    if len(holders) != 1:
        if not reasons or holders:
            fault = Fault("", N_("{place}: one header [guideline] is needed, {count} are there"),
                          {"count": len(holders)})  # fmt: skip
            reasons.append(_reason("header", fault, next(iter(files)), key=HEADER))
        return None
    name, table = holders[0]
    stated = table.get("languages") if isinstance(table, dict) else None
    tongues = tuple(x for x in stated if isinstance(x, str)) if isinstance(stated, list) else ()
    checked = table
    if isinstance(table, dict) and table.get("verified_by") == "":  # nobody has signed it yet
        checked = {name: value for name, value in table.items() if name != "verified_by"}
    found = list(faults(_HEADER_KIND, checked, tongues))
    if not found and table.get("valid_to") and table["valid_to"] < table["valid_from"]:
        found.append(Fault("valid_to", N_("{place}: the last day lies before the first")))
    for fault in found:
        line = _line_of(files[name], HEADER, fault.path.split(".")[0].split("[")[0])
        reasons.append(_reason("header", fault, name, key=HEADER, line=line))
    return None if found else _as_header(table)


def _as_header(table: Mapping[str, Any]) -> Header:
    plain = {k: v for k, v in table.items() if k not in {"languages", "removed", "verified_by"}}
    return Header(
        **plain,
        languages=tuple(table["languages"]),
        removed=tuple(table.get("removed", ())),
        verified_by=table.get("verified_by", ""),
    )


def _tables(files: Files, read: Mapping[str, dict[str, Any]], reasons: list[Reason]) -> Tables:
    """Every clause's table by ``section.key``, with the file it stands in."""
    found: Tables = {}
    for file, tables in read.items():
        for section, clauses in tables.items():
            if section == HEADER:
                continue
            if section not in SECTIONS:
                fault = Fault("", N_("{place}: this section is unknown"))
                reasons.append(_reason("unknown_section", fault, file, key=section,
                                       line=_line_of(files[file], section, "")))  # fmt: skip
                continue
            if not isinstance(clauses, dict):
                fault = Fault("", N_("{place}: a section holds clauses, not a plain value"))
                reasons.append(_reason("shape", fault, file, key=section))
                continue
            _collect(files, file, section, clauses, found, reasons)
    return found


def _collect(
    files: Files, file: str, section: str, clauses: Mapping[str, Any], found: Tables,
    reasons: list[Reason],
) -> None:  # fmt: skip
    for key, table in clauses.items():
        place = f"{section}.{key}"
        line = _line_of(files[file], section, key)
        if place in found:
            fault = Fault("", N_("{place}: this clause stands in {other} too"),
                          {"other": found[place][0]})  # fmt: skip
            reasons.append(_reason("duplicate", fault, file, key=place, line=line))
        elif SECTIONS[section].kind_of(key) is None:
            known = ", ".join(SECTIONS[section].known())
            text = (
                N_("{place}: this key is unknown; known are: {known}")
                if known
                else N_("{place}: a key has small letters, digits and _ only")
            )
            fault = Fault("", text, {"known": known})
            reasons.append(_reason("unknown_key", fault, file, key=place, line=line))
        elif not isinstance(table, dict) or "value" not in table:
            fault = Fault("", N_("{place}: value is missing"))
            reasons.append(_reason("missing", fault, file, key=place, line=line))
        else:
            found[place] = (file, table)


def _clause(
    header: Header, files: Files, file: str, section: str, key: str, table: dict[str, Any],
    reasons: list[Reason],
) -> Clause | None:  # fmt: skip
    kind = SECTIONS[section].kind_of(key)
    assert kind is not None, "unknown keys were left out before"
    found = [
        *((("value"), fault) for fault in faults(kind, table["value"], header.languages, "value")),
        *_meta_faults(kind, header, table),
    ]
    line = _line_of(files[file], section, key)
    for what, fault in found:
        reasons.append(_reason(what, fault, file, key=f"{section}.{key}", line=line))
    if found:
        return None
    return Clause(
        id=f"{section}.{header.code}.{key}",
        section=section,
        key=key,
        value=table["value"],
        source=table["source"],
        status=table["status"],
        unit=table.get("unit", ""),
        text=table.get("text", {}),
        note=table.get("note", {}),
        version=header.version,
        document=header.kind,
    )


def _meta_faults(
    kind: Kind, header: Header, table: Mapping[str, Any]
) -> Iterator[tuple[str, Fault]]:
    for name in table:
        if name not in _META:
            yield "unknown_key", Fault(name, N_("{place}: this part of a clause is unknown"))
    if "source" not in table:
        yield "source", Fault("source", N_("{place}: the source is missing"))
    else:
        yield from (("source", f) for f in faults(Line(), table["source"], (), "source"))
    if "status" not in table:
        yield "status", Fault("status", N_("{place}: the status is missing"))
    else:
        yield from (("status", f) for f in faults(Word(STATUSES), table["status"], (), "status"))
    yield from (("unit", fault) for fault in _unit_faults(kind, header, table))
    yield from (("sentence", fault) for fault in _sentence_faults(kind, header, table))


def _unit_faults(kind: Kind, header: Header, table: Mapping[str, Any]) -> Iterator[Fault]:
    wanted, stated = unit_of(kind), table.get("unit")
    if wanted == CURRENCY:
        wanted = header.currency
    if wanted is None:
        if stated is not None:
            yield Fault("unit", N_("{place}: this value has no unit"))
    elif wanted == ANY_UNIT:
        if stated not in UNITS | {header.currency}:
            yield Fault("unit", N_("{place}: a known unit is needed, not {found}"),
                        {"found": str(stated)})  # fmt: skip
    elif stated != wanted:
        yield Fault("unit", N_("{place}: the unit must be {wanted}, not {found}"),
                    {"wanted": wanted, "found": str(stated)})  # fmt: skip


def _sentence_faults(kind: Kind, header: Header, table: Mapping[str, Any]) -> Iterator[Fault]:
    if "note" in table:
        yield from faults(Both(), table["note"], header.languages, "note")
    if "text" not in table:
        if not names_itself(kind):
            yield Fault("text", N_("{place}: the sentence is missing"))
        return
    wrong = list(faults(Both(), table["text"], header.languages, "text"))
    yield from wrong or _place_faults(kind, table["text"])


def _place_faults(kind: Kind, text: Mapping[str, str]) -> Iterator[Fault]:
    """A sentence shows the value of a number, and nothing else in braces."""
    for language, sentence in text.items():
        path = f"text.{language}"
        places = set(re.findall(r"\{(.*?)\}", sentence))
        if not places <= {"value"} or sentence.count("{") != sentence.count("}"):
            yield Fault(path, N_("{place}: only the place {{value}} is known"))
        elif isinstance(kind, Whole) and not places:
            yield Fault(path, N_("{place}: the sentence must show {{value}}"))
        elif isinstance(kind, Flag | Record) and places:
            yield Fault(path, N_("{place}: this value has no place in a sentence"))


def _amended(
    header: Header,
    clauses: dict[tuple[str, str], Clause],
    among: Iterable[Text],
    file: str,
    reasons: list[Reason],
) -> dict[tuple[str, str], Clause]:
    """The whole of an amended text: the base, less what was removed, with what is new or changed."""
    if not header.amends:
        return clauses
    wanted = (header.code, header.kind, header.amends)
    base = next(
        (t for t in among if (t.header.code, t.header.kind, t.header.version) == wanted), None
    )
    if base is None:
        fault = Fault("amends", N_("{place}: version {version} of this text is not known"),
                      {"version": header.amends})  # fmt: skip
        reasons.append(_reason("amends", fault, file, key=HEADER))
        return clauses
    gone = {tuple(place.split(".", 1)) for place in header.removed}
    for section, key in gone - set(base.clauses):
        fault = Fault("removed", N_("{place}: {clause} does not stand in the text that is amended"),
                      {"clause": f"{section}.{key}"})  # fmt: skip
        reasons.append(_reason("amends", fault, file, key=HEADER))
    kept = {place: clause for place, clause in base.clauses.items() if place not in gone}
    return kept | clauses


def _gaps(clauses: Mapping[tuple[str, str], Clause], file: str, damaged: set[str]) -> list[Reason]:
    """Keys of fixed sections that are missing (not those that were there but wrong)."""
    found = []
    present = {section for section, _ in clauses} | {p.split(".", 1)[0] for p in damaged}
    for name in (name for name in SECTIONS if name in present):
        for key in SECTIONS[name].needed():
            if (name, key) not in clauses and f"{name}.{key}" not in damaged:
                fault = Fault("", N_("{place}: this clause is missing"))
                found.append(_reason("missing", fault, file, key=f"{name}.{key}"))
    return found


def _reason(
    what: str, fault: Fault, file: str, *, key: str = "", line: int | None = None
) -> Reason:
    path = ".".join(part for part in (key, fault.path) if part)
    where: dict[str, Any] = {"file": file}
    if path:
        where["key"] = path
    if line:
        where["line"] = line
    place = ", ".join(part for part in (file, path) if part)
    return Reason(f"guidelines.text.{what}", fault.text, {**fault.values, "place": place}, where)


def _line_at(content: str, fault: Fault) -> int | None:
    """The line of a clause, or of what stands outside of one, by the path of its fault."""
    section, _, rest = fault.path.partition(".")
    return _line_of(content, section, rest.partition(".")[0].partition("[")[0])


_TABLE = re.compile(r"^\s*\[+\s*([^\]]+?)\s*\]+")
_PAIR = re.compile(r"^\s*([A-Za-z0-9_\-.]+)\s*=")


def _line_of(content: str, section: str, key: str) -> int | None:
    """The line where a clause starts, as far as a plain look can tell."""
    wanted = f"{section}.{key}" if key else section
    table = ""
    for number, line in enumerate(content.splitlines(), 1):
        if found := _TABLE.match(line):
            table = found[1].replace(" ", "")
            path = table
        elif found := _PAIR.match(line):
            path = f"{table}.{found[1]}" if table else found[1]
        else:
            continue
        if path == wanted or path.startswith(f"{wanted}."):
            return number
    return None
