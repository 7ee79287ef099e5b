"""What a warning says, and what of a record was known on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]

INHIBITING = (
    "concept-field-mismatch", "planning-too-long", "participation-falling", "verification-stuck", "cadres-unready",
    "arrears-spreading", "facilitator-dependence", "elite-capture", "report-late",
)  # fmt: skip
SUPPORTING = (
    "government-support", "facilitator-capable", "cadres-from-target-group", "participation-strong", "groups-able",
)  # fmt: skip
FACTORS = (*INHIBITING, *SUPPORTING)
"""Every factor, in the order of doors."""

STANDS_OUT = ("watch", "act")


@dataclass(frozen=True)
class Warned:
    """One factor of a ward on a day.

    ``severity``: ``watch`` and ``act`` warn, ``strength`` carries; ``info``: looked at, nothing stands out;
    ``unknown``: the record has no data. ``since``: the first day on which it stood out. ``evidence``:
    ``resource:key`` of the records behind it. ``seen``: how many records were looked at. ``said``: the
    figures that its sentence names.
    """

    factor: str
    severity: str
    since: date | None = None
    evidence: tuple[str, ...] = ()
    seen: int = 0
    said: Mapping[str, Any] = field(default_factory=dict)


def unknown(factor: str) -> Warned:
    """The record has no data for it."""
    return Warned(factor, "unknown")


def calm(factor: str, seen: int, **said: Any) -> Warned:
    """Looked at, and nothing stands out."""
    return Warned(factor, "info", seen=seen, said=said)


def known(rows: Rows, resource: str, event: str, as_of: date) -> list[Row]:
    """Rows whose event and entry are on ``as_of`` or before, by day of event.

    A row that should say when it was entered and does not is left out; where the file has no such column, the
    day of the event stands for it.
    """
    found = [row for row in rows.get(resource, ()) if _known(row, event, as_of)]
    return sorted(found, key=lambda row: (row[event], str(sorted(row.items(), key=str))))


def _known(row: Row, event: str, as_of: date) -> bool:
    on, entered = row.get(event), row.get("entered_on", row.get(event))
    return on is not None and entered is not None and on <= as_of and entered <= as_of


def later(row: Row, what: str, as_of: date) -> date | None:
    """A day that was added to a row later (its end, its decision), where it had come and was entered.

    Its entry stands in ``<what>_entered_on`` (``decided_on``: ``decided_entered_on``); a file without such a
    column says no more than the day itself.

    >>> row = {"decided_on": date(2005, 1, 3), "decided_entered_on": date(2005, 2, 1)}
    >>> later(row, "decided_on", date(2005, 1, 20)) is None, later(row, "decided_on", date(2005, 2, 1))
    (True, datetime.date(2005, 1, 3))
    """
    on: date | None = row.get(what)
    entered: date | None = row.get(f"{what.removesuffix('_on')}_entered_on") or on
    return on if on and entered and max(on, entered) <= as_of else None


def refs(resource: str, rows: Iterable[Row], *keys: str) -> tuple[str, ...]:
    """``resource:key`` of rows; ``keys``: the columns of which the first that says something is the key."""
    return tuple(
        f"{resource}:{next(row[key] for key in keys or ('id',) if row.get(key))}" for row in rows
    )
