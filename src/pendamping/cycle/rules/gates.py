"""What an exit gate finds in the record of a ward: met or not, the records behind it, what is missing.

Pure Python. Each reader of :data:`READERS` answers for one name of the guideline's language
(``guidelines.rules.gates.READS``); it is given the facts of the ward on a day and the gate's own words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Proof:
    """A record behind a gate. ``record``: ``"meeting:<id>"``; ``name``: what tells it from others;
    ``on``: the day it happened, ``None`` where the record has none yet."""

    record: str
    on: date | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a gate still waits for. ``kind``: a word of the room's labels; ``parts``: what stands in the
    address where it is done; ``reasons``: why something that is there does not hold; ``due``: a day of its
    own by which it is owed, ``None``: by the end of its stage."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting that was held. ``rts``: ``"05/02"`` of whom came from where; ``None``: not noted."""

    record: str
    on: date
    kind: str
    level: str
    rw: str = ""
    rt: str = ""
    rts: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided of a matter: for it or against it, and why it does not hold, if so."""

    record: str
    on: date
    matter: str
    accepted: bool
    against: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the board that is taken on the day; ``ends``: the last day of its term."""

    record: str
    on: date
    name: str
    ends: date


@dataclass(frozen=True, slots=True)
class Tranche:
    """A tranche of the grant: what came, whether its report was accepted, which papers are in order.

    ``report_due``: by when its report is owed; ``None`` as long as it has not come."""

    record: str
    number: int
    received: date | None = None
    accepted: bool = False
    papers: frozenset[str] = frozenset()
    report_due: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is in the record of a ward on a day, as far as somebody asked. ``places``: pairs of RW and RT
    in which somebody lives. ``terms``: first days of the terms that the board has had until that day."""

    places: tuple[tuple[str, str], ...] = ()
    sessions: tuple[Session, ...] = ()
    decisions: tuple[Decision, ...] = ()
    criteria: tuple[Proof, ...] = ()
    lists: tuple[Proof, ...] = ()
    seats: tuple[Seat, ...] = ()
    terms: tuple[date, ...] = ()
    papers: tuple[Proof, ...] = ()
    groups: tuple[Proof, ...] = ()
    tranches: tuple[Tranche, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader finds: ``have`` of ``of`` things, the records, what is missing. ``refused``: the
    record says no (residents rejected the programme)."""

    have: int
    of: int
    proofs: tuple[Proof, ...] = ()
    missing: tuple[Missing, ...] = ()
    refused: bool = False


Reader = Callable[[Facts, Mapping[str, Any], date | None], Found]
"""Facts, the gate as the guideline writes it, and the day from which records count (none: any)."""


