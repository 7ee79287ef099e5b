"""Taking loans over from an old book: a step of the action that opens a fund in mid-life."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import joint, queries, taken, terms
from pendamping.funds.loans.models import ACTIVE, CLOSED, Loan, LoanMember
from pendamping.funds.loans.rules.plan import standing
from pendamping.funds.loans.rules.taking_over import OldLoan
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse_if
from pendamping.trail.actions import record
from pendamping.trail.writing import current

DESK = "loans"


@dataclass(frozen=True, slots=True)
class Taken:
    """A loan of an old book: its group by id and name, and (person id, name, part) of each member."""

    group_id: str
    group_name: str
    members: Sequence[tuple[str, str, int]]
    old: OldLoan


def take_over(*, by: User, ward: str, on: date, loans: Iterable[Taken]) -> list[Loan]:
    """Enter loans that an old book kept up to the end of a day, with what was paid by then.

    A step of the action that is open, which posts what they are worth on that day: principal still
    owed, and what was paid too much. Refuses, with every reason, a loan that cannot have been so.
    """
    current()
    known = list(loans)
    refuse_if(reason for one in known for reason in taken.problems(ward, on, one.old))
    ledger.take_turn(ward, DESK)
    number = queries.next_number(ward)
    return [_enter(by, ward, on, one, at) for at, one in enumerate(known, start=number)]


def _enter(by: User, ward: str, on: date, one: Taken, number: int) -> Loan:
    loan = taken.draft(ward, on, one.old)
    loan.number, loan.group_id, loan.group_name = number, one.group_id, one.group_name
    loan.entered_on, loan.entered_at = clock.today(), clock.now()
    rows, paid = terms.for_unsaved(loan).plan, terms.payments(loan, ())
    owed = standing(rows, paid, on, terms.order(loan)).owed
    loan.status, loan.closed_on = (ACTIVE, None) if owed else (CLOSED, on)
    loan.save(force_insert=True)
    LoanMember.objects.bulk_create(
        LoanMember(loan=loan, person_id=person, name=name, amount=amount)
        for person, name, amount in one.members
    )
    loan.members_paid = joint.members_paid(loan)
    loan.save(update_fields=["members_paid"])
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=on,
        principal=loan.principal,
        paid_principal=loan.paid_principal,
        paid_service=loan.paid_service,
        overpaid=loan.overpaid,
        old_number=loan.old_number or "",
    )
    return loan


def undo_take_over(*, by: User, ward: str, on: date) -> int:
    """Take out what :func:`take_over` has entered for a day, as a step of the action that is open, which
    has reversed the entry; how many loans. Refuses, by name, loans on which anything happened since.
    """
    current()
    ledger.take_turn(ward, DESK)
    refuse_if(taken.against_undoing(ward, on))
    gone = list(Loan.objects.filter(ward=ward, taken_over_on=on).order_by("number"))
    LoanMember.objects.filter(loan__in=gone).delete()
    for loan in gone:
        record(
            by=by, ward=ward, record=f"loan:{loan.id}", on=on, principal=-loan.principal,
            old_number=loan.old_number or "",
        )  # fmt: skip
        loan.delete()
    return len(gone)
