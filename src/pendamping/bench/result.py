"""What a benchmark measured: medians of several runs, as ratios to the limit of the same run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """How much to measure: ``size`` in the benchmark's own unit (``None``: its usual size).

    ``start``: sets Django up on the database that the environment then names.
    """

    runs: int
    size: int | None
    start: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was measured several times; ``goal``: what the ratio should reach."""

    what: str
    unit: str
    values: tuple[float, ...]
    kind: str = "ours"  # ours, peer or limit
    goal: str = ""

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return median(self.values)


@dataclass(slots=True)
class Result:
    """A benchmark's measures; ratios are to the measure of kind ``limit`` with the same unit."""

    name: str
    measures: list[Measure]
    notes: dict[str, Any] = field(default_factory=dict)

    def ratio(self, measure: Measure) -> float | None:
        """The measure as a share of its limit."""
        limits = [m for m in self.measures if m.kind == "limit" and m.unit == measure.unit]
        return measure.median / limits[0].median if limits else None

    def as_json(self) -> dict[str, Any]:
        """One JSON document."""
        return {
            "benchmark": self.name,
            "notes": self.notes,
            "measures": [
                {
                    "what": one.what,
                    "kind": one.kind,
                    "unit": one.unit,
                    "median": one.median,
                    "runs": list(one.values),
                    "ratio_to_limit": self.ratio(one),
                    "goal": one.goal or None,
                }
                for one in self.measures
            ],
        }

    def lines(self) -> Iterator[str]:
        """A table for people."""
        yield f"bench {self.name}"
        yield from (f"  {key}: {value}" for key, value in self.notes.items())
        yield f"  {'':<44} {'median':>12} {'lowest':>12} {'highest':>12}  {'of limit':>9}  goal"
        for one in self.measures:
            numbers = [one.median, min(one.values), max(one.values)]
            cells = " ".join(
                f"{number:>12,.3f}" if number < 10 else f"{number:>12,.0f}" for number in numbers
            )
            ratio = self.ratio(one)
            share = f"{ratio:>9.3f}" if ratio is not None else f"{'':>9}"
            yield f"  {one.what + ' (' + one.unit + ')':<44} {cells}  {share}  {one.goal}"
