"""What a warning says, the limits it is measured by, and what of a record was known on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Limits:
    """Limits of the warnings. The programme's texts state none: all are defaults of this program (handbook 7, 8.4)."""

    meetings: int = 6
    strong_women: int = 30
    late_stage_days: int = 30
    tier_days: int = 14
    months_left: int = 6
    log_days: int = 180
    log_entries: int = 5
    facilitator_share: int = 50
    deviations: int = 3
    target_group_share: int = 50


LIMITS = Limits()


@dataclass(frozen=True)
class Warned:
    """One factor: ``severity`` is ``info``, ``watch``, ``act``, ``strength`` or ``unknown``; evidence ``resource:key``."""

    factor: str
    severity: str
    since: date | None = None
    evidence: tuple[str, ...] = ()


def known(rows: Rows, resource: str, event: str, as_of: date) -> list[Row]:
    """Rows whose event and entry are on ``as_of`` or before, by day of event.

    A row that should say when it was entered and does not is left out; where the file has no such column, the
    day of the event stands for it.
    """
    found = [row for row in rows.get(resource, ()) if _by(row, event, as_of)]
    return sorted(found, key=lambda row: (row[event], str(sorted(row.items(), key=str))))


def _by(row: Row, event: str, as_of: date) -> bool:
    on, entered = row.get(event), row.get("entered_on", row.get(event))
    return on is not None and entered is not None and on <= as_of and entered <= as_of


def by(day: date | None, as_of: date) -> date | None:
    """The day, where it had come by ``as_of``."""
    return day if day is not None and day <= as_of else None
