"""What may stand on a public board, and what is asked of who puts it up. Pure: no database, no framework."""

from pendamping.notice.rules.hiding import Hidden, hidden_groups, shown_count, shown_part
from pendamping.notice.rules.photo import MOST_BYTES, plain_photo
from pendamping.notice.rules.posting import due_again, putting_problems, taking_problems
from pendamping.notice.rules.texts import LONGEST_LINE, candidates, line_of, masked

__all__ = [
    "LONGEST_LINE",
    "MOST_BYTES",
    "Hidden",
    "candidates",
    "due_again",
    "hidden_groups",
    "line_of",
    "masked",
    "plain_photo",
    "putting_problems",
    "shown_count",
    "shown_part",
    "taking_problems",
]
