"""The UPK's account of a year: its span, when it is due, what became of the shares of an earlier profit. Pure Python.

Source: handbook 4.4, 4.5, 5.3 (accountability before the yearly meeting); days are the guideline's own defaults.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pendamping.funds.upk.rules.year import Part, shareable, split
from pendamping.kernel.period import add_months, month_end

ACCEPTED, MATTER = "upk.yearly_account", "board_report"
"""What a meeting decides, and as which matter of the guideline."""


def subject(year: int) -> str:
    """What the yearly meeting decides that takes the account of a year.

    >>> subject(2004)
    'upk.yearly_account:2004'
    """
    return f"{ACCEPTED}:{year}"


@dataclass(frozen=True, slots=True)
class Span:
    """A year up to a day: its first day and its last one, or today while it runs."""

    year: int
    first: date
    last: date

    @property
    def eve(self) -> date:
        """The last day before it."""
        return self.first - timedelta(days=1)

    @property
    def before(self) -> tuple[date, date]:
        """The same span of the year before: all of it, or as far as this one goes.

        >>> Span(2005, date(2005, 1, 1), date(2005, 5, 12)).before
        (datetime.date(2004, 1, 1), datetime.date(2004, 5, 12))
        """
        year = self.year - 1
        return date(year, 1, 1), min(add_months(self.last, -12), self.eve)

    @property
    def whole(self) -> bool:
        """Whether the year is over."""
        return (self.last.month, self.last.day) == (12, 31)

    @property
    def months(self) -> list[tuple[date, date]]:
        """First and last day of each month in it; the last one may be cut short."""
        firsts = [date(self.year, month, 1) for month in range(1, self.last.month + 1)]
        return [(one, min(month_end(one), self.last)) for one in firsts]

    @property
    def quarters(self) -> list[date]:
        """The last day of each quarter in it, and the last day that there is.

        >>> [day.month for day in Span(2005, date(2005, 1, 1), date(2005, 5, 12)).quarters]
        [3, 5]
        """
        ends = [month_end(date(self.year, month, 1)) for month in (3, 6, 9, 12)]
        return [*(one for one in ends if one < self.last), self.last]


def span(year: int, today: date) -> Span | None:
    """A year up to today; ``None`` before it begins, and of a number that is no year.

    >>> span(2005, date(2005, 5, 12)).last, span(2004, date(2005, 5, 12)).last, span(2006, date(2005, 5, 12))
    (datetime.date(2005, 5, 12), datetime.date(2004, 12, 31), None)
    >>> span(0, date(2005, 5, 12)), span(99999, date(2005, 5, 12))
    (None, None)
    """
    if not date.min.year <= year <= today.year:
        return None
    return Span(year, date(year, 1, 1), min(date(year, 12, 31), today))


def due(year: int, days: int) -> date:
    """The day by which the account of a year lies before the yearly meeting.

    >>> due(2004, 90)
    datetime.date(2005, 3, 31)
    """
    return date(year, 12, 31) + timedelta(days=days)


Became = Literal["none", "unpaid", "part", "paid"]


def became(held: int, paid: int) -> Became:
    """What became of what a share held: ``held`` before anything went out, ``paid`` of it; whole rupiah.

    >>> [became(0, 0), became(500, 0), became(500, 200), became(500, 500)]
    ['none', 'unpaid', 'part', 'paid']
    """
    if held <= 0:
        return "none"
    if paid <= 0:
        return "unpaid"
    return "paid" if paid >= held else "part"


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a profit would be shared: ``amounts`` by share, of ``whole`` rupiah."""

    whole: int
    amounts: dict[str, int]


def proposal(profit: int, prior: int, parts: Sequence[Part], *, closed: bool) -> Proposal:
    """What each share would get of a year's profit after old losses.

    ``prior``: prior-year profit in the books; the year's own is in it once the year is ``closed``.

    >>> half = [Part("capital", 50, "c"), Part("social", 50, "s")]
    >>> proposal(900, -100, half, closed=False).amounts, proposal(900, 800, half, closed=True).whole
    ({'capital': 400, 'social': 400}, 800)
    """
    whole = shareable(profit, prior if closed else prior + profit)
    return Proposal(whole, split(whole, parts))
