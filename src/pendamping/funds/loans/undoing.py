"""What taking payments back does to their loans, shown before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.rules import ROLES, roles_with
from pendamping.funds.loans import change_forms, changes, indicators, terms
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.funds.loans.rules.book import LoanState, state_at


@dataclass(frozen=True, slots=True)
class Effect:
    """A loan at the end of a day as it stands, and as it would stand without some payments."""

    loan: Loan
    now: LoanState
    then: LoanState

    @property
    def reopens(self) -> bool:
        """Whether a loan that is paid off runs again."""
        return self.then.active and not self.now.active


def of(loan: Loan, payments: Iterable[Repayment], on: date) -> Effect | None:
    """What a loan would be at the end of a day without these payments; nothing before it was paid out."""
    if loan.disbursed is None or loan.disbursed > on:
        return None
    gone = {one.id for one in payments}
    known = terms.for_book(loan, loan.repayments.all())
    left = [replace(one, reversed_on=on) if one.key in gone else one for one in known.payments]
    without = replace(known, payments=left)
    order, classes = terms.order(loan), indicators.class_from(loan.ward, on)
    return Effect(loan, state_at(known, on, order, classes), state_at(without, on, order, classes))


def shown(
    reader: Any,
    ward: str,
    record: str,
    name: str,
    of_day: date,
    payments: Iterable[Repayment],
    on: date,
    more_cash: int = 0,
    step: str = "take_back",
) -> dict[str, Any]:
    """What a page says before something is taken back: the cash that leaves the cash book, the loans and how they
    stand then, and the meeting that decides where its month is closed. ``more_cash``: savings of the same sheet.
    ``ways``: see :func:`ways`; nothing where no meeting has to decide.
    """
    stands = [one for one in payments if one.reversed_on is None]
    by_loan: dict[str, list[Repayment]] = {}
    for one in stands:
        by_loan.setdefault(one.loan_id, []).append(one)
    loans = {one.loan_id: one.loan for one in stands}
    effects = [of(loans[key], those, on) for key, those in by_loan.items()]
    asks = changes.taken_back_by_meeting(ward, of_day)
    text = _("%(name)s of a closed month is taken back") % {"name": name}
    decide = change_forms.decide(ward, on, step, record, text) if asks else None
    return {
        "undone_cash": more_cash + sum(one.amount for one in stands if not one.draw_id),
        "effects": [one for one in effects if one],
        "decide": decide,
        "ways": ways(reader, ward) if decide else None,
    }


def ways(reader: Any, ward: str) -> dict[str, Any]:
    """Which ways to the meeting the reader may go, and whose they are otherwise: the treasurer who enters what was
    decided calls no meeting, and who calls it enters nothing here.
    """
    return {
        "call": access.may(reader, "meetings.call_meeting", ward),
        "record": access.may(reader, "meetings.record_decision", ward),
        "callers": _roles("meetings.call_meeting"),
        "enters": _roles("loans.reverse_repayment"),
    }


def _roles(step: str) -> str:
    return ", ".join(gettext(ROLES[role][0]) for role in roles_with(step))


def meetings_for(ward: str, of_day: date, on: date) -> list[tuple[str, str]] | None:
    """The meetings that may have decided it; ``None`` where no meeting has to."""
    if not changes.taken_back_by_meeting(ward, of_day):
        return None
    return change_forms.meetings_for(ward, on, "take_back")
