"""How the trail is sealed: each event carries the hash of the one before it, ward by ward."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from pendamping.kernel.refusal import Reason

FIRST = "0" * 64
_FIELDS = json.JSONEncoder(ensure_ascii=False).encode
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
).encode
SHORT = 16  # so many digits of a seal stand on paper
_PRINTED = re.compile(rf"([0-9]{{1,18}}):([0-9a-f]{{{SHORT},64}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What an event says, and what it is sealed with."""

    ward: str
    seq: int
    verb: str
    actor: str
    record: str
    on: date
    entered_at: datetime
    data: str
    previous: str
    seal: str = ""


def read_printed(text: str) -> tuple[int, str]:
    """The number and the digits of a seal as a paper prints them; raises ``ValueError``.

    >>> read_printed("695:8d78e3e88f56ae77")
    (695, '8d78e3e88f56ae77')
    """
    found = _PRINTED.fullmatch("".join(text.split()))
    if not found:
        raise ValueError(f"not a number and a seal such as 695:8d78e3e88f56ae77: {text!r}")
    return int(found[1]), found[2].lower()


def canonical(data: Mapping[str, Any]) -> str:
    """The one way to write an event's data: sorted keys, no spaces, dates in ISO."""
    return _CANONICAL(data)


def seal(event: Sealed) -> str:
    """SHA-256 over every field of the event and the seal before it, as 64 hex digits."""
    fields = [
        event.ward,
        str(event.seq),
        event.verb,
        event.actor,
        event.record,
        event.on.isoformat(),
        _moment(event.entered_at),
        event.data,
        event.previous,
    ]
    return hashlib.sha256(_FIELDS(fields).encode()).hexdigest()


@lru_cache(maxsize=256)
def _moment(entered_at: datetime) -> str:
    return entered_at.astimezone(UTC).isoformat(timespec="microseconds")


def first_break(events: Iterable[Sealed], head: tuple[int, str] | None = None) -> Reason | None:
    """The first place where a ward's chain does not hold, or ``None``.

    ``events``: one ward's events in the order of ``seq``. ``head``: the last number and seal that
    the ward is known to have; where it is given, a chain cut off at its end shows too.
    """
    previous, expected = FIRST, 1
    for event in events:
        where = {"ward": event.ward, "seq": event.seq}
        if event.seq != expected:
            return Reason(
                "trail.hole",
                "Events {first} to {last} are missing",
                _span(expected, event.seq),
                where,
            )
        if event.previous != previous or event.seal != seal(event):
            return Reason(
                "trail.edited", "Event {seq} was changed after it was sealed", where, where
            )
        previous, expected = event.seal, expected + 1
    if head and head != (expected - 1, previous):
        return Reason(
            "trail.cut",
            "The trail should end with event {seq}, but ends with event {last}",
            {"seq": head[0], "last": expected - 1},
            {"seq": expected},
        )
    return None


def _span(expected: int, found: int) -> dict[str, int]:
    return {"first": expected, "last": found - 1}
