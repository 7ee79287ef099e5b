"""Closing a month, approving it, returning it, and reopening it."""

from collections.abc import Mapping
from datetime import date, timedelta

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import queries
from pendamping.funds.upk.actions import year
from pendamping.funds.upk.closes import figures, reading
from pendamping.funds.upk.closes.models import APPROVED, CLOSED, REOPENED, RETURNED, MonthClose
from pendamping.funds.upk.opening import begun
from pendamping.funds.upk.rules import closing
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock, memory
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import N_, Reason, Refusal, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def close_month(
    *, by: User, ward: str, month: date, without_statement: Mapping[str, str] | None = None
) -> MonthClose:
    """Close a month (any day of it) when its checklist holds: nothing is posted with a date in it.

    ``without_statement``: why no statement of the bank covers it, by account; the board reads it on the close.
    Keeps the checklist and the month's figures for the board, which approves or returns it. Refuses
    with every reason.
    """
    ledger.hold_books(ward)
    allow(by, "upk.close_month", ward)
    last = month_end(month)
    with memory.remembering(look=True):
        book = loans.book(ward, last)
        found = reading.facts(ward, last, book=book, explained=_fitting(without_statement))
        needs = reading.needs(ward, last)
        shown = figures.of_month(ward, last, queries.card(ward, last, book), book)
    refuse_if(closing.problems(found, needs))
    made = MonthClose.objects.create(
        ward=ward,
        month=last,
        checks=[
            {
                "key": one.key,
                "must": one.must,
                "against": [figures.kept(reason) for reason in one.against],
            }
            for one in closing.checklist(found, needs)
        ],
        figures=shown,
        guideline_version=guidelines.version(ward, last),
        closed_by=by,
        closed_on=clock.today(),
        closed_at=clock.now(),
    )
    ledger.close_until(by=by, ward=ward, until=last)
    alone = {} if access.book_keepers(ward) else {"one_officer": True}  # against handbook 2.4
    record(by=by, ward=ward, record=f"close:{made.id}", on=last, month=last.isoformat(), **alone)
    return made


def _fitting(said: Mapping[str, str] | None) -> dict[str, str]:
    return {account: fitting(why, 300) for account, why in (said or {}).items() if why.strip()}


@action
def approve_close(*, by: User, ward: str, close_id: str) -> MonthClose:
    """Approve a month that the unit closed; never by the person who closed it."""
    ledger.hold_books(ward)
    allow(by, "upk.approve_close", ward)
    found = _standing(ward, close_id, CLOSED)
    refuse_if(_same_person(found, by))
    found.state, found.approved_by, found.approved_on = APPROVED, by, clock.today()
    found.save(update_fields=["state", "approved_by", "approved_on"])
    record(by=by, ward=ward, record=f"close:{found.id}", on=clock.today())
    return found


@action
def return_close(*, by: User, ward: str, close_id: str, why: str) -> MonthClose:
    """Give a month back to the unit instead of approving it: it is open again."""
    ledger.hold_books(ward)
    allow(by, "upk.return_close", ward)
    found = _standing(ward, close_id, CLOSED)
    refuse_if([*_last(found), *_why(why), *_same_person(found, by)])
    _undo(by, found, RETURNED, clock.today(), why)
    record(by=by, ward=ward, record=f"close:{found.id}", on=clock.today(), why=fitting(why, 300))
    return found


@action
def reopen_month(
    *, by: User, ward: str, close_id: str, on: date, meeting_id: str, why: str
) -> MonthClose:
    """Reopen the last approved month, as a meeting decided (subject ``upk.reopen_month:<close id>``).

    The close of its year, where it is a December, is reversed with it; a profit that was shared has
    to be taken back first. The trail keeps the close, the reason and the meeting.
    """
    ledger.hold_books(ward)
    allow(by, "upk.reopen_month", ward)
    found = _standing(ward, close_id, APPROVED)
    kind = reopened_by(ward, on)
    clause = f"closing.{guidelines.code(ward, on)}.reopened_by"
    refuse_if(
        [
            *_last(found),
            *_why(why),
            *_day(found, on),
            *year.shared_problems(ward, found.month),
            *meetings.decided(
                ward,
                meeting_id,
                f"upk.reopen_month:{found.id}",
                matter="books_reopened",
                by=(kind, clause),
                since=found.closed_on,
                until=on,
            ),
        ]
    )
    undone = year.undo_of_month(by, ward, found.month, why)
    found.undone_at = meeting_id
    _undo(by, found, REOPENED, on, why)
    record(
        by=by,
        ward=ward,
        record=f"close:{found.id}",
        on=on,
        meeting=meeting_id,
        why=fitting(why, 300),
        year_reversed=undone,
    )
    return found


def reopened_by(ward: str, on: date) -> str:
    """The kind of meeting that reopens a month."""
    return str(reading.rules_on(ward, on).get("reopened_by", reading.REOPENED_BY))


def _standing(ward: str, close_id: str, state: str) -> MonthClose:
    found = MonthClose.objects.filter(pk=close_id, ward=ward).first()
    if found is None:
        raise refuse("upk.close", "There is no such close.", where={"close": close_id})
    if found.state != state:
        raise Refusal([_state(found, state)])
    return found


def _state(found: MonthClose, wanted: str) -> Reason:
    where = {"close": found.id, "state": found.state}
    if wanted == CLOSED:
        text = N_("Only a closed month that nobody has decided on yet is approved or given back.")
    else:
        text = N_("Only an approved month is reopened.")
    return Reason("upk.close.state", text, {}, where)


def _same_person(found: MonthClose, by: User) -> list[Reason]:
    if found.closed_by_id != by.pk:
        return []
    return [
        Reason(
            "upk.close.two_people",
            "Who closed the month does not approve it; another person of the board does.",
            {},
            {"close": found.id},
        )
    ]


def _last(found: MonthClose) -> list[Reason]:
    closed = books.closed_until(found.ward)
    if closed == found.month:
        return []
    return [
        Reason(
            "upk.close.last",
            "The books are closed up to {closed}; the last closed month is opened first.",
            {"closed": closed.isoformat() if closed else ""},
            {"close": found.id},
        )
    ]


def _why(why: str) -> list[Reason]:
    if why.strip():
        return []
    return [Reason("upk.close.why", "Say why the month is opened again.", {}, {"field": "why"})]


def _day(found: MonthClose, on: date) -> list[Reason]:
    if found.closed_on <= on <= clock.today():
        return []
    return [
        Reason(
            "upk.close.day",
            "A month is reopened between the day on which it was closed, {closed}, and today.",
            {"closed": found.closed_on.isoformat()},
            {"field": "on"},
        )
    ]


def _undo(by: User, found: MonthClose, state: str, on: date, why: str) -> None:
    found.state, found.undone_by, found.undone_on = state, by, on
    found.why_undone = fitting(why, 300)
    found.save(update_fields=["state", "undone_by", "undone_on", "undone_at", "why_undone"])
    before = found.month.replace(day=1) - timedelta(days=1)
    opened = books.opened_on(found.ward)
    until = before if opened and before >= opened else None
    until = max(filter(None, (until, begun.begun_on(found.ward))), default=None)
    ledger.close_until(by=by, ward=found.ward, until=until)
