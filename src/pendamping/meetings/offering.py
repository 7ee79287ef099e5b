"""What a meeting may be asked to decide: what it was called for, and what waits in the rooms above.

Those rooms stand above this one, and it knows none of them. The desk, which reads all of them, says once
at the start where to ask (ADR 0032); without it a meeting offers what it was called for.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils import translation

from pendamping.meetings.models import Decision, Meeting
from pendamping.meetings.rules import undecided
from pendamping.meetings.rules.matters import Matter, Way, offered

Waiting = Callable[[str, date], Iterable[Matter]]
"""What waits for a decision of any meeting in a ward, by the guideline of a day."""

FREE = ("", "meetings.other")
"""Subjects of decisions that no other room asks for."""

Where = Callable[[str, str], Way | None]
"""Where a ward's decision on a subject is carried out."""

_known: dict[str, Waiting] = {}
_places: dict[str, Where] = {}


def ask(waiting: Waiting) -> None:
    """Say once, at the start, who knows what waits for a decision."""
    _known["waiting"] = waiting


def ask_where(place: Where) -> None:
    """Say once, at the start, who knows where a decision is carried out."""
    _places["place"] = place


def place(ward: str, subject: str) -> Way | None:
    """Where a decision is carried out; nothing where nobody said whom to ask."""
    found = _places.get("place")
    return found(ward, subject) if found else None


def matters(meeting: Meeting) -> list[Matter]:
    """What the meeting may decide now, in the reader's language: first what it was called for, then
    what was put to a meeting before it that decided nothing on it, then what waits in the ward."""
    mine = set(Decision.objects.filter(meeting=meeting).values_list("subject", flat=True))
    known = [one for one in _all(meeting) if not (one.forms_group and meeting.group)]
    return offered(known, meeting.kind, meeting.held_on, mine)


def _all(meeting: Meeting) -> Iterable[Matter]:
    waits = list(waiting(meeting.ward, meeting.held_on))
    known = {one.subject: one for one in waits}
    for one in meeting.asked:
        yield known.get(one["subject"]) or _asked(one, meeting)
    yield from waits
    decided = Decision.objects.filter(meeting__ward=meeting.ward).values_list("subject", flat=True)
    earlier = Meeting.objects.filter(
        ward=meeting.ward, kind=meeting.kind, held_on__lte=meeting.held_on
    ).exclude(pk=meeting.pk)
    put = [one for each in earlier.order_by("-held_on", "-id") for one in each.asked]
    open_ = {one["subject"]: one for one in put} if put else {}
    done = set(decided) if open_ else set()
    yield from (_asked(one, meeting) for one in open_.values() if one["subject"] not in done)


def left_open(meeting: Meeting) -> list[Mapping[str, str]]:
    """What the meeting was called for, may decide and did not; nothing where its quorum failed."""
    if not meeting.asked or not meeting.quorum_met:
        return []
    taken = Decision.objects.filter(meeting=meeting).values_list("subject", flat=True)
    return undecided.left_open(meeting.asked, set(taken), FREE)


def _asked(one: dict[str, str], meeting: Meeting) -> Matter:
    return Matter(one["subject"], one["text"], (meeting.kind,))


def waiting(ward: str, on: date) -> list[Matter]:
    """What waits for a decision in the ward; nothing where nobody said whom to ask."""
    found = _known.get("waiting")
    return list(found(ward, on)) if found else []


def named(meeting: Meeting, subject: str) -> str:
    """What waits in the ward under a subject, in the reader's language; empty where nothing does."""
    found = waiting(meeting.ward, meeting.held_on)
    return next((one.text for one in found if one.subject == subject), "")


def words(meeting: Meeting, subject: str) -> str:
    """The decision on a subject as minutes say it, in Indonesian; empty for one that does not wait."""
    with translation.override("id"):
        return next((one.text for one in matters(meeting) if one.subject == subject), "")
