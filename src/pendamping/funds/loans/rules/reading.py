"""Reading how often and at what rate, as people and guidelines write it.

Source: doors, ``--every 1month|2weeks|1week…`` and ``--rate`` (0.015 = 1.5 %).
"""

import re
from fractions import Fraction

from pendamping.funds.loans.rules.terms import Unit

_EVERY = re.compile(r"(\d{0,6})\s*(month|week|day)s?", re.ASCII)
_UNITS: dict[str, Unit] = {"month": "months", "week": "weeks", "day": "days"}
_DECIMAL = re.compile(r"(-?\d{0,12}(?:[.,]\d{1,18})?)\s*(%?)", re.ASCII)
_FRACTION = re.compile(r"(-?\d{1,12})/(\d{1,12})", re.ASCII)


def read_every(text: str) -> tuple[int, Unit]:
    """The count and unit of a period; raises ``ValueError`` where it is none.

    >>> read_every("1month"), read_every("2weeks"), read_every("30 days")
    ((1, 'months'), (2, 'weeks'), (30, 'days'))
    """
    found = _EVERY.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(f"not a period such as 1month, 2weeks or 30days: {text!r}")
    return int(found[1] or 1), _UNITS[found[2]]


def read_rate(text: str) -> Fraction:
    """A rate per period, exactly; raises ``ValueError`` where it is none.

    >>> read_rate("0.015"), read_rate("1,5%"), read_rate("7/1200")
    (Fraction(3, 200), Fraction(3, 200), Fraction(7, 1200))
    """
    text = text.strip()
    ratio = _FRACTION.fullmatch(text)
    if ratio and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2]))
    found = _DECIMAL.fullmatch(text)
    if not found or not any(sign.isdigit() for sign in found[1]):
        raise ValueError(f"not a rate such as 0.015 or 1.5%: {text!r}")
    return Fraction(found[1].replace(",", ".")) / (100 if found[2] else 1)
