"""Paying out what the yearly meeting set apart of a profit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.entries import MONEY, money_problems
from pendamping.funds.upk.closes import reading
from pendamping.funds.upk.rules import year as rules
from pendamping.kernel.refusal import Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

KIND = f"{ledger.VOUCHER}share"
"""A voucher like one by hand, and reversed like one; only the share that it is paid from is watched here."""


def _asked(asked: Mapping[str, Any]) -> tuple[str, list[tuple[str, int]]]:
    return KIND, [(asked["share"], asked["amount"]), (asked["money"], -asked["amount"])]


@ledger.once_per_entry(_asked)
@action
def pay_share(
    *,
    by: User,
    ward: str,
    share: str,
    on: date,
    amount: int,
    money: str,
    narration: str,
    request_id: str = "",
) -> Any:
    """Pay from a share of the profit (its account, by key) out of ``cash`` or a bank account.

    Never more than the share holds, on the day and on every day since. ``amount``: whole rupiah.
    The same ``request_id`` again gives back the entry that it made, and pays nothing.
    """
    ledger.take_turn(ward, "cash")
    allow(by, "upk.pay_share", ward)
    refuse_if([*_share(ward, share, on, amount, narration), *_money(ward, money, on, amount)])
    entry = ledger.post(
        by=by,
        ward=ward,
        on=on,
        kind=KIND,
        ref="",
        lines=[(share, amount), (money, -amount)],
        narration=fitting(narration, 200),
        request_id=request_id,
    )
    record(by=by, ward=ward, record=f"entry:{entry.id}", on=on, share=share, amount=amount)
    return entry


def _share(ward: str, share: str, on: date, amount: int, narration: str) -> list[Reason]:
    account = next((one for one in reading.funds(ward) if one.key == share), None)
    if account is None:
        text = "Choose a share that was set apart of the profit."
        return [Reason("upk.share", text, {}, {"field": "share"})]
    held = books.lowest(ward, share, on, credit=True)
    return rules.pay_problems(name=account.name, amount=amount, held=held, narration=narration)


def _money(ward: str, money: str, on: date, amount: int) -> list[Reason]:
    account = books.account(ward, money)
    if account is None or money not in MONEY:
        return [Reason("upk.share.money", "Choose cash or a bank account.", {}, {"field": "money"})]
    there = books.lowest(ward, money, on)
    return money_problems(money, account.name, amount=amount, there=there)
