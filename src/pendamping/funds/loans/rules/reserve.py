"""The loan-loss reserve that a loan book needs.

Source: handbook 4.2 (classes and percentages are guideline data; accounts 51080/12010).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans.rules.book import LoanState
from pendamping.kernel.money import divide


@dataclass(frozen=True, slots=True)
class ReserveRow:
    """A loan behind the reserve; sums in whole rupiah, ``percent`` of its class."""

    loan_id: str
    collectibility: int
    outstanding: int
    percent: int
    reserve: int


def reserve_rows(states: Iterable[LoanState], percent_of: Mapping[int, int]) -> list[ReserveRow]:
    """What each active loan needs: the percentage of its class of its balance, rounded half up.

    Rounded loan by loan, so that the printed list adds up to what is posted.
    """
    found = []
    for state in states:
        if not state.active or state.collectibility is None:
            continue
        percent = percent_of[state.collectibility]
        owed = state.outstanding_principal
        reserve = divide(owed * percent, 100, "half-up")
        found.append(ReserveRow(state.loan_id, state.collectibility, owed, percent, reserve))
    return found


@dataclass(frozen=True, slots=True)
class Mark:
    """A month's end to which the reserve was brought: ``needed``, and the loans that it was counted from."""

    day: date
    needed: int
    counted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gone:
    """A loan that was written off on a day, out of the reserve; ``stands``: it was not taken back since."""

    loan: str
    on: date
    principal: int
    stands: bool = True


def register_at(mark: Mark, day: date, gone: Iterable[Gone]) -> int:
    """What the reserve must be at the end of a day by its register, whole rupiah.

    ``mark``: the last month's end by then. It was brought to what its loans needed; what it was not
    counted from, though it was written off by its day, had left the reserve already. ``gone`` leaves out
    what was taken back and owes nothing at the mark.

    >>> may = Mark(date(2005, 5, 31), 900, frozenset({"A"}))
    >>> register_at(may, date(2005, 6, 30), [Gone("A", date(2005, 6, 10), 300)])
    600
    >>> register_at(may, date(2005, 6, 30), [Gone("B", date(2005, 5, 10), 300)])
    900
    """
    found = list(gone)
    left = sum(one.principal for one in found if one.stands and one.on <= day)
    before: dict[str, int] = {}
    for one in sorted(found, key=lambda one: one.stands):  # one that stands tells more
        if one.on <= mark.day and one.loan not in mark.counted:
            before[one.loan] = one.principal
    return mark.needed - left + sum(before.values())
