"""From a stored loan to the rules: its schedule, its payments, its product."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import cast

from pendamping.funds.loans.models import Loan, Repayment
from pendamping.funds.loans.rules import book
from pendamping.funds.loans.rules.allocation import Order, Payment
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.product import LoanProduct
from pendamping.funds.loans.rules.reading import read_every
from pendamping.funds.loans.rules.schedule import Instalment, schedule
from pendamping.funds.loans.rules.terms import GraceService, Method, Terms
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import Refusal, refuse_if


def product(ward: str, on: date) -> LoanProduct:
    """What the guideline in force offers; raises ``Refusal`` where it is damaged."""
    section = {**guidelines.section("loans", ward, on)}
    groups = guidelines.section("groups", ward, on)
    section.setdefault("pledge_required", groups.get("pledge_required", True))
    found, reasons = LoanProduct.from_section(section, guidelines.code(ward, on))
    refuse_if(reasons)
    if found is None:
        raise Refusal(reasons)
    return found


def order(loan: Loan) -> Order:
    """In which order a payment fills the instalments."""
    return cast(Order, loan.allocation)


def rows(loan: Loan, disbursed: date | None = None) -> list[Instalment]:
    """The schedule of a loan; before it is paid out, as if that were on the day given.

    Flat monthly loans with grace before the instalments and no service in it follow the schedule
    of the loan book; any other product its own terms.
    """
    start = loan.disbursed or disbursed
    if start is None:
        return []
    usual = (loan.every, loan.method, loan.grace_in_tenor, loan.grace_service)
    if usual == ("1month", "flat", False, "waived"):
        return book_schedule(
            principal=loan.principal,
            rate_bp=loan.rate_bp,
            instalments=loan.instalments,
            grace_months=loan.grace_months,
            disbursed=start,
        )
    every = read_every(loan.every)
    return schedule(
        Terms(
            loan.principal,
            loan.instalments,
            Fraction(loan.rate_bp, 10_000),
            start,
            grace=loan.grace_months // every[0],
            grace_in_tenor=loan.grace_in_tenor,
            grace_service=cast(GraceService, loan.grace_service),
            every=every,
            method=cast(Method, loan.method),
        )
    )


def every_text(found: LoanProduct) -> str:
    """How often, as it is stored: ``1month``, ``2weeks``."""
    count, unit = found.every
    return f"{count}{unit}" if count > 1 else f"1{unit.removesuffix('s')}"


def payments(repayments: Iterable[Repayment]) -> list[Payment]:
    """Payments as the rules know them; split by the rule, never by what is stored."""
    return [
        Payment(one.id, one.paid_on, one.amount, reversed_on=one.reversed_on) for one in repayments
    ]


def for_book(loan: Loan, repayments: Iterable[Repayment]) -> book.Loan:
    """A loan that was paid out, with its payments, as the loan book reads it."""
    assert loan.disbursed is not None
    return book.Loan(
        loan.id, loan.ward, loan.group_id, loan.disbursed, rows(loan), payments(repayments)
    )
