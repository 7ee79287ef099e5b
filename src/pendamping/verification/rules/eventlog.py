"""Event logs of foreign approval processes (CSV, XES) and what they say once mapped onto tiers.

A log is a list of events: a case, an activity, a moment. A mapping says of every activity whether the
proposer hands in, whether a tier decides, or whether it says nothing. A stay in a tier begins with the
event before it in the same case: the dossier lies there from the moment at which it left the last one.
"""

import csv
import gzip
import io
import tomllib
import xml.etree.ElementTree as ET  # the log is refused where it declares entities
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pendamping.kernel.refusal import N_, Reason, Refusal, refuse
from pendamping.verification.rules.clock import counted_days
from pendamping.verification.rules.spread import Spread, spread

MOST_BYTES = 400_000_000
DECISIONS = ("pass", "return", "refuse", "reject")
KINDS = ("hand_in", "proposer", "ignore")
MOST_REASONS = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``row`` is its line in a CSV file, its place in an XES log."""

    case: str
    activity: str
    at: datetime
    row: int


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a case in a tier; ``days``: calendar days by the log's own dates."""

    case: str
    tier: str
    received: datetime
    decided: datetime
    decision: str

    @property
    def days(self) -> int:
        """From the day of receipt to the day of the decision; never less than nothing."""
        return max(counted_days(self.received.date(), self.decided.date()), 0)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an activity is: ``kind`` (hand_in, proposer, ignore, tier) and what the tier decides."""

    kind: str
    tier: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """Names of the columns, and the meaning of every activity."""

    case: str
    activity: str
    time: str
    meanings: Mapping[str, Meaning]


def read_map(text: str) -> Map:
    """A mapping from TOML; raises ``Refusal`` with every fault.

    ``[columns]`` names ``case``, ``activity`` and ``time`` (for CSV; XES has its own names).
    ``[activities]``: name = ``"hand_in"``, ``"proposer"``, ``"ignore"`` or ``"<tier>: <decision>"``
    with ``pass``, ``return``, ``refuse``, or ``reject``: a return where the proposer hands in again
    later, else a refusal.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refuse(
            "verification.map.toml", "The mapping cannot be read: {why}", why=str(error)
        ) from None
    columns = found.get("columns", {})
    reasons = []
    meanings: dict[str, Meaning] = {}
    for name, said in found.get("activities", {}).items():
        meaning = _meaning(str(said))
        if meaning is None:
            text = N_(
                "{activity}: {said} is neither hand_in, proposer, ignore nor <tier>: <decision>"
            )
            values = {"activity": name, "said": str(said)}
            reasons.append(Reason("verification.map.meaning", text, values, {"activity": name}))
        else:
            meanings[name] = meaning
    if not found.get("activities"):
        reasons.append(Reason("verification.map.empty", N_("The mapping names no activities")))
    if reasons:
        raise Refusal(reasons)
    return Map(
        columns.get("case", "case:concept:name"),
        columns.get("activity", "concept:name"),
        columns.get("time", "time:timestamp"),
        meanings,
    )


def _meaning(said: str) -> Meaning | None:
    if said in KINDS:
        return Meaning(said)
    tier, colon, decision = (part.strip() for part in said.partition(":"))
    if colon and tier and decision in DECISIONS:
        return Meaning("tier", tier, decision)
    return None


def read_log(data: bytes, mapping: Map) -> list[Event]:
    """Every event of a log, CSV or XES, packed by gzip or plain; raises ``Refusal`` by line."""
    plain = _unpacked(data)
    if plain.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _whole(_xes(plain))
    return _whole(_csv(plain, mapping))


