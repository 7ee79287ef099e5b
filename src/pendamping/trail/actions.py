"""The trail's one writer."""

from datetime import date
from typing import Any, Protocol

from pendamping.kernel import clock
from pendamping.trail import rules
from pendamping.trail.models import Event, Head
from pendamping.trail.writing import current


class Actor(Protocol):
    """Whoever acts: the trail keeps the stable text."""

    @property
    def actor_key(self) -> str: ...


def record(*, by: Actor, ward: str, record: str, on: date | None = None, **data: Any) -> Event:
    """Add an event to the ward's chain; the last beat of every action.

    ``ward``: official code, or empty for what concerns the server. ``record``: ``"loan:<id>"``.
    ``on``: the day it happened (default: the day of entry). ``data``: what changed; no names, no
    NIK. The verb is the name of the open action; outside one it raises ``WriteOutsideAction``.
    """
    window = current()
    head, _ = Head.objects.select_for_update().get_or_create(
        ward=ward, defaults={"seal": rules.FIRST}
    )
    facts = rules.Sealed(
        ward=ward,
        seq=head.seq + 1,
        verb=window.verb,
        actor=by.actor_key,
        record=record,
        on=on or clock.today(),
        entered_at=clock.now(),
        data=rules.canonical(data),
        previous=head.seal,
    )
    event = Event(**{name: getattr(facts, name) for name in _FIELDS}, seal=rules.seal(facts))
    event.save(force_insert=True)
    Head.objects.filter(pk=ward).update(seq=event.seq, seal=event.seal)
    window.events += 1
    return event


_FIELDS = ("ward", "seq", "verb", "actor", "record", "on", "entered_at", "data", "previous")
