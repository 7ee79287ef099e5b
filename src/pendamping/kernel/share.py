"""A share of a whole that keeps its numerator and its denominator."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` out of ``whole``; not applicable where the whole is zero (never 0 or 100 %).

    >>> Share(625, 3448).percent()
    '18,1 %'
    >>> Share(1, 0).value is None
    True
    """

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The ratio as a float for reading, or ``None`` where it does not apply."""
        return self.part / self.whole if self.whole else None

    @property
    def fraction(self) -> str:
        """The ratio as it was counted, unreduced: ``"625/3448"``."""
        return f"{self.part}/{self.whole}"

    def at_least(self, percent: Fraction | int) -> bool:
        """Whether the share reaches a percentage, exactly; false where it does not apply."""
        return self.whole > 0 and self.part * 100 >= percent * self.whole

    def percent(self, digits: int = 1, decimal_mark: str = ",") -> str:
        """The share in percent, rounded half up, e.g. ``18,1 %``; a dash where it does not apply.

        What is not nothing is not written as nothing: it gets up to four digits, and keeps its sign.

        >>> Share(-2, 10_000).percent(), Share(0, 10_000).percent(), Share(-1, 10**9).percent()
        ('-0,02 %', '0,0 %', '-0,0000 %')
        """
        if not self.whole:
            return "–"
        while self.part and digits < 4 and abs(self.part) * 200 * 10**digits < self.whole:
            digits += 1
        scaled = (abs(self.part) * 100 * 10**digits * 2 + self.whole) // (self.whole * 2)
        whole, rest = divmod(scaled, 10**digits)
        sign = "-" if self.part < 0 else ""
        tail = f"{decimal_mark}{rest:0{digits}d}" if digits else ""
        return f"{sign}{whole}{tail} %"

    def as_json(self) -> dict[str, object]:
        """``{"fraction": "n/d", "value": 0.123}`` as the doors promise."""
        return {"fraction": self.fraction, "value": self.value}
