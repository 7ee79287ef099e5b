"""What a complaint must say of itself, worked out from its steps alone."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

Told = tuple[str, date, int | None]


@dataclass(slots=True)
class Kept:
    """What is kept of a complaint beside its steps; ``recovered`` in whole rupiah."""

    status: str = "open"
    acknowledged_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    confirmed: bool = False
    reopened: int = 0
    recovered: int = 0


def replayed(steps: Iterable[Told]) -> Kept:
    """The state after ``(kind, day, amount)`` of every step, in their order.

    >>> got, said = ("received", date(2004, 5, 3), None), ("answered", date(2004, 5, 5), None)
    >>> replayed([got, said]).status, replayed([got, said, ("reopened", date(2004, 5, 6), None)]).reopened
    ('answered', 1)
    """
    now = Kept()
    for kind, on, amount in steps:
        if kind == "acknowledged":
            now.acknowledged_on = on
        elif kind == "answered":
            now.status, now.answered_on = "answered", on
            now.acknowledged_on = now.acknowledged_on or on
        elif kind in ("closed", "confirmed"):
            now.status, now.closed_on = "closed", now.closed_on or on
            now.confirmed = now.confirmed or kind == "confirmed"
            now.answered_on, now.acknowledged_on = now.answered_on or on, now.acknowledged_on or on
        elif kind == "reopened":
            now.status, now.closed_on, now.answered_on = "open", None, None
            now.confirmed, now.reopened = False, now.reopened + 1
        elif kind in ("joined", "parted"):
            now.status = "joined" if kind == "joined" else "open"
        elif kind == "recovered":
            now.recovered += amount or 0
    return now


def differs(kept: Kept, steps: Iterable[Told]) -> list[str]:
    """The names of what is kept otherwise than the steps say.

    >>> differs(Kept("closed"), [("received", date(2004, 5, 3), None)])
    ['status']
    """
    now = replayed(steps)
    return [one.name for one in fields(Kept) if getattr(kept, one.name) != getattr(now, one.name)]
