"""Loans of an old book as they will stand here: their terms, their schedule, their state on the day."""

from datetime import date

from django.db.models import Q, QuerySet

from pendamping.funds.loans import indicators, terms
from pendamping.funds.loans.models import (
    Closure,
    CollectionStep,
    Loan,
    PaidBack,
    Referral,
    Refund,
    Repayment,
    Rescheduling,
    SheetLine,
)
from pendamping.funds.loans.rules import taking_over as rules
from pendamping.funds.loans.rules.book import LoanState, state_at
from pendamping.funds.loans.rules.reading import read_every
from pendamping.funds.loans.rules.taking_over import OldLoan
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import Reason


def draft(ward: str, on: date, old: OldLoan) -> Loan:
    """A loan that is not stored: principal, rate, instalments and grace of the old book, how they run
    by the guideline of the day, and what was paid by the end of it.
    """
    offered, text = terms.product(ward, on), guidelines.in_force(ward, on)
    every = terms.every_text(offered)
    monthly = read_every(every)[1] == "months"
    return Loan(
        ward=ward,
        cycle=old.cycle,
        principal=old.principal,
        rate_bp=old.rate_bp,
        instalments=old.instalments,
        grace_months=old.grace if monthly else 0,
        grace_periods=0 if monthly else old.grace,
        grace_in_tenor=offered.grace_in_tenor,
        grace_service=offered.grace_service,
        every=every,
        method=offered.method,
        amortisation=offered.amortisation,
        allocation=offered.allocation,
        guideline=text.code,
        guideline_version=text.version,
        applied_on=old.disbursed,
        disbursed=old.disbursed,
        paid_principal=old.paid_principal,
        paid_service=old.paid_service,
        overpaid=old.overpaid,
        taken_over_on=on,
        taken_principal=old.paid_principal,
        taken_service=old.paid_service,
        taken_overpaid=old.overpaid,
        old_number=old.number or None,
    )


def problems(ward: str, on: date, old: OldLoan) -> list[Reason]:
    """Why a loan cannot be taken over as its old book has it."""
    found = rules.problems(old, on)
    return found or rules.service_problems(old, terms.rows(draft(ward, on, old)))


def settled(ward: str, on: date, old: OldLoan) -> bool:
    """Whether nothing is owed any more: such a loan stays in the old book."""
    return rules.settled(old, terms.rows(draft(ward, on, old)))


def state(ward: str, on: date, old: OldLoan) -> LoanState | None:
    """How it stands in the loan book at the end of the day."""
    loan = draft(ward, on, old)
    known = terms.for_unsaved(loan)
    return state_at(known, on, terms.order(loan), indicators.class_from(ward, on))


def in_book(ward: str, on: date) -> "QuerySet[Loan]":
    """Loans that stand in the book by the end of a day: paid out, or taken over from an old book."""
    here = Q(taken_over_on=None) | Q(taken_over_on__lte=on)
    return Loan.objects.filter(here, ward=ward, disbursed__lte=on)


_AFTER = (Repayment, Rescheduling, Closure, Refund, CollectionStep, Referral, SheetLine, PaidBack)


def against_undoing(ward: str, on: date) -> list[Reason]:
    """Loans that were taken over on a day and on which something has happened since."""
    found = Loan.objects.filter(ward=ward, taken_over_on=on).order_by("number")
    used = {
        key
        for kind in _AFTER
        for key in kind.objects.filter(loan__in=found).values_list("loan", flat=True)
    }
    return [
        Reason(
            "loans.taken_over.used",
            "Something has happened on loan {loan} since; it cannot be taken back.",
            {"loan": one.code},
            {"loan": one.id},
        )
        for one in found
        if one.id in used
    ]
