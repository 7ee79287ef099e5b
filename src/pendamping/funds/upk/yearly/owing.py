"""By when the account of a year lies before the yearly meeting, and whether a meeting has taken it."""

from datetime import date
from typing import Any

from pendamping.funds.loans import queries as loans
from pendamping.funds.upk.closes import reading
from pendamping.funds.upk.rules import year as sharing
from pendamping.funds.upk.rules import yearly as rules
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings

DUE_DAYS, REMINDER_DAYS = 90, 30


def due(ward: str, year: int) -> tuple[date, int]:
    """By when the account of a year lies before the meeting, and how many days before it is brought to mind."""
    said = reading.rules_on(ward, date(year, 12, 31))
    return (
        rules.due(year, int(said.get("account_due_days", DUE_DAYS))),
        int(said.get("account_reminder_days", REMINDER_DAYS)),
    )


def wanted(ward: str, year: int) -> bool:
    """Whether an account of a year is asked of the unit at all: money was lent by its end."""
    return loans.lent_by(ward, date(year, 12, 31))


def taken(ward: str, year: int, on: date) -> tuple[Any, list[Reason]]:
    """The last decision of a meeting that took the account of a year, and what stands against it (minutes that are not
    signed); ``None`` before there is one."""
    found = meetings.taken(ward, (rules.subject(year),), on)
    known = [one for one in found if one.outcome == "accepted"]
    if not known:
        return None, []
    return known[-1], against(ward, year, known[-1].meeting_id, on)


def against(ward: str, year: int, meeting_id: str, on: date) -> list[Reason]:
    """Why a meeting has not validly taken the account of a year."""
    return meetings.decided(
        ward, meeting_id, rules.subject(year), matter=rules.MATTER,
        since=sharing.first_day_after(year), until=on,
    )  # fmt: skip


def owed(ward: str, on: date) -> int | None:
    """The year that ended last, where no meeting has validly taken its account; ``None`` where nothing is owed."""
    return on.year - 1 if owed_of(ward, on.year - 1) else None


def owed_of(ward: str, year: int) -> bool:
    """Whether the account of a year that is over is still to be taken by a meeting."""
    today = clock.today()
    if date(year, 12, 31) >= today or not wanted(ward, year):
        return False
    found, reasons = taken(ward, year, today)
    return found is None or bool(reasons)
