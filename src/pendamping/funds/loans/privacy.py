"""Whose debts somebody may read by name; everybody else reads "member 1 of 5".

Board, treasurer, facilitator, cadre and verifier work with the names; an officer reads those of the own
group. The programme lead, who compares wards, and officers of other groups need no name (handbook 2.4,
5.3: what is open to everybody is the group's loan).
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.funds.loans import joint
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.sheet_papers import GroupOnSheet
from pendamping.institutions import queries as institutions
from pendamping.kernel.refusal import N_, Reason

PERMISSION = "loans.read_members"


def sees(request: HttpRequest, ward: str, group_id: str) -> bool:
    """Whether who asks may read the names of a group's members beside their debts."""
    return access.may(request.user, PERMISSION, ward) or institutions.looks_after(
        request.user, ward, group_id
    )


def ask(request: HttpRequest, ward: str, group_ids: Iterable[str]) -> None:
    """Refuse a paper that stands with the names of these groups' members to who may not read them."""
    if not all(sees(request, ward, each) for each in set(group_ids)):
        raise PermissionDenied(PERMISSION)


def numbered(persons: Sequence[str]) -> dict[str, str]:
    """Members by number: ``{"…": "member 1 of 5"}``."""
    return {
        person: _("member %(number)s of %(all)s") % {"number": number, "all": len(persons)}
        for number, person in enumerate(persons, 1)
    }


def names_of(request: HttpRequest, loan: Loan) -> dict[str, str] | None:
    """What the borrowers are called for who may not read their names; ``None`` for who may."""
    if sees(request, loan.ward, loan.group_id):
        return None
    return numbered([person for person, _name, _amount in joint.members(loan)])


def cover(rows: Iterable[Any], names: dict[str, str] | None) -> list[Any]:
    """Copies of rows with ``person_id`` and ``name`` that carry the number instead of the name."""
    found = [copy(one) for one in rows]
    for one in found if names is not None else ():
        object.__setattr__(one, "name", (names or {}).get(one.person_id) or _("another member"))
    return found


def cover_cards(cards: joint.MemberCards, names: dict[str, str] | None) -> joint.MemberCards:
    """The cards of a loan's members, by number where names are not to be read."""
    if names is None:
        return cards
    said = {**names, "": ""}
    other = _("another member")
    return replace(
        cards,
        members=[replace(one, name=said.get(one.person_id, other)) for one in cards.members],
        debts=[
            replace(
                one,
                debtor_name=said.get(one.debtor, other),
                creditor_name=said.get(one.creditor, other),
            )
            for one in cards.debts
        ],
    )


def cover_group(request: HttpRequest, ward: str, group: GroupOnSheet) -> GroupOnSheet:
    """A group's part of a sheet, by number where names are not to be read."""
    if sees(request, ward, group.loan.group_id):
        return group
    names = numbered([line.person_id for line, _covers in group.lines])
    by_name = {line.name: names[line.person_id] for line, _covers in group.lines}
    other = _("another member")
    covers = [
        [(by_name.get(who, _("joint savings") if who == _("joint savings") else other), amount)
         for who, amount in covered]
        for _line, covered in group.lines
    ]  # fmt: skip
    lines = cover([line for line, _covers in group.lines], names)
    return replace(group, lines=list(zip(lines, covers, strict=True)))


def unnamed(reasons: list[Reason]) -> list[Reason]:
    """What stands in the way of paying out, without saying of whom."""
    text = N_("Signatures or consents of members are missing.")
    return [Reason("loans.consents", text)] if reasons else []
