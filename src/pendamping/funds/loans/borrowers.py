"""Who has a part in a loan: what each person has repaid, still has open, or left behind."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from pendamping.funds.loans.models import ACTIVE, CLOSED, OPEN, Loan, LoanMember
from pendamping.institutions import queries as institutions


def repaid_by_persons(person_ids: Iterable[str], on: date) -> dict[str, int]:
    """How many loans each person had a part in that were repaid by the end of a day."""
    found = LoanMember.objects.filter(
        person__in=list(person_ids), loan__status=CLOSED, loan__closed_on__lte=on
    )
    return dict(found.values_list("person").annotate(n=Count("id")))


def open_loans_of_persons(
    person_ids: Iterable[str], *, status: Iterable[str] = OPEN, group_id: str = "", but: str = ""
) -> dict[str, Loan]:
    """The first loan not yet repaid in which each person has a part, by person id.

    ``status``: of loans that stand so. Those of a group (``group_id``) and a loan (``but``) are left
    out.
    """
    found = LoanMember.objects.filter(person__in=list(person_ids), loan__status__in=list(status))
    found = found.exclude(loan__group=group_id).exclude(loan=but).select_related("loan")
    return {one.person_id: one.loan for one in found.order_by("-loan__number")}


def in_debt(group_id: str, on: date) -> dict[str, Loan]:
    """Who left the group by a day with a part in a running loan of it, by person id."""
    running = LoanMember.objects.filter(loan__group=group_id, loan__status=ACTIVE)
    gone = {one.person_id for one in institutions.former_members(group_id, on)}
    gone -= set(institutions.member_ids(group_id, on))
    found = running.filter(person__in=gone).select_related("loan").order_by("loan__number")
    return {one.person_id: one.loan for one in found}
