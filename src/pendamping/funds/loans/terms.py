"""From a stored loan to the rules: its schedule, its payments, its product."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, cast

from pendamping.funds.loans.models import Loan, Repayment
from pendamping.funds.loans.rules import book
from pendamping.funds.loans.rules.allocation import Order, Payment
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.plan import Closure, Plan, Segment, segment_rows
from pendamping.funds.loans.rules.product import LoanProduct
from pendamping.funds.loans.rules.reading import read_every
from pendamping.funds.loans.rules.schedule import Instalment, schedule
from pendamping.funds.loans.rules.terms import Amortisation, GraceService, Method, Terms
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Refusal, refuse_if


def product(ward: str, on: date) -> LoanProduct:
    """What the guideline in force offers; raises ``Refusal`` where it is damaged."""
    section = {**guidelines.section("loans", ward, on)}
    groups = guidelines.section("groups", ward, on)
    section.setdefault("pledge_required", groups.get("pledge_required", True))
    section.setdefault(
        "poor_list_ratified",
        groups.get("poor_list_ratified", False) and groups.get("members_on_poor_list", False),
    )
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
    if usual(loan):
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
            grace=grace_periods(loan),
            grace_in_tenor=loan.grace_in_tenor,
            grace_service=cast(GraceService, loan.grace_service),
            every=every,
            method=cast(Method, loan.method),
            amortisation=cast(Amortisation, loan.amortisation),
        )
    )


def grace_periods(loan: Loan) -> int:
    """The grace in periods between instalments."""
    count, unit = read_every(loan.every)
    return loan.grace_months // count if unit == "months" else loan.grace_periods


def first_days(loan: Loan) -> dict[str, Any]:
    """The days before which nothing is paid here: ``disbursed``, and ``taken_over`` from an old book."""
    assert loan.disbursed is not None
    return {"disbursed": loan.disbursed, "taken_over": loan.taken_over_on}


def plan(loan: Loan) -> Plan:
    """The schedule of a loan that was paid out, with all that changed it since."""
    return Plan(rows(loan), segments(loan), closures(loan))


def segments(loan: Loan) -> list[Segment]:
    """The reschedulings that stand."""
    return [
        Segment(
            one.on,
            segment_rows(
                principal=one.principal,
                service=one.service,
                instalments=one.instalments,
                first_due=one.first_due,
                every=read_every(one.every),
            ),
            one.keeps_class_for,
        )
        for one in loan.reschedulings.all()
        if one.taken_back_on is None
    ]


def closures(loan: Loan) -> list[Closure]:
    """The settlements and writings off, with those that were taken back later."""
    return [
        Closure(one.on, one.kind, one.principal, one.service, one.taken_back_on)
        for one in loan.closures.all()
    ]


def usual(loan: Any) -> bool:
    """Whether a loan is flat and monthly, with grace before the instalments and no service in it."""
    agreed = (loan.every, loan.method, loan.amortisation, loan.grace_in_tenor, loan.grace_service)
    return agreed == ("1month", "flat", "equal-principal", False, "waived")


def every_text(found: LoanProduct) -> str:
    """How often, as it is stored: ``1month``, ``2weeks``."""
    count, unit = found.every
    return f"{count}{unit}" if count > 1 else f"1{unit.removesuffix('s')}"


TAKEN_OVER = "!taken-over"
"""The key of what an old book says was paid by the day of the taking over: before all others of it."""


def payments(loan: Loan, repayments: Iterable[Repayment]) -> list[Payment]:
    """Payments as the rules know them; split by the rule, never by what is stored.

    What was paid by the day on which the loan was taken over from an old book comes first, as one
    payment of that day, split as that book split it.
    """
    found = [
        Payment(one.id, one.paid_on, one.amount, reversed_on=one.reversed_on) for one in repayments
    ]
    if loan.taken_over_on is None:
        return found
    posted = loan.taken_principal or 0, loan.taken_service or 0
    amount = sum(posted) + (loan.taken_overpaid or 0)
    return [Payment(TAKEN_OVER, loan.taken_over_on, amount, posted), *found]


def for_book(loan: Loan, repayments: Iterable[Repayment]) -> book.Loan:
    """A loan that was paid out, with its payments, as the loan book reads it."""
    assert loan.disbursed is not None
    return book.Loan(
        loan.id,
        loan.ward,
        loan.group_id,
        loan.disbursed,
        rows(loan),
        payments(loan, repayments),
        segments(loan),
        closures(loan),
    )


def for_unsaved(loan: Loan) -> book.Loan:
    """A loan of an old book that is not stored yet, as the loan book would read it."""
    assert loan.disbursed is not None
    return book.Loan(loan.id, loan.ward, "", loan.disbursed, rows(loan), payments(loan, ()))


def changes(loan: Loan) -> list[tuple[str, date]]:
    """What stands of all that changed the plan of a loan: (``rescheduled`` or a closure's kind, day)."""
    found = [
        ("rescheduled", one.on) for one in loan.reschedulings.all() if one.taken_back_on is None
    ]
    found += [(one.kind, one.on) for one in loan.closures.all() if one.taken_back_on is None]
    return sorted(found, key=lambda one: one[1])


def next_due(loan: Loan, after: date) -> date:
    """When a new schedule would begin: a period after a day, but not within the grace that was agreed."""
    count, unit = read_every(loan.every)
    first = rows(loan)[0].due
    if unit == "months":
        later = add_months(after, count)
    else:
        later = after + timedelta(days=count * (7 if unit == "weeks" else 1))
    return max(first, later)
