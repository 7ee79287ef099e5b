"""What holds in a ward on a day. Texts are read once per process; rooms type what they get."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from pendamping.guidelines import library, minutes, pages, rules
from pendamping.guidelines.models import Adoption, LocalDecision, StoredText
from pendamping.guidelines.rules import Clause, Deviation, Guideline, Text
from pendamping.guidelines.rules.carrying import Decided
from pendamping.kernel import memory
from pendamping.kernel.clock import JAKARTA
from pendamping.kernel.refusal import N_, Refusal, refuse

DEFAULT = "p2kp2"
"""The guideline of a ward that has adopted no other."""


def in_force(ward: str, on: date) -> Guideline:
    """The guideline of a ward on a day, with the ward's own decisions laid over it.

    ``.code``, ``.version`` (kept by every decision), ``.section(name)``, ``.clauses``. Read it once
    where many clauses are needed. Raises ``Refusal`` where no text holds yet on that day.
    """
    return memory.once(
        ("guidelines.in_force", ward, on),
        lambda: rules.overlay(as_written(ward, on), deviations(ward), on),
    )


def section(name: str, ward: str, on: date) -> Mapping[str, Any]:
    """Plain values of a section by key: ``section("loans", ward, on)["grace_months"]``.

    Open sections (stages, tiers, words) map each key to its table. Empty where the guideline in
    force has no such section; ``KeyError`` for a name that no guideline knows.
    """
    if name not in rules.SECTIONS:
        raise KeyError(name)
    return rules.unshared(in_force(ward, on).section(name))  # the texts are shared


def clause(clause_id: str, ward: str, on: date) -> Clause:
    """One clause with value, source, status, sentence, version and the ward's decision.

    ``clause_id``: ``"loans.p2kp2.first_loan_max"``, or with a path into a table. ``KeyError`` where
    the guideline in force has none.
    """
    found = rules.find(in_force(ward, on), clause_id)
    if found is None:
        raise KeyError(clause_id)
    return found


def cited(clause_id: str, ward: str, on: date) -> pages.Cited | None:
    """The rule that a refusal names, in the reader's language; ``None`` for a rule of the house."""
    return pages.cited(in_force(ward, on), clause_id)


def clause_id(section: str, key: str, ward: str, on: date) -> str:
    """The id under which a refusal names a rule: ``<section>.<code in force>.<key>``."""
    return f"{section}.{code(ward, on)}.{key}"


def vocabulary(ward: str, on: date, lang: str) -> Mapping[str, str]:
    """The programme's words: ``{"board": "BKM", "board.long": "Badan Keswadayaan Masyarakat", …}``."""
    return rules.vocabulary(as_written(ward, on), lang)


def code(ward: str, on: date) -> str:
    """The code of the guideline in force, the middle of every clause's id."""
    return _adopted(ward, on)[0]


def version(ward: str, on: date) -> str:
    """The version in force, as a decision keeps it: ``"1.0"``, or ``"1.0+1.1"`` where texts differ."""
    return as_written(ward, on).version


def titles(ward: str, on: date) -> str:
    """What was in force by its proper names: ``"Pedoman Umum P2KP Tahap II 1.0, …"``."""
    headers = [text.header for text in as_written(ward, on).texts]
    return ", ".join(f"{pages.title(each)} ({each.version})" for each in headers)


def as_written(ward: str, on: date) -> Guideline:
    """The guideline of a ward on a day without the ward's own decisions."""
    return memory.once(("guidelines.as_written", ward, on), lambda: _as_written(ward, on))


def _as_written(ward: str, on: date) -> Guideline:
    adopted, upto = _adopted(ward, on)
    together = rules.in_force(texts(adopted), adopted, on, upto)
    if not together:
        raise refuse(
            f"guidelines.{adopted}.valid_from",
            N_("No text of guideline {code} holds on {day}."),
            where={"ward": ward, "on": on.isoformat()},
            code=adopted,
            day=on.isoformat(),
        )
    return _combined(together)


def texts(code: str) -> tuple[Text, ...]:
    """Every text of a guideline, shipped or handed in, oldest first."""
    return memory.once(("guidelines.texts", code), lambda: _texts(code))


def _texts(code: str) -> tuple[Text, ...]:
    fingerprints = StoredText.objects.filter(code=code).order_by("entered_at", "pk")
    return _known(code, tuple(fingerprints.values_list("sha256", flat=True)))


def codes() -> list[str]:
    """The codes of all guidelines that this server knows."""
    stored = StoredText.objects.values_list("code", flat=True).distinct()
    return sorted({*library.codes(), *stored})


def deviations(ward: str) -> list[Deviation]:
    """The ward's own decisions, oldest first, also those that have ended."""
    return list(memory.once(("guidelines.deviations", ward), lambda: _deviations(ward)))


def _deviations(ward: str) -> tuple[Deviation, ...]:
    found = LocalDecision.objects.filter(ward=ward).order_by("since", "pk")
    return tuple(as_deviation(decision) for decision in found)


