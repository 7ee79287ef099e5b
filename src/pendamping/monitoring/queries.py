"""What other rooms and the pages may ask of monitoring."""

from collections.abc import Iterable
from typing import Any

from pendamping.kernel.refusal import Reason
from pendamping.monitoring import said
from pendamping.monitoring.outcomes import Drawn, sample, samples
from pendamping.monitoring.reading import Read, Reading, aims, rule
from pendamping.monitoring.scorecard import Promised, Round, least_shown, one_round, rounds

__all__ = [
    "Drawn",
    "Promised",
    "Read",
    "Reading",
    "Round",
    "aims",
    "check",
    "dump",
    "least_shown",
    "one_round",
    "rounds",
    "rule",
    "sample",
    "samples",
]


def check(ward: str) -> list[Reason]:
    """What is kept of monitoring and differs from what the trail says."""
    return said.breaks(ward)


def dump(ward: str) -> dict[str, Iterable[dict[str, Any]]]:
    """Rows of the ward package: ``scorecards``, heads of each score by round, group and statement; nobody's name."""
    rows = [
        {
            "round": one.round.number, "on": sheet.on, "entered_on": sheet.entered_on, "group": group,
            "statement": statement, "present": sheet.present,
            **{f"score_{score}": count for score, count in enumerate(counts, 1)},
        }
        for one in rounds(ward)
        for group, sheet in one.sheets.items()
        for statement, counts in sheet.scores.items()
    ]  # fmt: skip
    return {
        "scorecards": sorted(rows, key=lambda row: (row["round"], row["group"], row["statement"]))
    }
