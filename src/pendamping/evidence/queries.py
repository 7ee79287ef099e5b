"""Reading a study: its codebook, sources and passages, and what they say of each factor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pendamping.evidence import rules
from pendamping.evidence.checking import check
from pendamping.evidence.facts import study
from pendamping.evidence.giving import project, wards
from pendamping.evidence.models import (
    Code,
    Coding,
    Informant,
    Memo,
    Paragraph,
    Passage,
    Source,
    Taken,
    Tie,
)
from pendamping.evidence.rules import Triangle

__all__ = [
    "Quoted",
    "Row",
    "check",
    "codebook",
    "codes_of",
    "informants",
    "memos",
    "paragraphs",
    "passage",
    "project",
    "quoted",
    "quoted_of",
    "source",
    "sources",
    "study",
    "taken",
    "triangles",
    "wards",
]


@dataclass(frozen=True, slots=True)
class Row:
    """A code of the tree: how deep it stands, what it says of which factor, how many passages have it."""

    code: Code
    depth: int
    factor: str
    sense: str
    passages: int


def codebook(ward: str) -> list[Row]:
    """Every code, each below the one above it."""
    codes = list(Code.objects.filter(ward=ward).order_by("order", "id"))
    below: dict[str | None, list[Code]] = {}
    for one in codes:
        below.setdefault(one.parent_id, []).append(one)
    said = rules.meanings((one.id, one.parent_id, one.key) for one in codes)
    counts: dict[str, int] = {}
    for code in _standing(ward).values_list("code_id", flat=True):
        counts[code] = counts.get(code, 0) + 1

    def rows(parent: str | None, depth: int) -> Iterator[Row]:
        for one in below.get(parent, ()):
            yield Row(one, depth, *said[one.id], counts.get(one.id, 0))
            yield from rows(one.id, depth + 1)

    return list(rows(None, 0))


def _standing(ward: str) -> Any:
    """Codes that passages have now, in texts that were not corrected since."""
    return Coding.objects.filter(
        passage__source__ward=ward, withdrawn_on__isnull=True, passage__source__replaced_by__isnull=True
    )  # fmt: skip


def informants(ward: str) -> list[Informant]:
    """Everybody who was chosen, by code."""
    return list(Informant.objects.filter(ward=ward).select_related("name").order_by("code"))


def sources(ward: str) -> list[Source]:
    """The texts as they stand, those that were corrected left out; interviews first, then by day."""
    found = Source.objects.filter(ward=ward, replaced_by__isnull=True).select_related("informant")
    return sorted(found, key=lambda one: (rules.KINDS.index(one.kind), str(one.on or ""), one.id))


def source(ward: str, source_id: str) -> Source | None:
    """One text of the ward, also one that was corrected since."""
    found = Source.objects.filter(pk=source_id, ward=ward)
    return found.select_related("informant", "replaced_by", "replaces", "user").first()


def codes_of(one: Source) -> list[tuple[Passage, list[Coding]]]:
    """The passages of a text that have a code, by their place."""
    found = one.passages.prefetch_related("codings__code").order_by("start", "end", "id")
    with_codes = [
        (each, [code for code in each.codings.all() if code.withdrawn_on is None]) for each in found
    ]
    return [
        (each, sorted(codes, key=lambda code: code.code.order))
        for each, codes in with_codes
        if codes
    ]


def passage(ward: str, passage_id: str) -> Passage | None:
    """One passage of the ward."""
    found = Passage.objects.filter(pk=passage_id, source__ward=ward)
    return found.select_related("source__informant", "user").first()


def codings(one: Passage) -> list[Coding]:
    """The codes that a passage has, in the order of the codebook."""
    found = one.codings.filter(withdrawn_on__isnull=True).select_related("code", "user")
    return list(found.order_by("code__order"))


def ties(one: Passage) -> list[Tie]:
    """The records of the programme that a passage is about."""
    return list(one.ties.filter(withdrawn_on__isnull=True).order_by("id"))


def memos(ward: str, about: str) -> list[Memo]:
    """What was noted on ``code:<id>``, ``source:<id>`` or ``passage:<id>``, the latest first."""
    found = Memo.objects.filter(ward=ward).select_related("user").order_by("-id")
    return [one for one in found if about in one.about]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that says something of a factor; ``text`` is empty where it may not be quoted."""

    passage: str
    factor: str
    sense: str
    code: str
    kind: str
    who: str
    title: str
    text: str
    records: tuple[str, ...] = ()


def quoted(ward: str) -> list[Quoted]:
    """Every passage of the ward that has a code, once for each factor and sense; texts by kind, then by place.

    What nobody consented to is counted, and not quoted.
    """
    said = rules.meanings(Code.objects.filter(ward=ward).values_list("id", "parent_id", "key"))
    found = _standing(ward).select_related("code", "passage__source__informant")
    rows = sorted(found, key=lambda one: _place(one.passage))
    records = _records(ward)
    told: dict[tuple[str, str, str], Quoted] = {}
    for one in rows:
        factor, sense = said[one.code_id]
        key = (one.passage_id, factor or one.code_id, sense)
        told.setdefault(
            key, replace(_quoted(one), factor=factor, sense=sense, records=records.get(one.passage_id, ()))
        )  # fmt: skip
    return list(told.values())


def _place(one: Passage) -> tuple[int, str, int]:
    return rules.KINDS.index(one.source.kind), one.source_id, one.start


def _quoted(one: Coding) -> Quoted:
    place, text = one.passage, one.passage.source
    return Quoted(
        place.id, "", "", one.code.key or one.code.name, text.kind,
        text.informant.code if text.informant else "", text.title,
        text.text[place.start : place.end] if text.consent else "",
    )  # fmt: skip


def _records(ward: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    here = Tie.objects.filter(passage__source__ward=ward, withdrawn_on__isnull=True)
    for passage_id, record in here.order_by("id").values_list("passage_id", "record"):
        found[passage_id] = (*found.get(passage_id, ()), record)
    return found


def quoted_of(ward: str, factor: str) -> list[Quoted]:
    """The passages of one factor."""
    return [one for one in quoted(ward) if one.factor == factor]


def triangles(found: Iterable[Quoted]) -> dict[str, Triangle]:
    """What the three kinds of source say of each factor; one that nobody speaks of is not in it."""
    by_factor: dict[str, list[rules.Said]] = {}
    for one in found:
        if one.factor:
            said = rules.Said(one.kind, one.sense, one.who)
            by_factor.setdefault(one.factor, []).append(said)
    return {factor: rules.triangulate(said) for factor, said in by_factor.items()}


def taken(ward: str) -> list[Taken]:
    """The files of other tools that were taken in, the latest first."""
    return list(Taken.objects.filter(ward=ward).select_related("user").order_by("-id"))


def paragraphs(ward: str) -> dict[str, str]:
    """What stands in each part of the report, written by who analyses."""
    found = Paragraph.objects.filter(ward=ward).order_by("id").values_list("part", "text")
    return {part: text for part, text in dict(found).items() if text}