def _unpacked(data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            plain = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise refuse("verification.log.packed", "The packed file is damaged") from None
    if len(plain) > MOST_BYTES:
        raise refuse("verification.log.large", "The log unpacks to more than can be read at once")
    return plain


def _whole(found: Iterator[Event | Reason]) -> list[Event]:
    events: list[Event] = []
    reasons: list[Reason] = []
    for one in found:
        if isinstance(one, Event):
            events.append(one)
        elif len(reasons) < MOST_REASONS:
            reasons.append(one)
    if reasons:
        raise Refusal(reasons)
    if not events:
        raise refuse("verification.log.empty", "There is no event in the log")
    return events


def _csv(plain: bytes, mapping: Map) -> Iterator[Event | Reason]:
    try:
        text = plain.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = plain[: error.start].count(b"\n") + 1
        yield _row(row, "text", N_("Row {row}: this is not text in UTF-8"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = (mapping.case, mapping.activity, mapping.time)
    try:
        head = next(reader, [])
        missing = [name for name in names if name not in head]
        if missing:
            text = N_("The log has no column {columns}")
            yield Reason("verification.log.column", text, {"columns": ", ".join(missing)})
            return
        at = [head.index(name) for name in names]
        for cells in reader:
            if cells:
                yield _event(cells, at, len(head), reader.line_num)
    except csv.Error:
        yield _row(reader.line_num, "csv", N_("Row {row}: the row cannot be read as a table"))


def _event(cells: list[str], at: list[int], width: int, row: int) -> Event | Reason:
    if len(cells) != width:
        return _row(row, "cells", N_("Row {row}: the row has more or fewer cells than the head"))
    case, activity, moment = (cells[place].strip() for place in at)
    return _made(case, activity, moment, row)


def _made(case: str, activity: str, moment: str, row: int) -> Event | Reason:
    if not case or not activity:
        return _row(row, "blank", N_("Row {row}: the case or the activity is missing"))
    try:
        return Event(case, activity, datetime.fromisoformat(moment), row)
    except ValueError:
        text = N_("Row {row}: {value} is not a moment in time")
        return Reason("verification.log.time", text, {"row": row, "value": moment}, {"row": row})


def _row(row: int, what: str, text: str) -> Reason:
    return Reason(f"verification.log.{what}", text, {"row": row}, {"row": row})


def _xes(plain: bytes) -> Iterator[Event | Reason]:
    """The events of an XES log: traces with ``concept:name``, events with name and time."""
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        yield Reason("verification.log.entities", N_("A log does not declare entities of its own"))
        return
    number = 0
    try:
        for _event_name, element in ET.iterparse(io.BytesIO(plain)):  # noqa: S314 -- without entities
            if element.tag.rpartition("}")[2] != "trace":
                continue
            case = _attributes(element).get("concept:name", "")
            for each in element:
                if each.tag.rpartition("}")[2] == "event":
                    number += 1
                    said = _attributes(each)
                    name, moment = said.get("concept:name", ""), said.get("time:timestamp", "")
                    yield _made(case, name, moment, number)
            element.clear()
    except ET.ParseError as error:
        row = error.position[0]
        yield _row(row, "xml", N_("Row {row}: the file is not well-formed XML"))


def _attributes(element: ET.Element) -> dict[str, str]:
    return {one.get("key", ""): one.get("value", "") for one in element if one.get("key")}


# --- onto tiers -------------------------------------------------------------------------------------


def stays_of(events: Iterable[Event], mapping: Map) -> list[Stay]:
    """The stays of every case, in the order of its events; refuses activities without a meaning."""
    cases: dict[str, list[Event]] = {}
    unknown: dict[str, int] = {}
    for event in events:
        if event.activity in mapping.meanings:
            cases.setdefault(event.case, []).append(event)
        else:
            unknown[event.activity] = unknown.get(event.activity, 0) + 1
    if unknown:
        text = N_("The mapping does not say what {activity} is ({count} events)")
        raise Refusal(
            Reason("verification.map.unknown", text, {"activity": name, "count": count})
            for name, count in sorted(unknown.items())
        )
    return [stay for case in cases.values() for stay in _case(case, mapping)]


def _case(events: list[Event], mapping: Map) -> Iterator[Stay]:
    ordered = sorted(events, key=lambda event: event.at)  # stable: of one moment, as in the file
    meant = [(event, mapping.meanings[event.activity]) for event in ordered]
    last_hand_in = max(
        (place for place, (_e, meaning) in enumerate(meant) if meaning.kind == "hand_in"),
        default=-1,
    )
    since: datetime | None = None
    for place, (event, meaning) in enumerate(meant):
        if meaning.kind == "ignore":
            continue
        if meaning.kind == "tier":
            decision = meaning.decision
            if decision == "reject":
                decision = "return" if place < last_hand_in else "refuse"
            yield Stay(event.case, meaning.tier, since or event.at, event.at, decision)
        since = event.at


@dataclass(frozen=True, slots=True)
class TierFigures:
    """What a log says of one tier."""

    tier: str
    days: Spread
    passed: int
    returned: int
    refused: int


def tier_figures(stays: Iterable[Stay]) -> list[TierFigures]:
    """Days, returns and refusals of each tier, by its key."""
    days: dict[str, dict[int, int]] = {}
    counts: dict[tuple[str, str], int] = {}
    for stay in stays:
        tally = days.setdefault(stay.tier, {})
        tally[stay.days] = tally.get(stay.days, 0) + 1
        key = (stay.tier, stay.decision)
        counts[key] = counts.get(key, 0) + 1
    return [
        TierFigures(
            tier,
            spread(days[tier]),
            *(counts.get((tier, decision), 0) for decision in ("pass", "return", "refuse")),
        )
        for tier in sorted(days)
    ]


def as_json(events: int, cases: int, found: Iterable[TierFigures]) -> dict[str, Any]:
    """The figures as the command prints them."""
    return {
        "events": events,
        "cases": cases,
        "tiers": [
            {
                "tier": one.tier,
                "decisions": one.days.count,
                "median_days": one.days.median,
                "p90_days": one.days.ninetieth,
                "longest_days": one.days.longest,
                "passed": one.passed,
                "returned": one.returned,
                "refused": one.refused,
            }
            for one in found
        ],
    }
