"""The loan-loss reserve that a loan book needs.

Source: handbook 4.2 (classes and percentages are guideline data; accounts 51080/12010).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
