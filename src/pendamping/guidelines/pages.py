"""What the reader pages show, as plain rows in the reader's language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.guidelines import labels, rules
from pendamping.guidelines.rules import SECTIONS, Clause, Deviation, Guideline
from pendamping.guidelines.rules.kinds import Flag, Kind, Line, ListOf, Record, Ref, Whole, Word
from pendamping.guidelines.rules.schema import CURRENCY
from pendamping.guidelines.rules.shapes import Header
from pendamping.guidelines.said_sources import in_indonesian, place_in_indonesian


@dataclass
class Row:
    """One clause on a page."""

    id: str
    key: str
    sentence: str
    status: str
    answer: str = ""  # yes or no, or the value where the sentence does not show it
    outdated: bool = False  # the sentence is the text's, the value the ward's
    facts: list[tuple[str, str]] = field(default_factory=list)
    source: list[tuple[str, str]] = field(default_factory=list)  # (text, anchor or "")
    source_lang: str = ""  # "en" where the source has no words in the page's language
    note: str = ""
    version: str = ""
    document: str = ""
    decisions: tuple[Deviation, ...] = ()


@dataclass(frozen=True)
class Cited:
    """Where a refusal's clause can be read: the rule in words, its section and its place there."""

    text: str
    section: str
    anchor: str = ""


@dataclass
class Block:
    """One section on the index."""

    name: str
    title: str
    rows: list[Row]
    count: int
    local: int


def language() -> str:
    """The language of the page."""
    return "en" if get_language() == "en" else "id"


def blocks(guideline: Guideline, query: str = "") -> list[Block]:
    """All sections in reading order with the clauses that hold the words of a search."""
    wanted = query.lower().split()
    found = []
    for name in (name for name in SECTIONS if name in set(guideline.sections())):
        clauses = of_section(guideline, name)
        lines = [_line(guideline, clause) for clause in clauses]
        shown = [
            row for row in lines if all(w in f"{row.sentence} {row.id}".lower() for w in wanted)
        ]
        if not wanted:
            shown = [r for r, c in zip(lines, clauses, strict=True) if c.text or c.deviations]
        if shown or not wanted:
            local = sum(clause.status == "local" for clause in clauses)
            found.append(Block(name, _(SECTIONS[name].title), shown, len(clauses), local))
    return found


def meeting_kinds(guideline: Guideline) -> dict[str, str]:
    """The names of the guideline's kinds of meeting."""
    known = guideline.section("meetings")
    return {kind: rules.say(table["name"], "", language()) for kind, table in known.items()}


def meeting_name(guideline: Guideline, kind: str, held_on: date) -> str:
    """A meeting in words: its kind and its day."""
    name = meeting_kinds(guideline).get(kind, kind)
    return f"{name}, {rules.say(held_on, '', language())}"


def cited(guideline: Guideline, clause_id: str) -> Cited | None:
    """The rule that a refusal names; ``None`` for what no guideline says (a rule of the house)."""
    name, code, *more = [*clause_id.split("."), ""]
    if name not in SECTIONS or code != guideline.code:
        return None
    if more == [""]:
        return Cited(_(SECTIONS[name].title), name) if name in guideline.sections() else None
    key, path = more[0], more[1:-1]
    clause = guideline.clauses.get((name, key))
    if clause is None:
        return None
    said = sentence(guideline, clause)
    tail = f": {_(labels.field(path[-1]))}" if path else ""
    return Cited(f"{said.rstrip('.')}{tail}", name, clause.id)


def of_section(guideline: Guideline, name: str) -> list[Clause]:
    """The clauses of a section in the order of the text."""
    return [clause for (section, _key), clause in guideline.clauses.items() if section == name]


def sentence(guideline: Guideline, clause: Clause) -> str:
    """The clause as one sentence; a value of fixed words, or of the keys of other clauses, in the reader's words."""
    kind, template = SECTIONS[clause.section].kind_of(clause.key), clause.text.get(language(), "")
    if not _of_words(kind) or "{value}" not in template:
        return rules.sentence(clause, language())
    inner, items = (kind.item, clause.value) if isinstance(kind, ListOf) else (kind, [clause.value])
    between = "; " if isinstance(inner, Record) else ", "
    said = between.join(describe(guideline, inner, item) for item in items)  # type: ignore[arg-type]
    return template.replace("{value}", said)


def _of_words(kind: Kind | None) -> bool:
    """Whether a value is made of words that have a translation, or of tables in a list."""
    if isinstance(kind, ListOf):
        return isinstance(kind.item, Word | Ref | Record)
    return isinstance(kind, Word | Ref)


def _line(guideline: Guideline, clause: Clause) -> Row:
    return Row(clause.id, clause.key, sentence(guideline, clause), clause.status)


def row(guideline: Guideline, clause: Clause) -> Row:
    """Everything that the reader says of a clause."""
    kind = SECTIONS[clause.section].kind_of(clause.key)
    shows_value = "{value}" in clause.text.get(language(), "")
    plain = not isinstance(kind, Record) and not shows_value
    return Row(
        id=clause.id,
        key=clause.key,
        sentence=sentence(guideline, clause),
        status=clause.status,
        answer=describe(guideline, kind, clause.value) if plain and kind else "",
        outdated=bool(clause.deviations) and bool(clause.text) and not shows_value,
        facts=list(facts(guideline, kind, clause.value)) if isinstance(kind, Record) else [],
        source=source(clause.source),
        source_lang="en" if in_english(clause.source) else "",
        note=clause.note.get(language(), ""),
        version=clause.version,
        document=_(labels.DOCUMENTS[clause.document]),
        decisions=clause.deviations,
    )


