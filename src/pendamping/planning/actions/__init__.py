"""The only writers of needs and votes."""

from pendamping.planning.actions.counting import close_vote, enter_ballots, give_up_vote
from pendamping.planning.actions.needs import record_need, withdraw_need
from pendamping.planning.actions.preparing import prepare_vote

__all__ = [
    "close_vote",
    "enter_ballots",
    "give_up_vote",
    "prepare_vote",
    "record_need",
    "withdraw_need",
]