def _sessions(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    """Every RT has had a session: its own, one of its RW, or one to which somebody from it came."""
    held = [one for one in facts.sessions if one.kind == gate["meeting"] and _counts(one.on, since)]
    open_ = [place for place in facts.places if not any(_covers(one, place) for one in held)]
    proofs = tuple(Proof(one.record, one.on, _place(one)) for one in held)
    missing = tuple(
        Missing("session", {"rw": rw, "rt": rt, "meeting": gate["meeting"]}) for rw, rt in open_
    )
    if not facts.places:
        missing = (Missing("places"),)
    return Found(len(facts.places) - len(open_), len(facts.places), proofs, missing)


def _covers(one: Session, place: tuple[str, str]) -> bool:
    rw, rt = place
    if one.rw == rw and one.rt in ("", rt):
        return one.level in ("RW", "RT")
    return one.rts is not None and f"{rw}/{rt}" in one.rts


def _place(one: Session) -> str:
    return f"RW {one.rw}" + (f" RT {one.rt}" if one.rt else "") if one.rw else ""


def _decision(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    """The last meeting that validly decided the matter decided for it."""
    matter = gate["matter"]
    mine = [one for one in facts.decisions if one.matter == matter and _counts(one.on, since)]
    valid = [one for one in mine if not one.against]
    if valid:
        last = max(valid, key=lambda one: (one.on, one.record))
        proof = (Proof(last.record, last.on),)
        if last.accepted:
            return Found(1, 1, proof)
        return Found(0, 1, proof, (Missing("rejected", {"matter": matter}),), refused=True)
    if mine:
        last = max(mine, key=lambda one: (one.on, one.record))
        parts = {"meeting": last.record.partition(":")[2]}
        return Found(0, 1, (), (Missing("unfinished", {"day": last.on}, parts, last.against),))
    return Found(0, 1, (), (Missing("decide", {"matter": matter}),))


def _criteria(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    return _any(facts.criteria, since, "criteria")


def _poor_list(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    return _any(facts.lists, since, "poor_list")


def _any(proofs: tuple[Proof, ...], since: date | None, kind: str) -> Found:
    held = tuple(one for one in proofs if _counts(one.on, since))
    return Found(1, 1, held) if held else Found(0, 1, (), (Missing(kind),))


def _board(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    """Members sit in the board, and each paper that the gate names is there."""
    wanted = list(gate.get("papers", ()))
    there = [one for one in facts.papers if one.name in wanted]
    lacking = [name for name in wanted if all(one.name != name for one in there)]
    missing = [Missing("paper", {"paper": name}, {"body": "bkm"}) for name in lacking]
    if not facts.seats:
        missing.insert(0, Missing("seats"))
    proofs = tuple(Proof(one.record, one.on, one.name) for one in facts.seats) + tuple(there)
    of = 1 + len(wanted)
    return Found(of - len(missing), of, proofs, tuple(missing))


def _groups(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    wanted = int(gate.get("at_least", 1))
    have = len(facts.groups)
    missing = () if have >= wanted else (Missing("groups", {"have": have, "of": wanted}),)
    return Found(have, wanted, facts.groups, missing)


def _release_paper(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    """Each paper stands ticked, present and correct, with some tranche."""
    wanted = list(gate["papers"])
    lacking = [name for name in wanted if all(name not in one.papers for one in facts.tranches)]
    first = facts.tranches[0].record.partition(":")[2] if facts.tranches else ""
    proofs = tuple(
        Proof(one.record, one.received, str(one.number))
        for one in facts.tranches
        if one.papers & set(wanted)
    )
    missing = tuple(
        Missing("release_paper", {"paper": name}, {"tranche": first})
        if first
        else Missing("no_tranche")
        for name in lacking
    )
    return Found(len(wanted) - len(lacking), len(wanted), proofs[:1], missing)


def _reports(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    """Every tranche has come, and its report is accepted."""
    done = [one for one in facts.tranches if one.accepted]
    missing = tuple(
        Missing(
            "report" if one.received else "receive",
            {"number": one.number},
            {"tranche": one.record.partition(":")[2]},
            due=one.report_due if one.received else None,
        )
        for one in facts.tranches
        if not one.accepted
    )
    if not facts.tranches:
        missing = (Missing("no_tranche"),)
    proofs = tuple(Proof(one.record, one.received, str(one.number)) for one in done)
    return Found(len(done), len(facts.tranches), proofs, missing)


def _new_board(facts: Facts, gate: Mapping[str, Any], since: date | None) -> Found:
    """A board of a later term than the first sits on the day."""
    if len(facts.terms) > 1 and facts.seats:
        return Found(1, 1, tuple(Proof(one.record, one.on, one.name) for one in facts.seats))
    return Found(0, 1, (), (Missing("new_board"),))


def _counts(on: date | None, since: date | None) -> bool:
    return since is None or (on is not None and on >= since)


READERS: dict[str, tuple[frozenset[str], Reader]] = {
    # name in the guideline: (the facts it needs, the reader)
    "sessions": (frozenset({"places", "sessions"}), _sessions),
    "decision": (frozenset({"decisions"}), _decision),
    "criteria": (frozenset({"criteria"}), _criteria),
    "poor-list": (frozenset({"lists"}), _poor_list),
    "board": (frozenset({"seats", "papers"}), _board),
    "groups": (frozenset({"groups"}), _groups),
    "release-paper": (frozenset({"tranches"}), _release_paper),
    "reports": (frozenset({"tranches"}), _reports),
    "new-board": (frozenset({"seats", "terms"}), _new_board),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A gate, what it found, and whether it is met."""

    key: str
    met: bool
    stops: bool
    found: Found


def judge(key: str, gate: Mapping[str, Any], facts: Facts, since: date | None = None) -> Verdict:
    """Whether a gate is met: by its share in percent, its number, or all of what it asks for.

    ``stops``: the record says no, and by the guideline the programme then stops.
    """
    _needs, reader = READERS[gate["reads"]]
    found = reader(facts, gate, since)
    if gate.get("measure") == "percent":
        met = found.of > 0 and found.have * 100 >= found.of * int(gate.get("at_least", 100))
    else:
        met = found.of > 0 and found.have >= found.of
    return Verdict(key, met, found.refused and gate["on_failure"] == "stop", found)


def needs(gates: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The facts that these gates read."""
    return {name for gate in gates.values() for name in READERS[gate["reads"]][0]}
