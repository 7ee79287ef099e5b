"""What meetings decided beside the guideline, as the trail tells of it.

Meetings stand above guidelines, so this room cannot ask them; what they did is in the trail below. A
decision of a ward's own has the subject ``guidelines.deviation:<clause>=<value as JSON>``: what the
meeting decided is what is recorded, not what somebody typed afterwards. That it ends has the subject
``guidelines.end_deviation:<its id>``.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pendamping.guidelines import rules
from pendamping.guidelines.rules.carrying import Decided
from pendamping.trail import queries as trail

SUBJECT = "guidelines.deviation:"
END = "guidelines.end_deviation:"
LONGEST = 400  # characters of a decision's subject, as the room of meetings keeps it


@dataclass(frozen=True, slots=True)
class Called:
    """A meeting whose minutes are not signed yet: its id, kind and day; ``quorum``: as its roll tells,
    ``None`` before it is taken."""

    id: str
    kind: str
    held_on: date
    quorum: bool | None = None


def subject(clause: str, value: Any) -> str:
    """The subject of a meeting's decision that a clause holds with another value.

    >>> subject("loans.p2kp2.first_loan_max", 400_000)
    'guidelines.deviation:loans.p2kp2.first_loan_max=400000'
    """
    said = json.dumps(
        rules.freeze(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return f"{SUBJECT}{clause}={said}"


def end_subject(deviation: str) -> str:
    """The subject of a meeting's decision that a decision of the ward's own ends.

    >>> end_subject("01J")
    'guidelines.end_deviation:01J'
    """
    return f"{END}{deviation}"


def read(subject: str) -> tuple[str, Any] | None:
    """Clause and value of such a subject; ``None`` for any other.

    >>> read("guidelines.deviation:loans.p2kp2.first_loan_max=400000")
    ('loans.p2kp2.first_loan_max', 400000)
    >>> read("meetings.other"), read("guidelines.deviation:loans.p2kp2.first_loan_max")
    (None, None)
    """
    clause, mark, said = subject.removeprefix(SUBJECT).partition("=")
    kind = rules.kind_in_schema(clause)
    if not subject.startswith(SUBJECT) or not mark or kind is None:
        return None
    try:
        return clause, rules.revive(kind, json.loads(said))
    except ValueError:
        return None


def decided(ward: str, clause: str = "") -> list[Decided]:
    """What meetings of the ward decided beside the text (of one clause), the latest meeting first.

    Of two decisions of one meeting on a clause the last one is what it decided.
    """
    last: dict[tuple[str, str], tuple[Any, str]] = {}
    for event in trail.of_verb("meetings.record_decision", ward):
        told = trail.data(event)
        found = read(str(told.get("subject", "")))
        if found is not None and clause in {"", found[0]}:
            last[event.record, found[0]] = (found[1], str(told.get("outcome", "")))
    records = {record: trail.of_record(record) for record, _clause in last}
    taken = [
        _decided(records[record], record, what, value, outcome)
        for (record, what), (value, outcome) in last.items()
    ]
    return sorted(taken, key=lambda each: (each.held_on, each.meeting, each.clause), reverse=True)


def _decided(events: list[Any], record: str, clause: str, value: Any, outcome: str) -> Decided:
    meeting = _called(events, record)
    return Decided(
        meeting=meeting.id,
        kind=meeting.kind,
        held_on=meeting.held_on,
        clause=clause,
        value=value,
        accepted=outcome == "accepted",
        quorum=bool(meeting.quorum),
        signed=any(event.verb == "meetings.sign_minutes" for event in events),
    )


def ends(ward: str, deviation: str = "") -> list[Decided]:
    """What meetings of the ward decided on ending (one of) its own decisions, the latest first."""
    last: dict[tuple[str, str], str] = {}
    for event in trail.of_verb("meetings.record_decision", ward):
        told = trail.data(event)
        subject = str(told.get("subject", ""))
        ended = subject.removeprefix(END)
        if subject.startswith(END) and deviation in {"", ended}:
            last[event.record, ended] = str(told.get("outcome", ""))
    taken = [
        replace(_decided(trail.of_record(record), record, "", None, outcome), deviation=ended)
        for (record, ended), outcome in last.items()
    ]
    return sorted(taken, key=lambda each: (each.held_on, each.meeting), reverse=True)


def to_decide(ward: str, kinds: Iterable[str]) -> list[Called]:
    """Meetings of these kinds that may still decide, the latest first: none that was cancelled, whose roll
    fell short of a quorum, or whose minutes are signed."""
    wanted = set(kinds)
    ended = ("meetings.sign_minutes", "meetings.cancel_meeting")
    closed = {event.record for verb in ended for event in trail.of_verb(verb, ward)}
    open_ = [
        _called(trail.of_record(event.record), event.record)
        for event in trail.of_verb("meetings.call_meeting", ward)
        if event.record not in closed and str(trail.data(event)["kind"]) in wanted
    ]
    able = [each for each in open_ if each.quorum is not False]
    return sorted(able, key=lambda each: (each.held_on, each.id), reverse=True)


def held(ward: str, meetings: Iterable[str]) -> dict[str, Called]:
    """Kind and day of the ward's meetings by their ids; none for an id that is no meeting's."""
    wanted = {f"meeting:{each}" for each in meetings}
    called = trail.of_verb("meetings.call_meeting", ward) if wanted else []
    found = [_called([event], event.record) for event in called if event.record in wanted]
    return {each.id: each for each in found}


def _called(events: list[Any], record: str) -> Called:
    (first,) = [trail.data(e) for e in events if e.verb == "meetings.call_meeting"]
    rolls = [trail.data(e) for e in events if e.verb == "meetings.take_roll"]
    moved = [trail.data(e) for e in events if e.verb == "meetings.move_meeting"]
    return Called(
        id=record.partition(":")[2],
        kind=str(first["kind"]),
        held_on=date.fromisoformat(str([first, *moved][-1]["held_on"])),
        quorum=bool(rolls[-1].get("quorum")) if rolls else None,
    )
