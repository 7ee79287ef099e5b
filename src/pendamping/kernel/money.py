"""Money in whole minor units (rupiah has none): always ``int``, never a float.

Source: house plan, idea 4; handbook 11 no. 13 (integer division, the last part takes the rest).
"""

import re
from typing import Literal

_BREAKS = re.compile(r"(?<=\bRp) (?=\d)|(?<=\d) (?=%)")

Rounding = Literal["down", "half-up", "half-even"]


def divide(numerator: int, denominator: int, rounding: Rounding = "down") -> int:
    """Divide two non-negative integers to a whole number.

    >>> divide(5, 2), divide(5, 2, "half-up"), divide(5, 2, "half-even"), divide(7, 2, "half-even")
    (2, 3, 2, 4)
    """
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    whole, rest = divmod(numerator, denominator)
    if rounding == "down" or rest * 2 < denominator:
        return whole
    if rounding == "half-even" and rest * 2 == denominator:
        return whole + whole % 2
    return whole + 1


def round_to(amount: int, step: int, rounding: Rounding = "down") -> int:
    """Round an amount to a multiple of ``step``.

    >>> round_to(1234, 100), round_to(1250, 100, "half-up")
    (1200, 1300)
    """
    return divide(amount, step, rounding) * step


def split_evenly(total: int, parts: int) -> list[int]:
    """Split a total into equal whole parts; the last part takes the rest.

    >>> split_evenly(1000, 3)
    [333, 333, 334]
    """
    if parts < 1:
        raise ValueError("there must be at least one part")
    each = total // parts
    return [each] * (parts - 1) + [total - each * (parts - 1)]


def format_rupiah(amount: int) -> str:
    """Write an amount as it stands on Indonesian paper.

    >>> format_rupiah(1500000), format_rupiah(-250)
    ('Rp 1.500.000', '-Rp 250')
    """
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp {group_thousands(abs(amount))}"


def unbroken(text: str) -> str:
    """Text for screens and paper, where an amount or a share must not be broken over two lines.

    >>> unbroken("Rp 750.000 at 1,5 %") == "Rp\\u00a0750.000 at 1,5\\u00a0%"
    True
    """
    return _BREAKS.sub("\u00a0", text)


def group_thousands(number: int) -> str:
    """Group an integer by thousands with points, as Indonesian does.

    >>> group_thousands(3448)
    '3.448'
    """
    return f"{number:,}".replace(",", ".")


_SUM = re.compile(
    r"(?:rp\.?)?\s*([0-9]{1,3}(?:[.\s][0-9]{3})+|[0-9]+)(?:,0{1,2}|,-)?", re.IGNORECASE
)  # not \d: digits of other scripts look like others than they are


def read_rupiah(text: str) -> int | None:
    """A sum as people write it, in whole rupiah; ``None`` where it is none.

    >>> read_rupiah("Rp 1.500.000"), read_rupiah("287500"), read_rupiah("575.000,-")
    (1500000, 287500, 575000)
    >>> read_rupiah("1.50"), read_rupiah("-5"), read_rupiah("1,5"), read_rupiah("\u0663")
    (None, None, None, None)
    """
    found = _SUM.fullmatch(text.strip())
    return int(re.sub(r"[.\s]", "", found[1])) if found else None
