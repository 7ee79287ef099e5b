"""Money on the board: windows of the grant, the revolving fund, what residents gave, works, what groups owe.

Each figure is asked of the room that keeps it, so that it is the one of the books.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pendamping.funds.grants import queries as grants
from pendamping.funds.ledger import queries as ledger
from pendamping.funds.loans import queries as loans
from pendamping.institutions import queries as institutions
from pendamping.kernel import memory
from pendamping.notice import labels
from pendamping.notice.naming import names_in
from pendamping.notice.parts import Borrower, Fund, Own, Tranche, Window, Work
from pendamping.notice.rules import Hidden, hidden_groups, masked, shown_count

CAPITAL = ("initial_fund", "programme_capital")
BANKS = ("bank", "joint_liability_bank")


def windows(ward: str, on: date) -> tuple[Window, ...]:
    """Every window of the grant at the end of a day."""
    found = []
    for one in grants.standing(ward, on):
        at = one.standing
        found.append(
            Window(one.key, one.name, one.split, at.received + at.moved, at.spent, at.held, at.bank)
        )
    return tuple(found)


def tranches(ward: str, on: date) -> tuple[Tranche, ...]:
    """The tranches of the grant, those that are still to come too."""
    return tuple(
        Tranche(one.id, one.allocation.year, one.number, one.amount,
                one.received_on if one.received_on and one.received_on <= on else None)
        for one in grants.tranches(ward)
    )  # fmt: skip


def agreed(ward: str) -> tuple[Any, ...]:
    """Every grant to a group with what belongs to it; read once while a board is put together."""
    return memory.once(("notice.grants", ward), lambda: tuple(grants.grants_with_all(ward)))


def works(ward: str, on: date) -> tuple[tuple[Work, ...], tuple[Own, ...]]:
    """What groups do with grants, the latest first; and by kind what residents gave to it all."""
    given: dict[str, int] = defaultdict(int)
    found = []
    rows = [one for one in agreed(ward) if one.contract_on <= on]
    said = names_in(ward, [text for one in rows for text in (one.title, one.place)])
    for one in rows:
        parts = grants.parts_of(one, on)
        for part in parts:
            given[part.kind] += part.value
        handed = [each.on for each in one.handovers.all() if each.step == "kpp" and each.on <= on]
        found.append(
            Work(
                one.id, masked(one.title, said), one.window, one.group.name, masked(one.place, said),
                one.contract_on, one.value,
                grants.money_of(one, on).paid, sum(part.value for part in parts),
                grants.percent_of(one, on), max(handed, default=None),
            )
        )  # fmt: skip
    own = tuple(Own(key, labels.own(key), given[key]) for key in labels.OWN if given.get(key))
    return tuple(found), own


def borrowed(
    ward: str, on: date, least: int
) -> tuple[tuple[Borrower, ...], Fund, Mapping[str, str], frozenset[str]]:
    """Groups with what they owe, the fund as a whole, names of groups by loan, and names that are not said."""
    book = loans.book(ward, on)
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in book.rows:
        rows[row.loan.group_id].append(row)
    sizes = {
        key: min(_persons(row) for row in of_group) for key, of_group in rows.items()
    }  # of several loans the smallest: their figures stand together
    hidden = hidden_groups(sizes, least)
    members = institutions.sizes(ward, on)
    found = tuple(
        _borrower(key, of_group, shown_count(members.get(key, (0, 0))[0], least), hidden)
        for key, of_group in sorted(rows.items(), key=lambda pair: pair[1][0].loan.group_name)
    )
    names = {
        row.loan.id: row.loan.group_name
        for row in book.rows
        if row.loan.group_id not in hidden.groups
    }
    small = frozenset(one.name for one in found if not one.shown)
    return found, _fund(ward, on, book) if not hidden.totals else Fund(shown=False), names, small


def _persons(row: Any) -> int:
    """How many persons a loan's figures speak of."""
    return len(row.loan.members.all())


def _borrower(key: str, rows: Iterable[Any], members: int | None, hidden: Hidden) -> Borrower:
    known = list(rows)
    name = known[0].loan.group_name
    if key in hidden.groups:
        return Borrower(key, name, shown=False)
    states = [row.state for row in known]
    return Borrower(
        key, name, True, members or None,
        borrowed=sum(row.loan.principal for row in known),
        paid_back=sum(one.paid for one in states),
        outstanding=sum(one.outstanding_principal for one in states),
        overdue=sum(one.late for one in states),
        behind=sum(one.late_count for one in states),
    )  # fmt: skip


def _fund(ward: str, on: date, book: Any) -> Fund:
    balance = {row.account.key: row.debit - row.credit for row in ledger.trial_balance(ward, on)}
    first = on.replace(month=1, day=1)
    year = ledger.moved(ward, first, on, types=("income", "expense"))
    return Fund(
        shown=bool(balance),
        capital=-sum(balance.get(key, 0) for key in CAPITAL),
        cash=balance.get("cash", 0),
        bank=sum(balance.get(key, 0) for key in BANKS),
        lent=sum(row.loan.principal for row in book.rows),
        paid_back=sum(row.state.paid for row in book.rows),
        outstanding=balance.get("loans", 0),
        overdue=book.late,
        group_savings=-balance.get("savings", 0),
        income_this_year=-sum(amount for one, amount in year if one.type == "income"),
        cost_this_year=sum(amount for one, amount in year if one.type == "expense"),
    )
