"""The only writers of the grant's room."""

from pendamping.funds.grants.actions.allocating import (
    decide_split,
    move_between_windows,
    record_allocation,
)
from pendamping.funds.grants.actions.contracting import agree_grant
from pendamping.funds.grants.actions.giving import give_social_grant, pass_on_capital, take_back
from pendamping.funds.grants.actions.handing import (
    hand_over,
    move_keeper_money,
    record_actuals,
    record_keeper,
)
from pendamping.funds.grants.actions.reporting import draft_report, hand_in_report
from pendamping.funds.grants.actions.tranching import (
    receive_tranche,
    record_payment_order,
    request_tranche,
    tick_papers,
)
from pendamping.funds.grants.actions.working import (
    add_photo,
    pay_grant,
    record_contribution,
    record_expense,
    record_progress,
    return_unspent,
)

__all__ = [
    "add_photo",
    "agree_grant",
    "decide_split",
    "draft_report",
    "give_social_grant",
    "hand_in_report",
    "hand_over",
    "move_between_windows",
    "move_keeper_money",
    "pass_on_capital",
    "pay_grant",
    "receive_tranche",
    "record_actuals",
    "record_allocation",
    "record_contribution",
    "record_expense",
    "record_keeper",
    "record_payment_order",
    "record_progress",
    "request_tranche",
    "return_unspent",
    "take_back",
    "tick_papers",
]
