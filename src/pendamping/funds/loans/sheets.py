"""What a collection sheet starts from: who is on it, what each owes, what may be drawn."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pendamping.funds.loans import checks, joint, terms
from pendamping.funds.loans.models import ACTIVE, CLOSED, LOST, Loan, Sheet
from pendamping.funds.loans.rules.sheet import GroupFacts
from pendamping.funds.savings import queries as savings
from pendamping.funds.savings.rules import lowest_after
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Facts:
    """A group's part of a sheet before anything is written on it; ``due`` by person, whole rupiah."""

    loan: Loan
    cards: joint.MemberCards
    group: GroupFacts
    due: dict[str, int]


def facts(
    loan: Loan, on: date, *, persons: Collection[str] | None = None, reserve: bool = True
) -> Facts:
    """Borrowers first, in the order of their application, then members who do not borrow.

    ``persons``: who stands on the sheet, where that is known: borrowers alone need no look at the
    group. ``reserve``: whether anything is to be drawn; otherwise what there is stays unknown, 0.
    """
    cards = joint.member_cards(loan, on)
    names = {one.person_id: one.name for one in cards.members}
    if persons is None or not set(persons) <= set(names):
        borrow = households.every_id(names)
        for member in institutions.members(loan.group_id, on):
            if member.person_id not in borrow:
                names[member.person_id] = member.name
    return Facts(
        loan,
        cards,
        GroupFacts(
            loan.group_id,
            names,
            {one.person_id: one.left for one in cards.members},
            lowest_after(savings.changes(loan.group_id), on) if reserve else 0,
        ),
        {one.person_id: one.behind for one in cards.members},
    )


def left_since(one: Facts, persons: Collection[str]) -> list[str]:
    """Names of those who are not on a group's sheet although something is written for them.

    A name is read only of who belongs to the group or once did.
    """
    off = set(persons) - set(one.group.names)
    if not off:
        return []
    ever = off & set(institutions.all_member_ids(one.loan.group_id))
    found = households.persons(one.loan.ward, ever)
    return sorted(found[key].name if key in found else _("somebody else") for key in off)


def against(
    loan: Loan, on: date, *, posted: Mapping[str, Sheet] | None = None, twice: bool = False
) -> list[Reason]:
    """Why a group's sheet of a day cannot be posted at all.

    ``posted``: the sheets of the day by loan, where they were read for many loans together.
    """
    where = {"group": loan.group_id, "loan": loan.id}
    values = {"group": loan.group_name}
    late = loan.status == CLOSED and loan.closed_on is not None and on <= loan.closed_on
    if loan.status not in (ACTIVE, LOST) and not late:
        return [Reason("loans.state", "{group} has no running loan.", values, where)]
    found = [
        Reason(one.clause, one.text, one.values, {**one.where, **where})
        for one in checks.before_change(on, terms.changes(loan))
    ]
    if loan.taken_over_on and on <= loan.taken_over_on:
        values["day"] = loan.taken_over_on.isoformat()
        found.append(
            Reason(
                "loans.repayment.taken_over",
                "{group}: what was paid up to {day} stands in what was taken over from the old book.",
                values,
                where,
            )
        )
    elif loan.disbursed and on < loan.disbursed:
        values["day"] = loan.disbursed.isoformat()
        found.append(
            Reason(
                "loans.sheet.date", "{group}: the loan was paid out only on {day}.", values, where
            )
        )
    if on > clock.today():
        day = {"on": on.isoformat()}
        found.append(Reason("loans.date", "{on} is still to come.", day, {"field": "on"}))
    made = joint.sheet_of(loan.id, on) if posted is None else posted.get(loan.id)
    if made or twice:
        found.append(
            Reason(
                "loans.sheet.posted",
                "The sheet of {group} for this day is posted already ({sheet}).",
                {"group": loan.group_name, "sheet": made.code if made else "–"},
                {**where, "sheet": made.id if made else ""},
            )
        )
    return found
