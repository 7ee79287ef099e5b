"""Buying a thing, taking off its use month by month, letting it go."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.entries import MONEY, money_problems
from pendamping.funds.upk.inventory import reading
from pendamping.funds.upk.inventory.models import Item, ItemMonth
from pendamping.funds.upk.rules.inventory import item_problems
from pendamping.kernel import clock
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

ACCOUNTS = ("depreciation_cost", "disposal_loss")


BOUGHT = "item-bought"


def _bought_already(arguments: Mapping[str, Any]) -> Item | None:
    """The thing that a form has entered already; it must have been the same in everything."""
    entry = ledger.entry_of(arguments.get("request_id", ""))
    if entry is None:
        return None
    found = reading.item(entry.ward, entry.ref.removeprefix("item:"))
    made = (entry.kind, entry.ward, entry.on)
    asked = (BOUGHT, arguments["ward"], arguments["on"])
    if found is not None:
        money = [account for account, amount in ledger.lines_of(entry) if amount < 0]
        made += (found.name, found.cost, found.residue, found.life_months, money)
        names = ("cost", "residue", "life_months")
        asked += (fitting(arguments["name"], 120), *(arguments[name] for name in names))
        asked += ([arguments.get("money", "cash")],)
    ledger.same_request("upk.item.request", ledger.number(entry), made, asked)
    return found


@ledger.once_per_request(_bought_already)
@action
def buy_item(
    *,
    by: User,
    ward: str,
    name: str,
    on: date,
    cost: int,
    residue: int,
    life_months: int,
    money: str = "cash",
    request_id: str = "",
) -> Item:
    """Enter a thing that was bought on a day for whole rupiah, out of ``cash`` or a bank account.

    ``residue``: what it will be worth in the end; ``life_months``: how long it is used.
    The same ``request_id`` again gives back what it entered, and pays nothing.
    """
    ledger.take_turn(ward, "cash")
    allow(by, "upk.buy_item", ward)
    refuse_if([*item_problems(name, cost, residue, life_months), *_paid(ward, money, cost, on)])
    ledger.complete_accounts(by=by, ward=ward, keys=ACCOUNTS, on=on)
    made = Item.objects.create(
        ward=ward,
        name=fitting(name, 120),
        bought_on=on,
        cost=cost,
        residue=residue,
        life_months=life_months,
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    legs = [("fixed_assets", cost), (money, -cost)]
    _post(by, made, on, BOUGHT, legs, request_id)
    record(by=by, ward=ward, record=f"item:{made.id}", on=on, cost=cost, life_months=life_months)
    return made


def _paid(ward: str, money: str, amount: int, on: date) -> list[Reason]:
    account = books.account(ward, money)
    if account is None or money not in MONEY:
        return [Reason("upk.item.money", "Choose cash or a bank account.", {}, {"field": "money"})]
    there = books.lowest(ward, money, on)
    return money_problems(money, account.name, amount=amount, there=there)


def _post(
    by: User, item: Item, on: date, kind: str, legs: list[tuple[str, int]], request_id: str = ""
) -> None:
    ledger.post(
        by=by,
        ward=item.ward,
        on=on,
        kind=kind,
        ref=f"item:{item.id}",
        lines=[leg for leg in legs if leg[1]],
        narration=item.name,
        request_id=request_id,
    )


@action
def depreciate_month(*, by: User, ward: str, month: date) -> int:
    """Take a month's use off everything that the unit owns; what was entered late catches up.

    ``month``: its last day. Returns the whole rupiah posted; refuses a month that has not ended, and
    one that has nothing left to take off.
    """
    ledger.take_turn(ward, "cash")
    allow(by, "upk.depreciate_month", ward)
    if month > clock.today() or month != month_end(month):
        raise refuse(
            "upk.item.month",
            "The month ends on {last} and today is {today}; its use is taken off from that day on.",
            last=month_end(month).isoformat(),
            today=clock.today().isoformat(),
        )
    found = reading.due(ward, month)
    if not found:
        raise refuse("upk.item.nothing", "Nothing is left to take off in this month.")
    ledger.complete_accounts(by=by, ward=ward, keys=ACCOUNTS, on=month)
    ItemMonth.objects.bulk_create(
        ItemMonth(item=one, month=month, amount=off) for one, off in found
    )
    total = sum(amount for _one, amount in found)
    ledger.post(
        by=by,
        ward=ward,
        on=month,
        kind="depreciation",
        ref=f"depreciation:{month.isoformat()}",
        lines=[("depreciation_cost", total), ("depreciation", -total)],
        narration=f"{month:%m/%Y}",
    )
    record(by=by, ward=ward, record=f"depreciation:{month.isoformat()}", on=month, amount=total)
    return total


@action
def let_item_go(
    *, by: User, ward: str, item_id: str, on: date, proceeds: int, money: str = "cash", why: str
) -> Item:
    """A thing is sold, broken or lost: it leaves the books with what was taken off; what it brings in
    beyond that is income, what is missing a loss. ``proceeds``: whole rupiah, 0 for nothing.
    """
    ledger.take_turn(ward, "cash")
    allow(by, "upk.let_item_go", ward)
    item = reading.item(ward, item_id)
    if item is None:
        raise refuse("upk.item", "The inventory has no such thing.")
    refuse_if(_cannot_go(item, on, proceeds, money, why))
    taken_off = sum(item.months.values_list("amount", flat=True))
    Item.objects.filter(pk=item.pk).update(
        gone_on=on, proceeds=proceeds, why_gone=fitting(why, 200)
    )
    gain = proceeds + taken_off - item.cost
    other = ("other_income", -gain) if gain > 0 else ("disposal_loss", -gain)
    legs = [(money, proceeds), ("depreciation", taken_off), other, ("fixed_assets", -item.cost)]
    _post(by, item, on, "item-gone", legs)
    record(by=by, ward=ward, record=f"item:{item.id}", on=on, proceeds=proceeds, gain=gain)
    item.refresh_from_db()
    return item


def _cannot_go(item: Item, on: date, proceeds: int, money: str, why: str) -> list[Reason]:
    found = []
    if item.gone_on:
        found.append(Reason("upk.item.gone", "It has left the inventory already."))
    if on < item.bought_on or on > clock.today() or item.months.filter(month__gt=on).exists():
        found.append(
            Reason(
                "upk.item.day",
                "It goes between the day it was bought, the last month taken off, and today.",
                {},
                {"field": "on"},
            )
        )
    if proceeds < 0:
        found.append(
            Reason("upk.item.proceeds", "It brings in nothing or more.", {}, {"field": "proceeds"})
        )
    if money not in MONEY:
        found.append(
            Reason("upk.item.money", "Choose cash or a bank account.", {}, {"field": "money"})
        )
    if not why.strip():
        found.append(Reason("upk.item.why", "Say what became of it.", {}, {"field": "why"}))
    return found
