"""A cell of a treasurer's own list as a value: a sum, a rate, a count, a day. Nothing is guessed.

Each reader gives the value, or raises :class:`Wrong` with the text of its reason; an empty cell is asked
for before (:func:`is_empty`). Source: our own design; the lists of the field.
"""

import re
from datetime import date, datetime
from fractions import Fraction

from pendamping.funds.upk.rules.statement import read_day, read_sen
from pendamping.households.rules import values
from pendamping.kernel.refusal import N_

EMPTY = frozenset({"", "-", "--", "—", "–", "nihil", "kosong"})
_TAIL = re.compile(r"[.,]\s*[-–—=]+$")  # "Rp 1.000.000,-"
_COUNT = re.compile(r"^(\d{1,4})(?:[.,]0+)?\s*(?:x|kali|bulan|bln|kl)?\.?$", re.IGNORECASE)
_RATE = re.compile(
    r"^(\d{1,3}(?:[.,]\d{1,4})?)\s*(%|persen)?\s*(?:/|per)?\s*(?:bulan|bln)?\.?$", re.IGNORECASE
)


class Wrong(Exception):
    """A cell that cannot be read; carries what to do, untranslated."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


def text(cell: object) -> str:
    """A cell as text: whole numbers without a point, spaces single."""
    return "" if cell is None else " ".join(values.text(cell).split())


def is_empty(cell: object) -> bool:
    """Whether a cell says nothing: blank, or a dash."""
    return text(cell).lower() in EMPTY


def read_rupiah(cell: object) -> int:
    """A sum in whole rupiah as lists have it; below zero with a minus or in brackets.

    >>> [read_rupiah(one) for one in ("Rp 1.000.000,-", "1,500,000", "Rp. 75.000,00", 250000.0, "(5.000)")]
    [1000000, 1500000, 75000, 250000, -5000]
    """
    if isinstance(cell, bool | date | datetime):
        raise Wrong(N_("This is not a sum; write whole rupiah, such as 1.500.000."))
    said: object = cell
    if isinstance(cell, str):
        said = _TAIL.sub("", text(cell).rstrip("."))
    sen = read_sen(said)
    if sen is None:
        raise Wrong(N_("This is not a sum; write whole rupiah, such as 1.500.000."))
    if sen % 100:
        raise Wrong(N_("This sum has a part of a rupiah; write whole rupiah."))
    return sen // 100


def read_rate(cell: object) -> int:
    """A service charge in basis points a month: ``1,5 %``, ``1.5``, or a cell that Excel shows as 1,5 %.

    A number below 0.1 without a sign is the share that a cell in percent holds.

    >>> [read_rate(one) for one in ("1,5%", "1.5 % per bulan", 1.5, 0.015, "2", 0)]
    [150, 150, 150, 150, 200, 0]
    """
    if isinstance(cell, bool | date | datetime):
        raise Wrong(N_("This is not a rate; write percent a month, such as 1,5 %."))
    found = _RATE.match(text(cell))
    if not found:
        raise Wrong(N_("This is not a rate; write percent a month, such as 1,5 %."))
    share = Fraction(found[1].replace(",", "."))
    if not found[2] and 0 < share < Fraction(1, 10):
        share *= 100
    points = share * 100
    if points.denominator != 1 or points >= 10_000:
        raise Wrong(N_("This is not a rate; write percent a month, such as 1,5 %."))
    return int(points)


def read_count(cell: object) -> int:
    """A whole number: ``10``, ``10 kali``, ``2 bulan``.

    >>> [read_count(one) for one in (10.0, "10 x", "2 bulan")]
    [10, 10, 2]
    """
    found = None if isinstance(cell, bool | date) else _COUNT.match(text(cell))
    if not found:
        raise Wrong(N_("This is not a whole number; write such as 10."))
    return int(found[1])


def read_when(cell: object) -> date:
    """A day: a date cell, ``12/05/2004``, ``12-5-04``, ``12 Mei 2004``; day before month.

    >>> read_when("12/05/2004"), read_when("3-Mei-04")
    (datetime.date(2004, 5, 12), datetime.date(2004, 5, 3))
    """
    found = None if isinstance(cell, str) else _serial(cell)
    found = found or read_day(text(cell) if isinstance(cell, str) else cell) or _worded(cell)
    if found is None:
        raise Wrong(N_("This is not a day; write day/month/year, such as 12/05/2004."))
    return found


def _serial(cell: object) -> date | None:
    """The number that a spreadsheet keeps for a day whose cell lost its format."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return _worded(cell) if 20_000 <= cell <= 80_000 else None


def _worded(cell: object) -> date | None:
    try:
        day, precision = values.read_date(cell)
    except values.Wrong:
        return None
    return day if precision == "day" else None
