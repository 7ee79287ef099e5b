"""What may stand on a public board, and what is asked of who puts it up. Pure: no database, no framework."""

from pendamping.notice.rules.hiding import Hidden, hidden_groups, shown_part
from pendamping.notice.rules.texts import LONGEST_LINE, candidates, line_of, masked

__all__ = [
    "LONGEST_LINE",
    "Hidden",
    "candidates",
    "hidden_groups",
    "line_of",
    "masked",
    "shown_part",
]
