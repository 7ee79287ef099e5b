"""Recording what was done to collect a loan that is behind."""

from collections.abc import Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import checks, collection, letters, queries
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.actions.repaying import DESK
from pendamping.funds.loans.models import LOST, CollectionStep, Loan
from pendamping.funds.loans.rules.collection import Recorded, Step, back_problems, problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def record_collection_step(
    *,
    by: User,
    ward: str,
    loan_id: str,
    step: str,
    on: date,
    note: str = "",
    until: date | None = None,
    place: str = "",
) -> CollectionStep:
    """Record a step of the ladder for a loan that was behind on its day; a letter gets its number.

    ``until``: the day that was promised, the last day to pay, or the day of the group's meeting.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.record_collection_step", ward)
    ledger.take_turn(ward, DESK)
    known = collection.steps(ward, on)
    refuse_if(_against(loan, Recorded(step, on, note, until, place), known))
    paper = next(one.paper for one in known if one.key == step)
    made = CollectionStep.objects.create(
        ward=ward,
        loan=loan,
        step=step,
        paper=paper,
        on=on,
        year=on.year,
        number=collection.next_letter(ward, on.year) if paper else None,
        note=fitting(note, 300),
        until=until,
        place=fitting(place, 120),
        said=letters.said(loan, on) if paper else {},
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, step=step, letter=made.code)
    return made


def _against(loan: Loan, one: Recorded, known: Sequence[Step]) -> list[Reason]:
    """Why a step cannot be recorded, by what was unpaid on its day and by the steps before it."""
    state = queries.card_of(loan, one.on).state
    return problems(
        one,
        known,
        behind=state.late_count if state else 0,
        first=loan.disbursed,
        today=clock.today(),
        done=[(each.step, each.on) for each in loan.collection.filter(taken_back_on=None)],
        since=collection.since(loan, one.on),
    )


@action
def take_back_collection_step(
    *, by: User, ward: str, loan_id: str, step_id: str, on: date, why: str
) -> CollectionStep:
    """A step was entered wrongly: from ``on`` it does not count; it stays to be read, with the reason.

    Refuses where it was taken back before, and where the loan was written off after it.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.take_back_collection_step", ward)
    step = loan.collection.filter(pk=step_id).first()
    if step is None:
        raise refuse("loans.collection.none", "There is no such step.", where={"step": step_id})
    refuse_if(
        [
            *back_problems(why, back=step.taken_back_on, written_off=loan.status == LOST),
            *checks.day(on, first=step.on, today=clock.today()),
        ]
    )
    step.taken_back_on, step.taken_back_by, step.why_taken_back = on, by, fitting(why.strip(), 300)
    step.save(update_fields=["taken_back_on", "taken_back_by", "why_taken_back"])
    record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, collection=step.id, step=step.step)
    return step
