"""Reading the trail."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from pendamping.kernel.clock import JAKARTA
from pendamping.kernel.refusal import Reason
from pendamping.trail import rules
from pendamping.trail.models import Event, Head


def of_record(record: str, *formerly: str) -> list[Event]:
    """Everything done to one record, oldest first; ``formerly``: other names that the trail had for it."""
    named = [record, *formerly]
    return list(Event.objects.filter(record__in=named).order_by("ward", "seq"))


def of_ward(ward: str, before: int | None = None, limit: int = 50) -> list[Event]:
    """A ward's latest events, newest first; ``before``: only those with a smaller number."""
    events = Event.objects.filter(ward=ward).order_by("-seq")
    return list((events.filter(seq__lt=before) if before else events)[:limit])


def of_verb(verb: str, ward: str) -> list[Event]:
    """Every such event of the ward, oldest first."""
    return list(_matching(verb, ward, None).order_by("seq"))


def happened(verb: str, ward: str, record: str | None = None) -> bool:
    """Whether an action was ever done in the ward (to the record)."""
    return _matching(verb, ward, record).exists()


def last(verb: str, ward: str, record: str | None = None) -> Event | None:
    """The last such event of the ward."""
    return _matching(verb, ward, record).order_by("-seq").first()


def first_of(ward: str, said: Q, since: datetime, until: datetime) -> Event | None:
    """The first event of the ward, entered from one moment to another, of which all that is ``said`` holds."""
    found = Event.objects.filter(said, ward=ward, entered_at__gte=since, entered_at__lte=until)
    return found.order_by("seq").first()


def last_entry(ward: str, but: Iterable[str] = ()) -> date | None:
    """The latest day on which anything was entered in the ward, by the clock of the entry.

    ``but``: verbs that do not count. ``None`` where nothing was entered.
    """
    events = Event.objects.filter(ward=ward).exclude(verb__in=list(but))
    last: datetime | None = events.aggregate(last=Max("entered_at"))["last"]
    return last.astimezone(JAKARTA).date() if last else None


def ends(wards: Iterable[str]) -> dict[str, int]:
    """The number of the last event of each chain (``""``: the server's own); none where nothing happened.

    What these do not move, no action has changed: there is none without an event.
    """
    return dict(Head.objects.filter(ward__in=list(wards)).values_list("ward", "seq"))


def entered_late(ward: str, days: int) -> list[Event]:
    """Events entered more than so many days after they happened, newest first."""
    events = Event.objects.filter(ward=ward).order_by("-seq")
    return [event for event in events if delay_days(event) > days]


def delay_days(event: Event) -> int:
    """Days between the event and its entry."""
    return (entered_on(event) - event.on).days


def entered_on(event: Event) -> date:
    """The day of entry in the programme's zone."""
    return event.entered_at.astimezone(JAKARTA).date()


def data(event: Event) -> dict[str, Any]:
    """What the event says beyond its verb."""
    found: dict[str, Any] = json.loads(event.data)
    return found


def short_seal(ward: str) -> tuple[int, str]:
    """The number of a ward's last event and the first 16 digits of its seal, as papers print them."""
    head = Head.objects.filter(pk=ward).first()
    return (head.seq, head.seal[: rules.SHORT]) if head else (0, rules.FIRST[: rules.SHORT])


def compare(ward: str, seq: int, printed: str) -> Reason | None:
    """Why a seal that was printed on paper is not the one that the trail has now, or ``None``."""
    event = Event.objects.filter(ward=ward, seq=seq).first()
    where = {"ward": ward, "seq": seq}
    if event is None:
        return Reason(
            "trail.printed_missing", "The trail of {ward} has no event {seq}", where, where
        )
    if not event.seal.startswith(printed.lower()):
        return Reason(
            "trail.printed_differs",
            "Event {seq} of {ward} does not carry the printed seal: the trail was sealed anew since",
            where,
            where,
        )
    return None


def check(ward: str) -> Reason | None:
    """The first break of a ward's chain, or ``None``."""
    head = Head.objects.filter(pk=ward).first()
    return rules.first_break(_sealed(ward), (head.seq, head.seal) if head else (0, rules.FIRST))


def check_all() -> list[Reason]:
    """The first break of every chain on the server."""
    wards = set(Head.objects.values_list("ward", flat=True))
    wards |= set(Event.objects.values_list("ward", flat=True).distinct())
    return [broken for ward in sorted(wards) if (broken := check(ward))]


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``trail``, every event with its seal."""
    names = [name for name in rules.Sealed.__slots__ if name != "ward"]
    return {"trail": ({name: getattr(one, name) for name in names} for one in _sealed(ward))}


def _sealed(ward: str) -> Iterator[rules.Sealed]:
    for event in Event.objects.filter(ward=ward).order_by("seq").iterator(chunk_size=2000):
        yield rules.Sealed(**{name: getattr(event, name) for name in rules.Sealed.__slots__})


def _matching(verb: str, ward: str, record: str | None) -> "QuerySet[Event]":
    events = Event.objects.filter(ward=ward, verb=verb)
    return events.filter(record=record) if record is not None else events


def verbs_of(ward: str, verbs: Iterable[str]) -> dict[str, list[str]]:
    """What was done in the ward, of these verbs: record to verbs, oldest first."""
    found: dict[str, list[str]] = {}
    events = Event.objects.filter(ward=ward, verb__in=list(verbs)).order_by("seq")
    for record, verb in events.values_list("record", "verb"):
        found.setdefault(record, []).append(verb)
    return found


def told(ward: str, verbs: Iterable[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each such event of the ward as (record, verb, what it says), oldest first."""
    for record, verb, _on, said in dated(ward, verbs):
        yield record, verb, said


def dated(ward: str, verbs: Iterable[str]) -> Iterator[tuple[str, str, date, dict[str, Any]]]:
    """Each such event of the ward as (record, verb, its day, what it says), oldest first."""
    events = Event.objects.filter(ward=ward, verb__in=list(verbs)).order_by("seq")
    for record, verb, on, text in events.values_list("record", "verb", "on", "data"):
        yield record, verb, on, json.loads(text)


def kept_otherwise(
    ward: str, verb: str, names: Iterable[str], kept: Iterable[tuple[Any, ...]]
) -> list[tuple[tuple[Any, ...], int, int]]:
    """Rows of a table counted against the events that entered them: what differs, each as (row, how often
    it is kept, how often the trail says it), by row.

    A row is (record, day, and what the event says under ``names``, in their order).
    """
    order = list(names)
    said = Counter(
        (record, on, *(told[name] for name in order))
        for record, _verb, on, told in dated(ward, [verb])
    )
    there = Counter(kept)
    wrong = sorted(row for row in said.keys() | there.keys() if said[row] != there[row])
    return [(row, there[row], said[row]) for row in wrong]


def last_entries(ward: str, verbs: Iterable[str]) -> dict[str, date]:
    """Record to the day on which the last of such events was entered."""
    events = Event.objects.filter(ward=ward, verb__in=list(verbs)).order_by("seq")
    return {
        record: at.astimezone(JAKARTA).date()
        for record, at in events.values_list("record", "entered_at")
    }
