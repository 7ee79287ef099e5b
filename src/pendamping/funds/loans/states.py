"""Loans with all that belongs to them, and how each stands on a day."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from pendamping.funds.loans import indicators, terms
from pendamping.funds.loans.models import (
    Closure,
    Loan,
    LoanMember,
    Refund,
    Repayment,
    Rescheduling,
)
from pendamping.funds.loans.rules.book import CLASS_FROM, LoanState, state_at
from pendamping.funds.loans.taken import in_book
from pendamping.kernel import memory


def whole(found: "QuerySet[Loan]") -> "QuerySet[Loan]":
    """These loans with their payments, members, new schedules, ends and refunds, in few queries."""
    by_day = Repayment.objects.select_related("received_by").order_by("paid_on", "id")
    members = LoanMember.objects.order_by("pk")
    return found.select_related("group").prefetch_related(
        Prefetch("repayments", by_day),
        Prefetch("members", members),
        Prefetch("reschedulings", Rescheduling.objects.order_by("on", "id")),
        Prefetch("closures", Closure.objects.order_by("on", "id")),
        Prefetch("refunds", Refund.objects.order_by("on", "id")),
    )


def states_of(ward: str, on: date) -> tuple[tuple[Loan, LoanState], ...]:
    """Every loan that was paid out by the day with its state, by number."""
    return memory.in_a_look(("loans.states", ward, on), lambda: _read_states(ward, on))


def _read_states(ward: str, on: date) -> tuple[tuple[Loan, LoanState], ...]:
    classes = indicators.class_from(ward, on)
    found = []
    for one in whole(in_book(ward, on)).order_by("number"):
        if state := state_of(one, on, classes):
            found.append((one, state))
    return tuple(found)


def state_of(
    one: Loan, on: date, classes: tuple[int, int, int, int] = CLASS_FROM
) -> LoanState | None:
    """How a loan stands at the end of a day; ``None``: it was not paid out yet."""
    known = terms.for_book(one, one.repayments.all())
    return state_at(known, on, terms.order(one), classes)
