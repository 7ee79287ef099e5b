"""What is known of a loan on the day on which it is to change, gathered for the rules."""

from collections.abc import Iterable
from datetime import date, timedelta

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import checks, collection, indicators, terms
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.rules.book import LoanState, state_at
from pendamping.funds.loans.rules.changes import Proposal, Settlement, settlement
from pendamping.funds.loans.rules.collection import Step
from pendamping.funds.loans.rules.plan import Standing, standing
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings

KEEPS_CLASS_FOR, MOST_TIMES, FROM_CLASS = 3, 2, 5


def on_day(loan: Loan, day: date) -> Standing:
    """Where the loan stands at the end of a day."""
    known = terms.for_book(loan, loan.repayments.all())
    return standing(known.plan, known.payments, day, terms.order(loan))


def state(loan: Loan, day: date) -> LoanState | None:
    """The loan in the loan book at the end of a day."""
    known = terms.for_book(loan, loan.repayments.all())
    return state_at(known, day, terms.order(loan), indicators.class_from(loan.ward, day))


def proposal(
    loan: Loan, on: date, instalments: int, first_due: date, service: int | None
) -> Proposal:
    """A new schedule from a day on, with what the loan owes at the end of the day before."""
    before = on - timedelta(days=1)
    left = on_day(loan, before).left
    unpaid = sum(row.service for row in left)
    found = state(loan, before)
    stands = [kind for kind, _ in terms.changes(loan) if kind == "rescheduled"]
    return Proposal(
        on=on,
        principal=sum(row.principal for row in left),
        service=unpaid if service is None else service,
        instalments=instalments,
        first_due=first_due,
        unpaid_service=unpaid,
        first_due_before=terms.rows(loan)[0].due,
        rate_bp=loan.rate_bp,
        class_before=(found.collectibility if found else None) or 1,
        times=len(stands),
        most_times=int(_rule(loan.ward, on, "most_times", MOST_TIMES)),
    )


def unsettled(loan: Loan, on: date) -> list[Reason]:
    """Why what was owed at the end of the day before ``on`` can no longer be decided on: a payment that counted
    then was taken back since, or the month is closed."""
    return [
        *payments_taken_back(loan, on - timedelta(days=1)),
        *checks.closed_month(on, books.closed_until(loan.ward)),
    ]


def paid_on(loan: Loan, on: date) -> int:
    """What came in for the loan on a day and stands, in whole rupiah."""
    return sum(
        one.amount for one in loan.repayments.all() if one.paid_on == on and not one.reversed_on
    )


def payments_taken_back(loan: Loan, day: date) -> list[Reason]:
    """Why a change cannot rest on the end of a day: a payment that counted then was taken back later."""
    return checks.taken_back_since(
        ((one.paid_on, one.reversed_on) for one in loan.repayments.all()), day
    )


def _rule(ward: str, on: date, key: str, default: int | str) -> int | str:
    found: int | str = guidelines.section("rescheduling", ward, on).get(key, default)
    return found


def keeps_class_for(ward: str, on: date) -> int:
    """For how many paid instalments a rescheduled loan keeps its former class."""
    return int(_rule(ward, on, "keeps_class_for", KEEPS_CLASS_FOR))


def write_off_from(ward: str, on: date) -> int:
    """From which class on a loan may be written off."""
    return int(_rule(ward, on, "write_off_from_class", FROM_CLASS))


def settles(loan: Loan, on: date) -> Settlement:
    """What settles the loan on a day, by the guideline's rule on service not yet due."""
    rule = guidelines.section("early_settlement", loan.ward, on).get("service_not_due", "running")
    return settlement(on_day(loan, on).left, on, rule)


def steps_left(loan: Loan, on: date) -> list[Step]:
    """The steps of collection that a writing off from a day on still wants."""
    return collection.missing(loan, on)


def all_the_same(loan_id: str) -> str:
    """What a meeting decides that writes a loan off though steps of collection were not taken."""
    return f"{loan_id}:early"


def ladder_reason(loan: Loan, on: date, left: Iterable[Step]) -> Reason:
    """These steps of collection were not taken."""
    return Reason(
        f"rescheduling.{guidelines.code(loan.ward, on)}.write_off_after",
        "Steps of collection that were not taken yet: {steps}. Take them first, or let the meeting decide with its "
        "reason that the loan is written off all the same.",
        {"steps": ", ".join(one.name for one in left)},
    )


