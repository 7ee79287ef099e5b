"""The only writers of the unit's books as a whole."""

from pendamping.funds.upk.actions.banking import (
    discard_statement,
    match_lines,
    post_bank_line,
    stage_statement,
    take_statement,
    unmatch_line,
)
from pendamping.funds.upk.actions.closing import (
    approve_close,
    close_month,
    reopen_month,
    return_close,
)
from pendamping.funds.upk.actions.counting import count_cash
from pendamping.funds.upk.actions.health import record_card
from pendamping.funds.upk.actions.inventory import buy_item, depreciate_month, let_item_go
from pendamping.funds.upk.actions.opening import (
    balance_opening,
    confirm_opening,
    discard_opening,
    name_opening,
    propose_opening,
    return_opening,
    stage_opening,
)
from pendamping.funds.upk.actions.opening_back import expire_opening, take_back_opening
from pendamping.funds.upk.actions.sharing import pay_share
from pendamping.funds.upk.actions.year import close_year, split_profit, take_back_split

__all__ = [
    "approve_close",
    "balance_opening",
    "buy_item",
    "close_month",
    "close_year",
    "confirm_opening",
    "count_cash",
    "depreciate_month",
    "discard_opening",
    "discard_statement",
    "expire_opening",
    "let_item_go",
    "match_lines",
    "name_opening",
    "pay_share",
    "post_bank_line",
    "propose_opening",
    "record_card",
    "reopen_month",
    "return_close",
    "return_opening",
    "split_profit",
    "stage_opening",
    "stage_statement",
    "take_back_opening",
    "take_back_split",
    "take_statement",
    "unmatch_line",
]
