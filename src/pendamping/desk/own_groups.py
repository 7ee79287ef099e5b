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

    ``loan``: id of the running loan, empty where there is none; ``next_no``, ``next_due``, ``amount``: the
    instalment of today or the next one, with what is unpaid of it; ``late``: what is past its day already,
    ``late_since``: the oldest such day; ``left``: all that is owed. ``members``: name, what is due of the
    member's part by today, and what the member still owes of the loan.
    """

    id: str
    name: str
    saved: int
    loan: str = ""
    code: str = ""
    next_no: int = 0
    next_due: date | None = None
    amount: int = 0
    late: int = 0
    late_since: date | None = None
    left: int = 0
    members: tuple[tuple[str, int, int], ...] = ()


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
    coming, oldest = card.coming, card.oldest
    return OwnGroup(
        group.id,
        group.name,
        saved,
        loan.id,
        loan.code,
        next_no=coming.row.no if coming else 0,
        next_due=coming.row.due if coming else None,
        amount=coming.left.total if coming else 0,
        late=card.due_by(on - timedelta(days=1)),
        late_since=oldest.row.due if oldest else None,
        left=card.left,
        members=tuple(
            (one.name, one.behind, one.left) for one in loans.member_cards(loan, on).members
        ),
    )