def facts(
    guideline: Guideline, kind: Record, value: Any, prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """The fields of a table as pairs of label and text; tables within it one after the other."""
    for name, inner in {**kind.fields, **kind.optional}.items():
        if name not in value or (name == "name" and not prefix):
            continue
        if isinstance(inner, Record):
            yield from facts(guideline, inner, value[name], name)
        else:
            yield _(labels.field(name)), describe(guideline, inner, value[name])


def describe(guideline: Guideline, kind: Kind, value: Any) -> str:
    """A value in words: keys of other clauses by their names, fixed words in the reader's language."""
    if isinstance(kind, ListOf):
        return "; ".join(describe(guideline, kind.item, item) for item in value) or "–"
    if isinstance(kind, Ref):
        clause = guideline.clauses.get((kind.section, value))
        return rules.say(clause.value["name"], "", language()) if clause else value
    if isinstance(kind, Word):
        return _(labels.word(value))
    if isinstance(kind, Line):
        return _line_said(guideline, value)
    if isinstance(kind, Whole):
        unit = guideline.currency if kind.unit == CURRENCY else kind.unit
        return rules.say(value, "" if unit == "any" else unit, language())
    if isinstance(kind, Flag):
        return _("Yes") if value else _("No")
    if isinstance(kind, Record):
        return _table(guideline, kind, value)
    return rules.say(value, "", language())


def _line_said(guideline: Guideline, text: str) -> str:
    """Plain text; the keys of matters, offices and bodies in it by their names, a pattern by its places."""
    return ", ".join(_key_said(guideline, one) for one in text.split(", "))


def _key_said(guideline: Guideline, key: str) -> str:
    if key in labels.KEYS:
        return _(labels.word(key))
    for section in ("body_offices", "bodies"):
        if clause := guideline.clauses.get((section, key)):
            return rules.say(clause.value["name"], "", language())
    for place, name in labels.PLACES.items():
        key = key.replace(place, _(name))
    return key


def _table(guideline: Guideline, kind: Record, value: Any) -> str:
    """One table of a list on one line: its name or text first."""
    head = next((n for n in ("name", "text", "title", "key") if n in kind.fields), "")
    first = describe(guideline, kind.fields[head], value[head]) if head else ""
    hidden = {head, "key", "holds"}
    rest = [
        f"{_(labels.field(name))} {describe(guideline, inner, value[name])}"
        for name, inner in {**kind.fields, **kind.optional}.items()
        if name in value and name not in hidden
    ]
    return first + (f" ({', '.join(rest)})" if first and rest else ", ".join(rest))


ANCHORS = {"Kasus Empang": "Case", "buku pegangan": "handbook"}


def source_name(key: str) -> str:
    """The key of a listed source as rules name it in the reader's language."""
    said = {anchor: name for name, anchor in ANCHORS.items()}
    return said.get(key, key) if language() == "id" else key


def source(text: str) -> list[tuple[str, str]]:
    """A source in pieces; what is a listed source carries its anchor on the page of sources."""
    said = (in_indonesian(text) if language() == "id" else None) or text
    pieces = re.split(r"\b(S\d{1,2}|Case|handbook|Kasus Empang|buku pegangan)\b", said)
    return [
        (piece, ANCHORS.get(piece, piece) if number % 2 else "")
        for number, piece in enumerate(pieces)
        if piece
    ]


def in_english(text: str) -> bool:
    """Whether a source is shown in English on an Indonesian page, and says so."""
    return language() == "id" and in_indonesian(text) is None


def known_from(where: str) -> tuple[str, str]:
    """Where a text or a numbered source is known from, in the page's language; with it the language of
    the words where that is another one."""
    if language() == "en":
        return where, ""
    said = place_in_indonesian(where)
    return (said, "") if said is not None else (where, "en")


def title(header: Header) -> str:
    """The title of a text in the reader's language."""
    return header.title.get(language()) or next(iter(header.title.values()))


def parts(guideline: Guideline, clause: Clause) -> list[dict[str, str]]:
    """What of a clause can be decided by itself: ``path``, ``label``, ``value`` in words."""
    kind = SECTIONS[clause.section].kind_of(clause.key)
    assert kind is not None, "a clause in force has its kind"
    return [
        {
            "path": path,
            "label": _(labels.field(path)) if path else sentence(guideline, clause),
            "value": "–" if value is None else describe(guideline, inner, value),
        }
        for path, inner, value in rules.parts(kind, clause.value)
        if path.split(".")[-1] not in {"name", "short", "number", "order", "about"}
    ]


def changes(old: Guideline | rules.Text, new: Guideline | rules.Text) -> list[dict[str, Any]]:
    """Changes as the page shows them: ``about`` (the section), ``clause``, ``kind``, ``old`` and ``new`` as sentences."""
    return [
        {
            "about": _(SECTIONS[rules.split_id(change.clause)[0]].title),
            "clause": change.clause,
            "kind": change.kind,
            "old": _said(change.old),
            "new": _said(change.new),
        }
        for change in rules.diff(old, new)
    ]


def _said(clause: Clause | None) -> str | None:
    if clause is None:
        return None
    said = rules.sentence(clause, language())
    shows_value = not clause.text or "{value}" in next(iter(clause.text.values()))
    if shows_value or isinstance(clause.value, dict):
        return said
    return f"{said} [{rules.say(clause.value, clause.unit, language())}]"