DECIDED_BY = {
    # what is decided: (what the guideline calls it in "decides_on", and, where a clause of its own
    # names the kind of meeting: section, key, the kind where that says nothing)
    "approve": ("loans", "", "", "board"),
    "reschedule": ("rescheduling", "rescheduling", "decided_by", "board"),
    "write_off": ("write_off", "rescheduling", "write_off_by", "citizens"),
    "take_back": ("books_reopened", "closing", "taken_back_by", "board"),
    "take_back_sheet": ("books_reopened", "closing", "taken_back_by", "board"),
    "lift_suspension": ("lending_resumed", "suspension", "lifted_by", "board"),
}


def kind_of_meeting(ward: str, on: date, step: str) -> str:
    """The kind of meeting that decides on a step, by the guideline."""
    matter, section, key, default = DECIDED_BY[step]
    if section:
        return str(guidelines.section(section, ward, on).get(key, default))
    return next(iter(meetings.deciding_kinds(ward, on, matter)), default)


def decided(
    ward: str,
    on: date,
    meeting_id: str,
    step: str,
    record_id: str,
    *,
    outcome: str = "accepted",
    since: date | None = None,
    used: int = 0,
) -> list[Reason]:
    """Why a meeting did not validly decide on a step (subject ``loans.<step>:<record id>``).

    It must be of the kind that the guideline names, held by the day (and not before ``since``), with
    its quorum met, the ``outcome`` decided, and its minutes signed; ``used``: how often it was carried
    out before.
    """
    found = meetings.meeting(ward, meeting_id) if meeting_id else None
    if found is None:
        where = {"field": "meeting_id"}
        return [Reason("loans.decided.meeting", "Name the meeting that decided it.", {}, where)]
    matter, section, key, _default = DECIDED_BY[step]
    clause = f"{section}.{guidelines.code(ward, on)}.{key}"
    reasons = meetings.decided(
        ward,
        meeting_id,
        f"loans.{step}:{record_id}",
        matter=matter,
        by=(kind_of_meeting(ward, on, step), clause) if section else None,
        outcome=outcome,
        since=since,
        until=on,
        used=used,
    )
    return [*reasons, *_signed(found)]


def taken_back_by_meeting(ward: str, of: date) -> bool:
    """Whether a meeting decides on taking back what was entered for a day: its month is closed."""
    return bool(checks.closed_month(of, books.closed_until(ward)))


def against_taking_back(
    ward: str, of: date, on: date, meeting_id: str, record_id: str, step: str = "take_back"
) -> list[Reason]:
    """Why a payment or a sheet (``step``) of a closed month is not taken back yet (subject ``loans.<step>:<id>``):
    nobody alone undoes what the board has signed; ``of``: its day, ``on``: the day of taking back.
    """
    closed = books.closed_until(ward)
    if closed is None or not taken_back_by_meeting(ward, of):
        return []
    if later := checks.closed_month(on, closed):
        return later
    missing = decided(ward, on, meeting_id, step, record_id)
    clause = f"closing.{guidelines.code(ward, on)}.taken_back_by"
    return [checks.of_closed_month(of, closed, clause), *missing] if missing else []


def _signed(meeting: object) -> list[Reason]:
    """Minutes are signed whatever the kind of meeting asks for."""
    status, rule = getattr(meeting, "status", ""), getattr(meeting, "quorum_rule", {})
    if status == "closed" or (rule or {}).get("minutes_required", True):
        return []  # signed; or meetings has said so itself
    return [
        Reason(
            "loans.decided.minutes",
            "The minutes of the meeting are not signed yet.",
            {},
            {"field": "meeting_id"},
        )
    ]


def reserve(ward: str, on: date | None = None) -> int:
    """What the reserve for bad loans holds at the end of a day (default: of all days)."""
    return -books.balance(ward, "loan_reserve", on)


def least_owed_back(loan: Loan, on: date) -> int:
    """What can be given back on a day: the least that the group is owed on any day from then on."""
    known = terms.for_book(loan, loan.repayments.all())
    days = {on, date.max}
    days |= {one.on for one in known.payments} | {
        one.reversed_on for one in known.payments if one.reversed_on
    }
    days |= {one.on for one in loan.refunds.all()}
    return min(_owed_back(loan, day) for day in days if day >= on)


def _owed_back(loan: Loan, day: date) -> int:
    given = sum(
        one.amount
        for one in loan.refunds.all()
        if one.on <= day and (one.taken_back_on is None or day < one.taken_back_on)
    )
    return on_day(loan, day).paid.overpaid - given
