"""What an officer of a group needs to know of it: the next instalment, each member's rest, savings."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.funds.loans import queries as loans
from pendamping.funds.savings import queries as savings
from pendamping.institutions import queries as institutions


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group as its officer sees it; amounts in whole rupiah.

    ``loan``: id of the running loan, empty where there is none; ``next_due`` and ``amount``: the next
    instalment with all that is unpaid before it; ``late``: what is past its day already.
    ``members``: name, and what the member still owes of the loan.
    """

    id: str
    name: str
    saved: int
    loan: str = ""
    code: str = ""
    next_due: date | None = None
    amount: int = 0
    late: int = 0
    members: tuple[tuple[str, int], ...] = ()


def of_officer(ward: str, username: str, on: date) -> list[OwnGroup]:
    """The groups that somebody with a login looks after, each with its running loan."""
    followed = institutions.followed_by(ward, username)
    if not followed:
        return []
    saved = savings.balances(ward, on)
    running = {one.group_id: one for one in loans.loans(ward, "active")}
    return [_own(group, saved.get(group.id, 0), running.get(group.id), on) for group in followed]


def _own(group: Any, saved: int, loan: Any, on: date) -> OwnGroup:
    if loan is None:
        return OwnGroup(group.id, group.name, saved)
    card = loans.card_of(loan, on)
    return OwnGroup(
        group.id,
        group.name,
        saved,
        loan.id,
        loan.code,
        card.next.row.due if card.next else None,
        card.preset,
        card.due_by(on - timedelta(days=1)),
        tuple((one.name, one.left) for one in loans.member_cards(loan, on).members),
    )
