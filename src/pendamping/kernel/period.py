"""Dates and spans of dates."""

import calendar
from dataclasses import dataclass
from datetime import date


def add_months(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month.

    Count from the first date each time, never from the last result (handbook 11 no. 1).

    >>> add_months(date(2004, 1, 31), 1), add_months(date(2004, 5, 12), 12)
    (datetime.date(2004, 2, 29), datetime.date(2005, 5, 12))
    """
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(start.day, last))


def month_end(day: date) -> date:
    """The last day of the month that a day lies in.

    >>> month_end(date(2004, 2, 11)), month_end(date(9999, 12, 1))
    (datetime.date(2004, 2, 29), datetime.date(9999, 12, 31))
    """
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_named(text: str) -> date | None:
    """A day as an address names it; ``None`` where it names none.

    >>> day_named("2004-02-29"), day_named("2004-02-30"), day_named("1e9")
    (datetime.date(2004, 2, 29), None, None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def month_named(text: str) -> tuple[date, date] | None:
    """The first and last day of a month as an address names it; ``None`` where it names none.

    >>> month_named("2004-02"), month_named("2004-13"), month_named("")
    ((datetime.date(2004, 2, 1), datetime.date(2004, 2, 29)), None, None)
    """
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first, month_end(first)


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between two dates (0 where ``end`` is not after ``start``).

    >>> whole_months(date(2004, 1, 31), date(2004, 2, 29))
    1
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return max(months, 0)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; open where ``end`` is ``None``."""

    start: date
    end: date | None = None

    def contains(self, day: date) -> bool:
        """Whether the day lies within, ends included."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share at least one day."""
        starts_before = other.end is None or self.start <= other.end
        return starts_before and (self.end is None or other.start <= self.end)
