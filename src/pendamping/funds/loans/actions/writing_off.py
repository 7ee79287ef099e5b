"""Writing a loan off, and taking that back."""

from datetime import date, timedelta

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import changes, checks, narrations, terms
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.actions.repaying import settle
from pendamping.funds.loans.models import ACTIVE, WRITTEN_OFF, Closure, Loan
from pendamping.funds.loans.rules.changes import write_off_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def write_off(*, by: User, ward: str, loan_id: str, on: date, meeting_id: str, why: str) -> Closure:
    """Take a bad loan out of the book against the reserve, as a citizens' meeting decided (subject
    ``loans.write_off:<loan id>``) with its quorum held and its minutes signed.

    What was owed at the end of the day before ``on``. The group still owes it: what comes in from
    ``on`` on is recovered, as income.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.write_off", ward)
    refuse_if(checks.state(loan.status, ACTIVE, loan.id))
    ledger.take_turn(ward, "reserve")
    left = changes.on_day(loan, on - timedelta(days=1)).left
    principal, service = sum(row.principal for row in left), sum(row.service for row in left)
    refuse_if(
        [
            *checks.day(on, first=_first_day(loan), today=clock.today()),
            *checks.why(why, "loans.write_off.why"),
            *_decided(loan, on, meeting_id),
            *_not_yet(loan, on, principal),
        ]
    )
    made = Closure.objects.create(
        loan=loan,
        ward=ward,
        on=on,
        kind=WRITTEN_OFF,
        principal=principal,
        service=service,
        meeting=meeting_id,
        why=fitting(why, 300),
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    _post(by, loan, made)
    changed = settle(by, loan, narrations.written_off(on))
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=on,
        closure=made.id,
        meeting=meeting_id,
        principal=principal,
        service=service,
        split_anew=changed,
    )
    return made


def _decided(loan: Loan, on: date, meeting_id: str) -> list[Reason]:
    """Why the meeting did not decide it: all the same (subject ``loans.write_off:<loan id>:early``) where steps of
    collection are missing, else simply.
    """
    left = changes.steps_left(loan, on)
    asked = (changes.all_the_same(loan.id), *(() if left else (loan.id,)))
    found = [changes.decided(loan.ward, on, meeting_id, "write_off", one) for one in asked]
    if any(not reasons for reasons in found):
        return []
    if not left:
        return found[-1]
    return [changes.ladder_reason(loan, on, left), *found[0]]


def _first_day(loan: Loan) -> date:
    assert loan.begins is not None
    return max([loan.begins, *(day for _, day in terms.changes(loan))]) + timedelta(days=1)


def _not_yet(loan: Loan, on: date, principal: int) -> list[Reason]:
    """Why it cannot be taken out on that day: what is owed is not settled, or not bad, or not covered."""
    state = changes.state(loan, on - timedelta(days=1))
    reserve = min(changes.reserve(loan.ward, on), changes.reserve(loan.ward))
    found = changes.unsettled(loan, on) + checks.paid_that_day(changes.paid_on(loan, on), on)
    return found + write_off_problems(
        collectibility=(state.collectibility if state else None) or 1,
        from_class=changes.write_off_from(loan.ward, on),
        principal=principal,
        reserve=reserve,
        guideline=loan.guideline,
    )


def _post(by: User, loan: Loan, made: Closure) -> None:
    """A loan of which only service is owed moves nothing: service is income when it is paid."""
    if not made.principal:
        return
    ledger.post(
        by=by,
        ward=loan.ward,
        on=made.on,
        kind="written-off",
        ref=f"closure:{made.id}",
        lines=[("loan_reserve", made.principal), ("loans", -made.principal)],
        narration=f"{loan.code} {loan.group_name}",
    )


@action
def take_back_write_off(*, by: User, ward: str, closure_id: str, why: str) -> Loan:
    """A writing off that was entered wrongly counts as never made; what came in since is split anew."""
    found = Closure.objects.filter(pk=closure_id, ward=ward, kind=WRITTEN_OFF).first()
    if found is None:
        raise refuse("loans.write_off", "This loan was not written off.")
    loan = locked(ward, found.loan_id)
    allow(by, "loans.take_back_write_off", ward)
    found.refresh_from_db()
    refuse_if(
        [
            *checks.taken_back(found.taken_back_on, last_change=found.on, on=found.on),
            *checks.closed_month(found.on, books.closed_until(ward)),
            *checks.why(why, "loans.write_off.why"),
        ]
    )
    found.taken_back_on, found.why_taken_back = found.on, fitting(why, 300)
    found.save(update_fields=["taken_back_on", "why_taken_back"])
    for entry in books.standing(ward, [f"closure:{found.id}"]):
        ledger.undo(by=by, ward=ward, entry_id=entry.id, why=why)
    changed = settle(by, loan, narrations.written_off(found.on, back=True))
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=found.on,
        closure=found.id,
        split_anew=changed,
    )
    return loan
