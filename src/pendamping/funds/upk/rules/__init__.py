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


def elapsed(on: date) -> tuple[int, int]:
    """How many months of its year have gone by at the end of a day, as a fraction; whole at a month's end.

    >>> elapsed(date(2005, 5, 31)), elapsed(date(2005, 6, 1))
    ((5, 1), (151, 30))
    """
    last = month_end(on).day
    return (on.month, 1) if on.day == last else ((on.month - 1) * last + on.day, last)


def yearly_return(profit: int, capital: int, on: date) -> Share:
    """ROI: the profit since January made yearly (x 12 / months gone by), over all capital.

    A month that has just begun counts by its days: the profit of five months is not spread over six on 1 June.

    >>> yearly_return(2_500_000, 100_000_000, date(2005, 4, 30)).percent()
    '7,5 %'
    >>> yearly_return(2_500_000, 100_000_000, date(2005, 5, 1)).percent()
    '7,4 %'
    """
    months, parts = elapsed(on)
    return Share(profit * 12 * parts, max(capital, 0) * months)


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
