"""What a ward package takes from this room, so that the loan book reads it as it is; belongs to ``queries``."""

from collections.abc import Iterator
from typing import Any

from pendamping.funds.loans import terms
from pendamping.funds.loans.models import PAID_OUT, Loan, LoanMember, Repayment

Rows = Iterator[dict[str, Any]]


def dump(ward: str) -> dict[str, Rows]:
    """Rows of the ward package: ``loans``, ``loan_members``, ``repayments``, ``segments``, ``closures``.

    Loans that were paid out. Payments come without a split, for the rule splits them alike everywhere; what
    they went into here stands in ``into_principal`` and ``into_service``.
    """
    found = list(
        Loan.objects.filter(ward=ward, status__in=PAID_OUT)
        .order_by("id")
        .prefetch_related("reschedulings", "closures")
    )
    return {
        "loans": map(_loan, found),
        "loan_members": iter(
            {"loan_id": row["loan"], "person": row["person"], "amount": row["amount"]}
            for row in LoanMember.objects.filter(loan__in=[one.id for one in found]).values(
                "loan", "person", "amount"
            )
        ),
        "repayments": _repayments(ward, found),
        "segments": (row for one in found for row in _segments(one)),
        "closures": (row for one in found for row in _closures(one)),
    }


def _loan(one: Loan) -> dict[str, Any]:
    names = ("ward", "group_id", "principal", "rate_bp", "instalments", "grace_months", "cycle")
    days = {"disbursed": one.disbursed, "entered_on": one.entered_on}
    return {"loan_id": one.id, **{name: getattr(one, name) for name in names}, **days}


def _repayments(ward: str, found: list[Loan]) -> Rows:
    by_order = {one.id for one in found if one.allocation != "service-first"}
    rows = Repayment.objects.filter(ward=ward).order_by("id")
    columns = ("id", "paid_on", "amount", "entered_on", "reversed_on")
    for row in rows.values("loan", "principal", "service", "received_by__username", *columns):
        split = {"into_principal": row["principal"], "into_service": row["service"]}
        if row["loan"] in by_order:
            split |= {"principal": row["principal"], "service": row["service"]}
        yield {
            **{name: row[name] for name in columns},
            "loan_id": row["loan"],
            "received_by": row["received_by__username"],
            **split,
        }
    for one in found:
        if one.taken_over_on:
            paid = {"principal": one.taken_principal or 0, "service": one.taken_service or 0}
            yield {
                "id": f"{one.id}:taken-over",
                "loan_id": one.id,
                "paid_on": one.taken_over_on,
                "amount": sum(paid.values()) + (one.taken_overpaid or 0),
                "entered_on": one.entered_on,
                **paid,
            }


def _segments(one: Loan) -> Rows:
    """What a plain row cannot say: weekly loans and other grace from the first day, then reschedulings."""
    if not terms.usual(one):
        rows = terms.rows(one)
        yield {
            "loan_id": one.id,
            "from": one.disbursed,
            "principal": one.principal,
            "service": sum(row.service for row in rows),
            "instalments": len(rows),
            "first_due": rows[0].due,
            "every": one.every,
        }
    for made in one.reschedulings.all():
        if made.taken_back_on is None:
            names = (
                "principal", "service", "instalments", "first_due", "every", "keeps_class_for",
                "class_before",
            )  # fmt: skip
            said = {name: getattr(made, name) for name in names}
            yield {"loan_id": one.id, "from": made.on, **said}


def _closures(one: Loan) -> Rows:
    for made in one.closures.all():
        if made.taken_back_on is None:
            names = ("on", "kind", "principal", "service")
            yield {"loan_id": one.id, **{name: getattr(made, name) for name in names}}
