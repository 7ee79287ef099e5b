"""Why a loan stands in its class where its days and instalments alone do not say it: each with its clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.funds.loans import indicators, reserve, terms
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.rules.book import LoanState
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

LOST_CLASS = 5
COUNTS = N_(
    "At the end of the day {count} instalments are unpaid: LAR, PAR and RR count it, as every loan from {least} "
    "on, whatever its class."
)
COUNTS_NOT = N_(
    "At the end of the day {count} instalments are unpaid, fewer than {least}: LAR, PAR and RR do not count it, "
    "whatever its class."
)

KEPT_COUNTS = N_(
    "It got a new schedule on {day}. Until {count} instalments of it are paid it keeps class {class} and counts with "
    "{behind} instalments behind, as before: LAR, PAR and RR go on counting it."
)
KEPT_NOT = N_(
    "It got a new schedule on {day}. Until {count} instalments of it are paid it keeps class {class} and counts with "
    "{behind} instalments behind, as before. That is fewer than {least}: LAR, PAR and RR do not count it, whatever "
    "its class."
)


def of(
    loan: Loan,
    state: LoanState | None,
    on: date,
    shares: Mapping[int, int] | None = None,
    *,
    risk: bool = True,
) -> list[Reason]:
    """What explains the class of a running loan at the end of a day; empty where the days late do.

    ``shares``: the reserve's percentages by class, where they were read already. ``risk``: say too whether
    LAR, PAR and RR count it, which goes by another measure than the class.
    """
    if state is None or not state.active or not state.collectibility:
        return []
    code = guidelines.code(loan.ward, on)
    last = terms.plan(loan).rows_on(on)[-1].due
    if last < on:
        shares = shares or reserve.percentages(loan.ward, on)
        past = _past_end(code, last, state, shares[5])
        return [past, _risk(loan, code, on, state)] if risk else [past]
    found = []
    if state.rescheduled and state.kept_behind:
        found.append(_kept(loan, code, on, state))
    if state.instalments_behind and not state.days_past_due:
        found.append(
            Reason(
                _watch(loan.ward, on),
                "An instalment falls due on {day} and is not paid yet. It is no arrears; the class is that of the "
                "day's end, and not paid by then it counts as one instalment behind. Paid on that day, the loan "
                "stays in its class.",
                {"day": on.isoformat()},
            )
        )
    if risk and state.risk_behind >= indicators.at_risk_from(loan.ward, on):
        found.append(_risk(loan, code, on, state))
    return found


def _risk(loan: Loan, code: str, on: date, state: LoanState) -> Reason:
    least = indicators.at_risk_from(loan.ward, on)
    values = {"count": str(state.risk_behind), "least": str(least)}
    counts = state.risk_behind >= least
    return Reason(
        f"suspension.{code}.at_risk_from_behind", COUNTS if counts else COUNTS_NOT, values
    )


def _past_end(code: str, last: date, state: LoanState, percent: int) -> Reason:
    values = {
        "day": last.isoformat(),
        "sum": format_rupiah(state.outstanding_principal),
        "percent": str(percent),
    }
    return Reason(
        f"collectibility.{code}.bad",
        "Its last instalment fell due on {day} and {sum} of the principal is still open: class 5, however few "
        "instalments are behind. The reserve is {percent} % of what is open.",
        values,
    )


def _kept(loan: Loan, code: str, on: date, state: LoanState) -> Reason:
    stands = [one for one in loan.reschedulings.all() if one.taken_back_on is None and one.on <= on]
    latest = max(stands, key=lambda one: one.on)
    least = indicators.at_risk_from(loan.ward, on)
    return Reason(
        f"rescheduling.{code}.keeps_class_for",
        KEPT_COUNTS if state.risk_behind >= least else KEPT_NOT,
        {
            "day": latest.on.isoformat(),
            "count": str(latest.keeps_class_for),
            "class": str(latest.class_before),
            "behind": str(state.kept_behind),
            "least": str(least),
        },
    )


def of_book(rows: Iterable[tuple[Loan, LoanState]], ward: str, on: date) -> list[dict[str, Any]]:
    """The loans of a book whose class wants explaining: ``loan`` and ``reasons``.

    Those that only fall due on the day are one line together, with how many they are (``loan``: ``None``).
    """
    shares = reserve.percentages(ward, on)
    found = [
        {"loan": loan, "reasons": of(loan, state, on, shares, risk=False)} for loan, state in rows
    ]
    due = [one for one in found if [r.clause for r in one["reasons"]] == [_watch(ward, on)]]
    alone = [one for one in found if one["reasons"] and one not in due]
    together = {"loan": None, "count": len(due), "reasons": due[0]["reasons"]} if due else None
    return [*alone, *([together] if together else [])]


@dataclass(frozen=True, slots=True)
class Measures:
    """The two measures of a loan book side by side; loans come with how many instalments they are behind.

    ``classes``: number and clause of each class; ``least``: from how many instalments behind LAR, PAR and
    RR count a loan; ``counted``: the loans they count; ``uncounted``: those of class 5 that they do not.
    """

    classes: list[tuple[int, str]]
    least: int
    counted: list[tuple[Loan, int]]
    uncounted: list[tuple[Loan, int]]


def measures(rows: Iterable[tuple[Loan, LoanState]], ward: str, on: date) -> Measures:
    """What the classes are and what LAR, PAR and RR count, with the loans of a book behind it."""
    code, least = guidelines.code(ward, on), indicators.at_risk_from(ward, on)
    section = guidelines.section("collectibility", ward, on)
    numbered = sorted(
        (one["number"], f"collectibility.{code}.{key}") for key, one in section.items()
    )
    active = [(loan, state) for loan, state in rows if state.active]
    counted = [(loan, state.risk_behind) for loan, state in active if state.risk_behind >= least]
    lost = [
        (loan, state.risk_behind)
        for loan, state in active
        if state.collectibility == LOST_CLASS and state.risk_behind < least
    ]
    return Measures(numbered, least, counted, lost)


def _watch(ward: str, on: date) -> str:
    return f"collectibility.{guidelines.code(ward, on)}.watch"
