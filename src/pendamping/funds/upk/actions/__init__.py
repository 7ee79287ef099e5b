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
from pendamping.funds.upk.actions.sharing import pay_share
from pendamping.funds.upk.actions.year import close_year, split_profit, take_back_split

__all__ = [
    "approve_close",
    "buy_item",
    "close_month",
    "close_year",
    "count_cash",
    "depreciate_month",
    "discard_statement",
    "let_item_go",
    "match_lines",
    "pay_share",
    "post_bank_line",
    "record_card",
    "reopen_month",
    "return_close",
    "split_profit",
    "stage_statement",
    "take_back_split",
    "take_statement",
    "unmatch_line",
]