def as_deviation(decision: LocalDecision) -> Deviation:
    """A stored decision as the engine knows it."""
    kind = rules.kind_in_schema(decision.clause)
    return Deviation(
        clause=decision.clause,
        value=rules.revive(kind, decision.value) if kind else decision.value,
        since=decision.since,
        until=decision.until,
        meeting=decision.meeting,
        reason=decision.reason,
        id=decision.id,
        ended_by=decision.ended_by,
    )


def decision_subject(clause_id: str, value: Any) -> str:
    """The subject under which a meeting decides that a clause holds with another value."""
    return minutes.subject(clause_id, value)


def decided(ward: str, clause: str = "") -> list[Decided]:
    """What meetings decided beside the text and is not recorded yet, the latest meeting first."""
    carried = set(LocalDecision.objects.filter(ward=ward).values_list("clause", "meeting"))
    return [
        each
        for each in minutes.decided(ward, clause)
        if each.accepted and (each.clause, each.meeting) not in carried
    ]


def waiting(ward: str, meeting: str) -> dict[str, str]:
    """What one meeting decided and is to be recorded: the subject of its decision to the clause."""
    return {
        minutes.subject(each.clause, each.value): each.clause
        for each in decided(ward)
        if each.meeting == meeting
    }


def ends(ward: str, deviation: str = "") -> list[Decided]:
    """Ends that meetings decided (of one decision) and that are not recorded yet, the latest first."""
    open_ = set(LocalDecision.objects.filter(ward=ward, until=None).values_list("id", flat=True))
    return [
        each for each in minutes.ends(ward, deviation) if each.accepted and each.deviation in open_
    ]


def ends_waiting(ward: str, meeting: str) -> dict[str, str]:
    """What one meeting ended and is to be recorded: the subject to the id of the ward's decision."""
    return {
        minutes.end_subject(each.deviation): each.deviation
        for each in ends(ward)
        if each.meeting == meeting
    }


def end_subject(deviation: str) -> str:
    """The subject under which a meeting lets a decision of the ward's own end."""
    return minutes.end_subject(deviation)


def adoptions(ward: str) -> list[Adoption]:
    """Which guideline the ward adopted when, oldest first."""
    return list(Adoption.objects.filter(ward=ward).order_by("since"))


def dump(ward: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that the ward owns in this room, as plain rows."""
    return {
        "adoptions": [
            {"id": a.id, "code": a.code, "upto_version": a.upto_version,
             "since": a.since, "entered_at": a.entered_at}
            for a in adoptions(ward)
        ],
        "local_decisions": [
            {"id": d.id, "clause": d.clause, "value": d.value, "since": d.since, "until": d.until,
             "meeting": d.meeting, "ended_by": d.ended_by, "reason": d.reason, "entered_at": d.entered_at}
            for d in LocalDecision.objects.filter(ward=ward).order_by("since", "pk")
        ],
    }  # fmt: skip


def departures(ward: str) -> list[dict[str, Any]]:
    """Local decisions as departures from the guideline: ``deviations`` of the ward package."""
    return [
        {"id": row["id"], "on": row["since"], "entered_on": row["entered_at"].astimezone(JAKARTA).date(),
         "clause": row["clause"], "kind": "local-decision", "note": row["reason"]}
        for row in dump(ward)["local_decisions"]
    ]  # fmt: skip


def files(ward: str, on: date) -> dict[str, str]:
    """The texts in force as files: ``{"p2kp2-technical-1.0.toml": …}``."""
    found = {}
    for text in as_written(ward, on).texts:
        header = text.header
        stored = StoredText.objects.filter(
            code=header.code, kind=header.kind, version=header.version
        ).first()
        name = f"{header.code}-{header.kind}-{header.version}.toml"
        found[name] = (
            stored.content if stored else library.content(header.code, header.kind, header.version)
        )
    return found


def _adopted(ward: str, on: date) -> tuple[str, str]:
    known = memory.once(("guidelines.adopted", ward), lambda: _adoptions(ward))
    return next(((code, upto) for since, code, upto in known if since <= on), (DEFAULT, ""))


def _adoptions(ward: str) -> tuple[tuple[date, str, str], ...]:
    found = Adoption.objects.filter(ward=ward).order_by("-since")
    return tuple(found.values_list("since", "code", "upto_version"))


@lru_cache(maxsize=64)
def _known(code: str, fingerprints: tuple[str, ...]) -> tuple[Text, ...]:
    """Parsed once per process for each set of texts; what is stored never changes."""
    contents = dict(
        StoredText.objects.filter(code=code).values_list("sha256", "content")
        if fingerprints
        else ()
    )
    return read_after(library.texts(code), [contents[sha] for sha in fingerprints])


def read_after(known: Iterable[Text], contents: Iterable[str]) -> tuple[Text, ...]:
    """Texts with those read from contents after them; each may amend one that came before.

    Raises ``Refusal`` with every reason where a content cannot be read.
    """
    found = list(known)
    reasons = []
    for number, content in enumerate(contents, 1):
        text, wrong = rules.parse(content, file=f"text-{number}.toml", among=found)
        reasons += wrong
        found += [text] if text else []
    if reasons:
        raise Refusal(reasons)
    return tuple(found)


@lru_cache(maxsize=256)
def _combined(together: tuple[Text, ...]) -> Guideline:
    return rules.combine(together)
