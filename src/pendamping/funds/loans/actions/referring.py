"""Sending a group on to formal finance after its last loan."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import checks, record
from pendamping.funds.loans.actions.deciding import locked
from pendamping.funds.loans.actions.repaying import DESK
from pendamping.funds.loans.models import Referral
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail import actions as trail
from pendamping.trail.writing import action


@action
def refer(*, by: User, ward: str, loan_id: str, on: date, to: str) -> Referral:
    """Refer the group of its last loan to a bank or cooperative ``to``; the letter gets a number.

    Refuses a group that has not yet had and repaid every loan of the ladder.
    """
    loan = locked(ward, loan_id)
    allow(by, "loans.refer", ward)
    ledger.take_turn(ward, DESK)
    known = record.of_group(ward, loan.group_id, on)
    found = checks.day(on, first=loan.closed_on, today=clock.today())
    if known is None or known.last.id != loan.id or known.kind != "referral":
        found.append(
            Reason(
                f"lending.{loan.guideline}.beyond_ceiling",
                "{group} has not yet repaid every loan of the ladder.",
                {"group": loan.group_name},
                {"loan": loan.id},
            )
        )
    if not to.strip():
        found.append(Reason("loans.referral.to", "Write where it is sent.", {}, {"field": "to"}))
    refuse_if(found)
    made = Referral.objects.create(
        ward=ward,
        group_id=loan.group_id,
        loan=loan,
        on=on,
        to=fitting(to, 120),
        year=on.year,
        number=record.next_number(ward, on.year),
        worst_days_late=known.worst_days_late if known else 0,
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    trail.record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, referral=made.code)
    return made
