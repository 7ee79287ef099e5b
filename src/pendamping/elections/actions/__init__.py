"""The only writers of elections."""

from pendamping.elections.actions.preparing import give_up, open_round, prepare
from pendamping.elections.actions.results import close_round, draw_lot
from pendamping.elections.actions.seating import replace_member, seat_board
from pendamping.elections.actions.tallies import enter_tallies
from pendamping.elections.actions.tallies import read as read_tally

__all__ = [
    "close_round",
    "draw_lot",
    "enter_tallies",
    "give_up",
    "open_round",
    "prepare",
    "read_tally",
    "replace_member",
    "seat_board",
]
