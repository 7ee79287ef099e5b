"""What the background worker does for the unit's books: drafts that lay too long are put aside."""

from contextlib import suppress

from pendamping.access import queries as access
from pendamping.access.gate import standing_in
from pendamping.funds.upk import actions
from pendamping.funds.upk.opening import term
from pendamping.kernel.refusal import Refusal


def sweep() -> int:
    """Put aside each draft of an old book that nobody has worked on in its term; returns how many."""
    gone = 0
    for found in term.drafts():
        with standing_in(found.ward), suppress(Refusal):  # handed in or put aside meanwhile
            if term.over(found):
                actions.expire_opening(by=access.system(), ward=found.ward)
                gone += 1
    return gone
