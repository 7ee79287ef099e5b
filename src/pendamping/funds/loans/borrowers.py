"""Who has a part in a loan: what each person has repaid, still has open, or left behind."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from pendamping.funds.loans.models import ACTIVE, CLOSED, OPEN, REJECTED, Loan, LoanMember
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions


def repaid_by_persons(person_ids: Iterable[str], on: date) -> dict[str, int]:
    """How many loans each person had a part in that were repaid by the end of a day; somebody who was
    entered twice repaid what both entries did.
    """
    entries = households.selves(person_ids)
    repaid = LoanMember.objects.filter(
        person__in=_all(entries), loan__status=CLOSED, loan__closed_on__lte=on
    )
    loans: dict[str, set[str]] = {}
    for person, loan in repaid.values_list("person", "loan"):
        loans.setdefault(person, set()).add(loan)
    counted = {
        person: len({loan for entry in same for loan in loans.get(entry, ())})
        for person, same in entries.items()
    }
    return {person: count for person, count in counted.items() if count}


def every_open_loan_of_persons(
    person_ids: Iterable[str], *, status: Iterable[str] = OPEN, group_id: str = "", but: str = ""
) -> dict[str, list[Loan]]:
    """The loans not yet repaid in which each person has a part, by person id, each once and the oldest
    first, under whichever id they signed it.

    ``status``: of loans that stand so. Those of a group (``group_id``) and a loan (``but``) are left
    out.
    """
    entries = households.selves(person_ids)
    found = LoanMember.objects.filter(person__in=_all(entries), loan__status__in=list(status))
    found = found.exclude(loan__group=group_id).exclude(loan=but).select_related("loan")
    parts: dict[str, list[Loan]] = {}
    for one in found:
        parts.setdefault(one.person_id, []).append(one.loan)
    loans = {
        person: {loan.id: loan for entry in same for loan in parts.get(entry, ())}
        for person, same in entries.items()
    }
    return {person: sorted(owed.values(), key=_number) for person, owed in loans.items() if owed}


def open_loans_of_persons(
    person_ids: Iterable[str], *, status: Iterable[str] = OPEN, group_id: str = "", but: str = ""
) -> dict[str, Loan]:
    """Of each person the oldest of :func:`every_open_loan_of_persons`."""
    owed = every_open_loan_of_persons(person_ids, status=status, group_id=group_id, but=but)
    return {person: loans[0] for person, loans in owed.items()}


def together(one: Collection[str], other: Collection[str]) -> list[Loan]:
    """Loans in which both have a part, each under any of their ids; none that was turned down."""
    found = Loan.objects.exclude(status=REJECTED).filter(members__person__in=list(one))
    return list(found.filter(members__person__in=list(other)).distinct().order_by("number"))


Parts = list[tuple[Loan, str]]
"""Loans, each with the id of a person who has a part in it."""


def open_parts(ward: str) -> Parts:
    """Everybody who has a part in a loan of the ward that is asked for, agreed or running: by the loan's
    number, then in the order in which they signed."""
    found = LoanMember.objects.filter(loan__ward=ward, loan__status__in=OPEN)
    ordered = found.select_related("loan").order_by("loan__number", "id")
    return [(one.loan, one.person_id) for one in ordered]


def asked_since(people: Collection[str], on: date) -> list[Loan]:
    """Loans that any of these asked for on a day or later; none that was turned down."""
    found = Loan.objects.exclude(status=REJECTED).filter(members__person__in=list(people))
    return list(found.filter(applied_on__gte=on).distinct().order_by("number"))


def _all(entries: Mapping[str, Collection[str]]) -> set[str]:
    return {entry for same in entries.values() for entry in same}


def _number(loan: Loan) -> int:
    return int(loan.number)


def in_debt(group_id: str, on: date) -> dict[str, Loan]:
    """Who left the group by a day with a part in a running loan of it, by person id."""
    running = LoanMember.objects.filter(loan__group=group_id, loan__status=ACTIVE)
    gone = {one.person_id for one in institutions.former_members(group_id, on)}
    gone -= households.every_id(institutions.member_ids(group_id, on))
    found = running.filter(person__in=gone).select_related("loan").order_by("loan__number")
    return {one.person_id: one.loan for one in found}
