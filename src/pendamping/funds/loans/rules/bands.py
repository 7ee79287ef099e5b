"""Where an indicator stands: satisfactory, minimum or suspend.

Source: handbook 4.3, 11 no. 5 (the better band includes its edge). The edges are guideline data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from pendamping.kernel.share import Share

Standing = Literal["satisfactory", "minimum", "suspend"]


@dataclass(frozen=True, slots=True)
class Bands:
    """The two edges of an indicator in percent.

    ``better`` is ``"low"`` for LAR and PAR (at most the edge), ``"high"`` for RR (at least it).
    """

    satisfactory: Fraction | int
    minimum: Fraction | int
    better: Literal["low", "high"]

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "Bands":
        """The edges of an indicator of the guideline: its ``bands`` and which way is ``better``."""
        edges = {band["key"]: band.get("limit_percent") for band in value["bands"]}
        better: Literal["low", "high"] = "high" if value["better"] == "higher" else "low"
        return cls(edges["satisfactory"], edges["minimum"], better)

    def judge(self, share: Share) -> Standing | None:
        """Where a share stands, exactly; ``None`` where it does not apply.

        >>> lar = Bands(10, 20, "low")
        >>> lar.judge(Share(1, 10)), lar.judge(Share(2, 10)), lar.judge(Share(21, 100))
        ('satisfactory', 'minimum', 'suspend')
        >>> Bands(90, 80, "high").judge(Share(9, 10)), lar.judge(Share(0, 0))
        ('satisfactory', None)
        """
        if not share.whole:
            return None
        if self._reaches(share, self.satisfactory):
            return "satisfactory"
        return "minimum" if self._reaches(share, self.minimum) else "suspend"

    def _reaches(self, share: Share, edge: Fraction | int) -> bool:
        percent = Fraction(share.part * 100, share.whole)
        return percent <= edge if self.better == "low" else percent >= edge
