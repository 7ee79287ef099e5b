"""Meetings that decided something and whose minutes are signed, as the trail tells of them.

Meetings stand above guidelines, so this room cannot ask them; what they did is in the trail below.
"""

from dataclasses import dataclass
from datetime import date

from pendamping.trail import queries as trail


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting of the ward: its id, its kind in the guideline, the day on which it was held."""

    id: str
    kind: str
    held_on: date


def signed(ward: str) -> list[Minutes]:
    """The ward's meetings with an accepted decision (so with a quorum) and signed minutes, latest first."""
    closed = {event.record for event in trail.of_verb("meetings.sign_minutes", ward)}
    decided = {
        event.record
        for event in trail.of_verb("meetings.record_decision", ward)
        if trail.data(event).get("outcome") == "accepted"
    }
    found = [
        _minutes(event.record, trail.data(event))
        for event in trail.of_verb("meetings.call_meeting", ward)
        if event.record in closed & decided
    ]
    return sorted(found, key=lambda each: (each.held_on, each.id), reverse=True)


def _minutes(record: str, told: dict[str, str]) -> Minutes:
    held_on = date.fromisoformat(str(told["held_on"]))
    return Minutes(record.partition(":")[2], str(told["kind"]), held_on)
