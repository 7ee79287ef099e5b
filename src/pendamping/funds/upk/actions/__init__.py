"""The only writers of the unit's books as a whole."""

from pendamping.funds.upk.actions.closing import (
    approve_close,
    close_month,
    reopen_month,
    return_close,
)
from pendamping.funds.upk.actions.counting import count_cash
from pendamping.funds.upk.actions.health import record_card
from pendamping.funds.upk.actions.year import close_year, split_profit, take_back_split

__all__ = [
    "approve_close",
    "close_month",
    "close_year",
    "count_cash",
    "record_card",
    "reopen_month",
    "return_close",
    "split_profit",
    "take_back_split",
]
