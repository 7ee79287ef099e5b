"""For whom it matters that a household leaves the poor list: borrowers, and members of groups.

Handed down to targeting at the start (ADR 0032), which shows it before a list is posted and ratified.
"""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.targeting.queries import Tie


def tied(ward: str, homes: Collection[str], on: date) -> list[Tie]:
    """Who of these households has a part in a loan that is open, or belongs to a group: loans first, by
    their number, then groups by name; whoever borrows with the group is named once for it."""
    borrowing = loans.open_parts(ward)
    belonging = institutions.every_member(ward, on)
    people = {person for _loan, person in borrowing} | {one.person_id for _group, one in belonging}
    lives = households.households_at(ward, people, on)
    there = {person for person in people if lives.get(person) in homes}
    persons, keeps = households.persons(ward, there), _keep(ward, there, on)
    return [
        Tie(lives[person], person, persons[person].name, role, record, address, means)
        for person, role, record, address, means in (
            *_of_loans(ward, borrowing, belonging, keeps),
            *_of_groups(ward, borrowing, belonging, keeps),
        )
        if person in persons
    ]


def _keep(ward: str, people: Collection[str], on: date) -> dict[str, bool]:
    """Whether each may ask for a loan afterwards: once named in a ratified list is enough, and a text of
    the guideline may not ask for it at all."""
    groups = guidelines.section("groups", ward, on)
    asks = groups.get("poor_list_ratified", False) and groups.get("members_on_poor_list", False)
    named = households.ever_named(ward, people, on) if asks and people else set(people)
    return {person: person in named for person in people}


Row = tuple[str, str, str, str, str]
"""A person, the role in the group, the record, its address, what becomes of it."""


def _of_loans(
    ward: str, borrowing: loans.Parts, belonging: institutions.Belonging, keeps: dict[str, bool]
) -> Iterator[Row]:
    roles = institutions.role_names()
    office = {(group.id, one.person_id): one.role for group, one in belonging}
    for loan, person in borrowing:
        if person in keeps:
            said = {"code": loan.code, "group": loan.group_name}
            role = roles[office.get((loan.group_id, person), "member")]
            address = reverse("loans:loan", kwargs={"ward": ward, "loan": loan.id})
            means = _of_loan(loan.status, keeps[person])
            yield person, role, _("loan %(code)s of %(group)s") % said, address, means


def _of_loan(status: str, keeps: bool) -> str:
    if status != "active":
        return _("What was applied for goes on.")
    if keeps:
        return _("The loan goes on, and another may follow: an earlier list named the household.")
    return _("The loan goes on; another is refused, as no ratified list ever named the household.")


def _of_groups(
    ward: str, borrowing: loans.Parts, belonging: institutions.Belonging, keeps: dict[str, bool]
) -> Iterator[Row]:
    roles = institutions.role_names()
    with_loan = {(loan.group_id, person) for loan, person in borrowing}
    for group, one in belonging:
        if one.person_id in keeps and (group.id, one.person_id) not in with_loan:
            address = reverse("institutions:group", kwargs={"ward": ward, "group": group.id})
            yield (
                one.person_id,
                roles[one.role],
                group.name,
                address,
                _of_group(keeps[one.person_id]),
            )


def _of_group(keeps: bool) -> str:
    if keeps:
        return _("May still ask for a loan with the group: an earlier list named the household.")
    return _("Cannot ask for a loan with the group: no ratified list ever named the household.")
