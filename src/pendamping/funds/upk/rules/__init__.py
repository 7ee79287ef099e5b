"""The five indicators of a revolving fund, and the flow ratio beside them. Pure Python.

Source: handbook 4.3 (POB 2013, S50), 11 nos. 5 and 6. LAR, PAR and RR come from the loan book; CCr
and ROI from income, cost and capital of the same journal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.funds.loans.rules.bands import Standing
from pendamping.kernel.period import month_end
from pendamping.kernel.share import Share

ORDER = ("lar", "par", "ccr", "roi", "rr")
MONEY = frozenset({"par", "ccr", "roi", "rr", "flow"})
"""Indicators that count rupiah; LAR counts groups."""
NO_CAPITAL = frozenset({"year_profit", "prior_profit", "opening_difference"})
"""Equity that is no capital in ROI: profit becomes capital when it is shared, not when a year is closed."""


def since(on: date) -> date:
    """The first day of the span that CCr and ROI look at: 1 January of the year."""
    return date(on.year, 1, 1)


def last_month(on: date) -> date:
    """The last day of the latest month that has ended by a day.

    >>> last_month(date(2005, 5, 12)), last_month(date(2005, 5, 31))
    (datetime.date(2005, 4, 30), datetime.date(2005, 5, 31))
    """
    end = month_end(on)
    return end if end == on else on.replace(day=1) - timedelta(days=1)


def coverage(income: int, cost: int) -> Share:
    """CCr: income over cost of the same span; does not apply where nothing was spent.

    >>> coverage(1_250_000, 1_000_000).percent(), coverage(5, 0).value, coverage(5, -1).value
    ('125,0 %', None, None)
    """
    return Share(income, max(cost, 0))


def yearly_return(profit: int, capital: int, month: int) -> Share:
    """ROI: the profit since January made yearly (x 12 / number of the month), over all capital.

    >>> yearly_return(2_500_000, 100_000_000, 4).percent()
    '7,5 %'
    """
    return Share(profit * 12, max(capital, 0) * month)


def flow(collected: int, due: int) -> Share:
    """What came in of instalments over what fell due in the same span: collections over dues.

    Above 100 % where arrears are caught up; does not apply where nothing fell due.
    """
    return Share(collected, max(due, 0))


@dataclass(frozen=True, slots=True)
class Finding:
    """An indicator with where it stands."""

    key: str
    share: Share
    standing: Standing | None


WORSE: Mapping[str, Sequence[Standing]] = {
    "suspend": ("suspend",),
    "minimum": ("minimum", "suspend"),
}


def stopping(found: Sequence[Finding], on_band: str) -> list[Finding]:
    """The indicators for which new lending stops: in the guideline's band, or a worse one."""
    return [one for one in found if one.standing in WORSE[on_band]]


def overall(found: Sequence[Finding]) -> Standing | None:
    """Where the fund as a whole stands: as its worst indicator; ``None`` where none applies."""
    order: Sequence[Standing] = ("suspend", "minimum", "satisfactory")
    known = {one.standing for one in found}
    return next((one for one in order if one in known), None)
