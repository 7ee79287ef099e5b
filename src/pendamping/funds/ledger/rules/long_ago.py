"""Whether the day of a payment is asked about once more: it lies far back. Pure Python.

Source: house plan (the book depends on what happened when); the number of days is the guideline's
(``lending.ask_after_days``).
"""

from datetime import date

ASK_AFTER_DAYS = 7


def asks(on: date, today: date, most_days: int = ASK_AFTER_DAYS) -> bool:
    """Whether a day lies more than so many days before today, or in an earlier month than today's.

    A slip of the calendar books money into a month that was counted already.

    >>> [asks(date(2005, 5, day), date(2005, 5, 12)) for day in (12, 5, 4)]
    [False, False, True]
    >>> asks(date(2005, 4, 30), date(2005, 5, 1)), asks(date(2005, 3, 1), date(2005, 5, 12))
    (True, True)
    """
    return (today - on).days > most_days or (on.year, on.month) < (today.year, today.month)
