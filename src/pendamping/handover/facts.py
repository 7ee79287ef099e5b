"""What the criteria read: the record of a ward on a day, asked of the rooms below, each only where needed."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from pendamping.access import queries as access
from pendamping.cadres import queries as cadres
from pendamping.complaints import queries as complaints
from pendamping.facilitation import queries as facilitation
from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import queries as upk
from pendamping.guidelines import queries as guidelines
from pendamping.handover.rules import reading as rules
from pendamping.handover.rules.reading import Criterion, Found, read_criteria
from pendamping.institutions import queries as institutions
from pendamping.kernel import memory
from pendamping.kernel.period import month_end
from pendamping.meetings import queries as meetings
from pendamping.trail import queries as trail

HANDOVER, CHECK = "handover", "handover_check"
YEARLY = "yearly"
OF_BOOKS = frozenset({"cards", "bank", "books"})


def criteria(ward: str, on: date) -> dict[str, Criterion]:
    """The criteria of the guideline on a day, in its order."""
    return read_criteria(guidelines.section("handover", ward, on))


def found(ward: str, on: date, only: Collection[str] = ()) -> list[Found]:
    """What each criterion finds at the end of a day, in the order of the guideline; the signing itself is none.

    ``only``: these alone. A criterion that no rule reads has nothing to judge: the meeting judges it.
    """
    asked = [
        one
        for one in criteria(ward, on).values()
        if not one.signs and (not only or one.key in only)
    ]
    return [READS[one.key](ward, on, one) if one.key in READS else Found(one.key, "none")
            for one in asked]  # fmt: skip


def facilitators(ward: str) -> frozenset[str]:
    """The logins of those who accompany the ward, or did."""
    return memory.once(("facilitators", ward), lambda: _facilitators(ward))


def _facilitators(ward: str) -> frozenset[str]:
    given = [*access.people_of(ward), *access.reaching(ward)]
    return frozenset(one.user.username for one in given if one.role == "facilitator")


def _volunteers(ward: str, on: date, asked: Criterion) -> Found:
    here = [one for one in cadres.seen(ward, on) if one.standing.word != "left"]
    return rules.volunteers(
        asked, on, [(f"cadre:{one.cadre.id}", one.standing.last) for one in here]
    )


def _units(ward: str, on: date, asked: Criterion) -> Found:
    known = guidelines.section("bodies", ward, on)
    wanted = {key for key, one in known.items() if one["kind"] == "unit"}
    sitting: dict[tuple[str, str], set[str]] = {}
    for seat in institutions.held_seats(ward, on):
        if seat.body.kind in wanted:
            sitting.setdefault((seat.body.kind, seat.body_id), set()).add(seat.person_id)
    people = {person for those in sitting.values() for person in those}
    came = {person for person, *_rest in facilitation.came(ward, people, on)} if people else set()
    trained = [(f"body:{body}", len(those & came)) for (_kind, body), those in sitting.items()]
    return rules.units(asked, trained, len(wanted))


def _months(ward: str, on: date) -> list[rules.Month]:
    """The months whose close was due by a day, the latest first; as many as a criterion may ask for."""
    kept = {
        one.month: one
        for one in reversed(upk.closes(ward))
        if one.closed_on <= on and (one.undone_on is None or one.undone_on > on)
    }
    rows, last = [], on.replace(day=1) - timedelta(days=1)
    for _back in range(12):
        due = upk.close_due(ward, last)
        if due < on or last in kept:
            rows.append(_month(kept.get(last), due, on))
        last = month_end(last.replace(day=1) - timedelta(days=1))
    return rows


def _month(close: object, due: date, on: date) -> rules.Month:
    if close is None:
        return rules.Month("", False, False)
    against = [one for one in close.checks if one["key"] in OF_BOOKS and one["against"]]  # type: ignore[attr-defined]
    approved = close.approved_on is not None and close.approved_on <= on  # type: ignore[attr-defined]
    return rules.Month(f"month_close:{close.id}", close.closed_on <= due, approved, len(against))  # type: ignore[attr-defined]


def _books(ward: str, on: date, asked: Criterion) -> Found:
    return rules.books(asked, _months(ward, on))


def _lent(ward: str, on: date) -> bool:
    return bool(loans.lent_by(ward, on))


def _loan_book(ward: str, on: date, asked: Criterion) -> Found:
    return rules.loan_book(asked, _months(ward, on), _lent(ward, on))


def _arrears(ward: str, on: date, asked: Criterion) -> Found:
    if not _lent(ward, on):
        return rules.arrears(asked, [], lent=False)
    late = [
        rules.Behind(f"loan:{one.loan.id}", one.due(on)) for one in loans.collection_of(ward, on)
    ]
    return rules.arrears(asked, late, lent=True)


def _review(ward: str, on: date, asked: Criterion) -> Found:
    held = [
        one
        for one in meetings.meetings(ward, kind=YEARLY, status=("closed",))
        if one.quorum_met and one.held_on <= on and (one.signed_on or one.held_on) <= on
    ]
    known = facilitators(ward)
    rows = [
        rules.Yearly(f"meeting:{one.id}", one.held_on, _caller(f"meeting:{one.id}") in known)
        for one in held
    ]
    return rules.own_review(asked, on, rows)


def _caller(record: str) -> str:
    called = [one for one in trail.of_record(record) if one.verb == "meetings.call_meeting"]
    return called[0].actor if called else ""


def _complaints(ward: str, on: date, asked: Criterion) -> Found:
    known = facilitators(ward)
    rows = [
        rules.Case(f"complaint:{one.id}", one.received_on, one.overdue, bool(one.doers & known))
        for one in complaints.handled(ward, on)
    ]
    return rules.complaints(asked, on, rows)


def _works(ward: str, on: date, asked: Criterion) -> Found:
    done = [
        (f"grant:{one.id}", bool(one.keeper) and one.keeper["on"] <= on.isoformat())
        for one in grants.grants_with_all(ward)
        if grants.percent_of(one, on) >= 100
    ]
    return rules.user_groups(asked, done)


READS: dict[str, Callable[[str, date, Criterion], Found]] = {
    "volunteers_active": _volunteers,
    "units_trained": _units,
    "books_closed": _books,
    "own_review": _review,
    "loan_book_reconciled": _loan_book,
    "arrears_plan": _arrears,
    "complaints_local": _complaints,
    "user_groups": _works,
}
