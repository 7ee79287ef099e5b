"""What the year does to a ward: the fasting month, harvest, rain.

The fasting month is that of the tabular Islamic calendar (civil epoch, 30-year cycle): a day or two beside the
moon that is really sighted, which is enough here.
"""

from datetime import date

EPOCH = 227015
"""1 Muharram of year 1 as a day of the proleptic Gregorian calendar (16 July 622 of the Julian one)."""
FASTING, FEAST = 9, 10


def islamic(on: date) -> tuple[int, int, int]:
    """Year, month and day.

    >>> islamic(date(2005, 11, 3)), islamic(date(2004, 10, 16))
    ((1426, 10, 1), (1425, 9, 2))
    """
    day = on.toordinal() - EPOCH
    year = (30 * day + 10646) // 10631
    within = day - _before(year)
    month = min(12, (11 * within + 330) // 325)
    return year, month, within - (29 * (month - 1) + month // 2) + 1


def _before(year: int) -> int:
    return 354 * (year - 1) + (3 + 11 * year) // 30


def turnout(on: date) -> float:
    """How much of its usual turnout a meeting has.

    >>> turnout(date(2005, 10, 20)), turnout(date(2006, 6, 10))
    (0.8, 1.0)
    """
    if islamic(on)[1] == FASTING:
        return 0.8
    return 0.9 if on.month in {3, 4} else 0.93 if on.month in {12, 1, 2} else 1.0


def short_of_money(on: date) -> int:
    """By how many days instalments come later: after the feast, and before the harvest.

    >>> short_of_money(date(2005, 11, 8)), short_of_money(date(2006, 2, 10)), short_of_money(date(2006, 6, 10))
    (6, 2, 0)
    """
    _year, month, day = islamic(on)
    if month == FEAST and day < 21:
        return 6
    return 2 if on.month in {1, 2} else 0
