"""What the books say of an entry that puts another one right: kept with it, in Indonesian, as the unit's papers are."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from pendamping.funds.loans.labels import day
from pendamping.funds.loans.models import Loan, Repayment, Sheet
from pendamping.funds.loans.posting import Move
from pendamping.kernel.refusal import N_


def kept(text: str, **values: Any) -> str:
    """A text with its values as the books keep it, whoever writes it in whatever language."""
    with translation.override("id"):
        return gettext(text) % values


def of(loan: Loan, payment: Repayment, move: Move, why: str) -> str:
    """What an entry of a payment is for; ``why``: what made a payment split anew (:func:`late` and the like)."""
    name = f"{loan.code} {loan.group_name}"
    if move.kind == "resplit":
        text = N_("%(loan)s: payment %(receipt)s is split anew because %(why)s; no money moves")
        return kept(text, loan=name, receipt=payment.receipt, why=why)
    if move.kind == "reversed":
        text = N_("Cancellation of payment %(receipt)s, %(loan)s: %(why)s")
        return kept(text, loan=name, receipt=payment.receipt, why=payment.why_reversed)
    return f"{name} {payment.receipt}"


# --- what makes payments split anew: the reason stands in the entry -------------------------------------


def late(payment: Repayment) -> str:
    """A payment was entered after later ones."""
    text = N_("%(receipt)s of %(day)s was entered later")
    return kept(text, receipt=payment.receipt, day=day(payment.paid_on))


def gone(payment: Repayment) -> str:
    """A payment was taken back."""
    text = N_("%(receipt)s of %(day)s was cancelled")
    return kept(text, receipt=payment.receipt, day=day(payment.paid_on))


def sheet_late(sheet: Sheet) -> str:
    """A collection sheet was entered after later payments."""
    text = N_("%(receipt)s of %(day)s was entered later")
    return kept(text, receipt=sheet.code, day=day(sheet.on))


def sheet_gone(sheet: Sheet) -> str:
    """A collection sheet was taken back."""
    text = N_("%(receipt)s of %(day)s was cancelled")
    return kept(text, receipt=sheet.code, day=day(sheet.on))


def rescheduled(on: date, *, back: bool = False) -> str:
    """The loan got a new schedule, or lost it again."""
    if back:
        return kept(N_("the new schedule from %(day)s was taken back"), day=day(on))
    return kept(N_("a new schedule holds from %(day)s on"), day=day(on))


def written_off(on: date, *, back: bool = False) -> str:
    """The loan was written off, or that was taken back."""
    if back:
        return kept(N_("the writing off of %(day)s was taken back"), day=day(on))
    return kept(N_("the loan was written off on %(day)s"), day=day(on))


def settled(on: date) -> str:
    """The loan was settled early."""
    return kept(N_("the loan was settled early on %(day)s"), day=day(on))
