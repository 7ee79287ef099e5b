"""The only writers of needs, votes, plans and proposals."""

from pendamping.planning.actions.counting import close_vote, enter_ballots, give_up_vote
from pendamping.planning.actions.handing import drop_proposal, hand_in_proposal
from pendamping.planning.actions.kiosk import cast_ballot, close_kiosk, open_kiosk
from pendamping.planning.actions.mapping import draw_map, record_potential
from pendamping.planning.actions.needs import record_need, withdraw_need
from pendamping.planning.actions.plans import (
    draft_plan,
    drop_plan,
    ratify_plan,
    shape_line,
    take_up_needs,
)
from pendamping.planning.actions.preparing import prepare_vote
from pendamping.planning.actions.proposals import (
    describe_proposal,
    draft_proposal,
    name_beneficiaries,
    set_budget,
    tick_proposal,
)

__all__ = [
    "cast_ballot",
    "close_kiosk",
    "close_vote",
    "describe_proposal",
    "draft_plan",
    "draft_proposal",
    "draw_map",
    "drop_plan",
    "drop_proposal",
    "enter_ballots",
    "give_up_vote",
    "hand_in_proposal",
    "name_beneficiaries",
    "open_kiosk",
    "prepare_vote",
    "ratify_plan",
    "record_need",
    "record_potential",
    "set_budget",
    "shape_line",
    "take_up_needs",
    "tick_proposal",
    "withdraw_need",
]
