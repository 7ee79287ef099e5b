"""The trail's one writer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Protocol

from django.db import connection

from pendamping.kernel import clock
from pendamping.trail import bulk, rules
from pendamping.trail.models import Event, Head
from pendamping.trail.statements import Statement, insert, read, run, update
from pendamping.trail.writing import current


class Actor(Protocol):
    """Whoever acts: the trail keeps the stable text."""

    @property
    def actor_key(self) -> str: ...


def record(*, by: Actor, ward: str, record: str, on: date | None = None, **data: Any) -> int:
    """Add an event to the ward's chain, and return its number; the last beat of every action.

    ``ward``: official code, or empty for what concerns the server. ``record``: ``"loan:<id>"``.
    ``on``: the day it happened (default: the day of entry). ``data``: what changed; no names, no
    NIK. The verb is the name of the open action; outside one it raises ``WriteOutsideAction``.
    """
    [head] = run(end_of_chain(ward))
    end = head[0] if head else _begin(ward)
    run(*sealed(by=by, ward=ward, end=end, deeds=[Deed(record, on, data)]))
    return end[0] + 1


def take_over(*, ward: str, events: Sequence[Mapping[str, Any]]) -> None:
    """Let a ward's chain begin with the events of another server, seals and all, in their order.

    In an open action, and only where the ward has no chain here; whether the seals hold, ``queries.check``
    says.
    """
    current()
    head, made = Head.objects.get_or_create(ward=ward, defaults={"seal": rules.FIRST})
    if not made and head.seq:
        raise ValueError(f"{ward} has a chain of its own")
    if not events:
        return
    names = list(events[0])
    moments = [Event._meta.get_field(name).get_db_prep_save for name in names]
    rows = (
        [ward, *(save(one[name], connection) for save, name in zip(moments, names, strict=True))]
        for one in events
    )
    bulk.insert(Event, ["ward", *names], rows)
    head.seq, head.seal = events[-1]["seq"], events[-1]["seal"]
    head.save()


def record_all(*, by: Actor, ward: str, deeds: Sequence["Deed"]) -> None:
    """Add many events to the ward's chain at once, at least one, in their order; see :func:`record`."""
    [head] = run(end_of_chain(ward))
    run(*sealed(by=by, ward=ward, end=head[0] if head else _begin(ward), deeds=deeds))


def _begin(ward: str) -> tuple[int, str]:
    """A ward's first event: its chain begins here. Two that begin it at once: the second waits."""
    head, _ = Head.objects.select_for_update().get_or_create(
        ward=ward, defaults={"seal": rules.FIRST}
    )
    return head.seq, head.seal


# --- the same in statements, for actions that hand in all of theirs at once -------------------------


@dataclass(frozen=True, slots=True)
class Deed:
    """What an event says; ``on``: the day it happened (``None``: the day of entry)."""

    record: str
    on: date | None
    data: Mapping[str, Any]


def end_of_chain(ward: str) -> Statement:
    """Reads (number, seal) of the ward's last event and holds the chain; no row before the first."""
    return read("SELECT seq, seal FROM trail_head WHERE ward = %s", ward, lock=True)


def sealed(*, by: Actor, ward: str, end: tuple[int, str], deeds: Iterable[Deed]) -> list[Statement]:
    """The statements that add events, at least one, after the end of the ward's chain."""
    window, who, today, now = current(), by.actor_key, clock.today(), clock.now()
    seq, last = end
    rows: list[tuple[Any, ...]] = []
    for deed in deeds:
        seq += 1
        facts = rules.Sealed(
            ward=ward,
            seq=seq,
            verb=window.verb,
            actor=who,
            record=deed.record,
            on=deed.on or today,
            entered_at=now,
            data=rules.canonical(deed.data),
            previous=last,
        )
        last = rules.seal(facts)
        rows.append((*_facts(facts), last))
    window.events += len(rows)
    head = update(Head, ("seq", "seal"), [(seq, last, ward)])
    return [insert(Event, (*_FIELDS, "seal"), rows), head]


_FIELDS = ("ward", "seq", "verb", "actor", "record", "on", "entered_at", "data", "previous")
_facts = attrgetter(*_FIELDS)
