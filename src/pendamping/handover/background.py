"""The month's reading, for the worker: once in each month, in every ward that the programme runs in."""

from pendamping.access import queries as access
from pendamping.access.gate import standing_in
from pendamping.handover import actions, queries
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal


def read_of_the_month(ward: str) -> bool:
    """Keep the criteria as they stand today, where nothing of this month is kept; whether it was done."""
    with standing_in(ward):
        today = clock.today()
        if access.put_away(ward) or queries.read_on(ward, today.replace(day=1), today):
            return False
        try:
            actions.read_criteria(by=access.system(), ward=ward)
        except Refusal:  # somebody was quicker
            return False
    return True
