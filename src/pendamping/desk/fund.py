"""What the fund as a whole asks for: a stop on lending, the card and the reserve of the last month."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pendamping.desk.rules import Task
from pendamping.funds.loans import gate
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import queries as upk
from pendamping.funds.upk import rules as health
from pendamping.meetings import queries as meetings

SOON = timedelta(days=7)
DAYS = 10  # after its end a month's card and reserve are late


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The stop that stands for who may lift it; card and reserve that are missing for who makes them."""
    stop = loans.standing_stop(ward) if may("loans.lift_suspension") else None
    if stop is not None:
        kind = "stop_lifted" if _lifted(ward, stop.id, on) else "stopped"
        yield Task(kind, stop.since, "loans:stop", {}, {"day": stop.since})
    yield from _opening(ward, may)
    yield from _closes(ward, on, may)
    yield from _account(ward, on, may)
    month = health.last_month(on)
    due, values = month + timedelta(days=DAYS), {"day": month}
    waits = loans.reserve_missing(ward, on)
    if may("upk.record_card") and upk.missing(ward, on):
        yield from _card(ward, on, due, stop=stop is not None, waits=bool(waits))
    if may("loans.set_reserve_aside") and waits:
        yield Task("reserve", due, "loans:reserve", {}, values)


def _lifted(ward: str, stop: str, on: date) -> bool:
    """Whether a meeting whose minutes are signed decided that a stop is lifted, which nobody carried out yet."""
    known = meetings.taken(ward, [f"loans.lift_suspension:{stop}"], on)
    return any(
        one.outcome == "accepted" and one.meeting.status == "closed" and one.meeting.quorum_met
        for one in known
    )


old_book = upk.opening


def lends(ward: str, on: date) -> bool:
    """Whether the fund may pay a loan out on a day."""
    return not gate.against(ward, on)


def _card(ward: str, on: date, due: date, *, stop: bool, waits: bool) -> Iterator[Task]:
    """The card that is missing, once its month's reserve is booked; at once where the books of its month already stop
    lending.
    """
    month = health.last_month(on)
    found = [] if stop else gate.stopping(ward, month)
    if found:
        values = {"day": month, "what": gate.said(found)}
        yield Task("health_stops", month, "upk:card", {}, values)
    elif not waits:
        yield Task("health", due, "upk:card", {}, {"day": month})


def _opening(ward: str, may: Callable[[str], bool]) -> Iterator[Task]:
    """Balances of an old book: for the unit until they are handed in, then for the board."""
    found = upk.opening(ward) if may("upk.propose_opening") or may("upk.confirm_opening") else None
    if found is None:
        return
    values = {"day": found.on}
    if found.proposed_on and found.state == "proposed" and may("upk.confirm_opening"):
        due = found.proposed_on + SOON
        yield Task("approve_opening", due, "upk:opening", {}, values)
    if found.state == "draft" and may("upk.propose_opening"):
        yield Task("opening", found.entered_on + SOON, "upk:opening", {}, values)


def _closes(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The next month to close, once it has ended and money is lent, its cash counted first; the close that waits for the board."""
    counts, closes = may("upk.count_cash"), may("upk.close_month")
    month = upk.overdue(ward, on) if counts or closes else None
    if month is not None and loans.lent_by(ward, health.last_month(on)):
        due, values = upk.close_due(ward, month), {"day": month}
        if counts and upk.count_of(ward, month) is None:
            yield Task("count_cash", due, "upk:count", {}, values, query=f"on={month.isoformat()}")
        elif closes:
            yield Task("close", due, "upk:close", {"month": f"{month:%Y-%m}"}, values)
    waits = upk.waiting(ward) if may("upk.approve_close") else None
    if waits is not None:
        parts = {"month": f"{waits.month:%Y-%m}"}
        due = waits.closed_on + timedelta(days=DAYS)
        yield Task("approve_close", due, "upk:close", parts, {"day": waits.month})


def _account(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The account of the year that ended last, from the guideline's reminder on until a meeting has taken it."""
    year = upk.account_owed(ward, on) if may("upk.split_profit") else None
    if year is None:
        return
    due, remind = upk.account_due(ward, year)
    if due - timedelta(days=remind) <= on:
        yield Task("yearly_account", due, "upk:account", {"year": str(year)}, {"year": str(year)})
