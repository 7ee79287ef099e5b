"""What a purchase stands on: three quotes of different sellers, and the cheapest of them, or a written reason.

Source: handbook 5.2 ("three quotes above a threshold", general knowledge); which kinds of cost, and the seller: ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

COSTS = ("material", "equipment", "transport", "wages", "other")
"""What money is spent on."""


@dataclass(frozen=True, slots=True)
class Rule:
    """So many quotes above a sum, in whole rupiah, for these kinds of cost; ``code``: of the guideline;
    ``lowest``: whether another than the lowest needs a reason.
    """

    least: int
    above: int
    kinds: tuple[str, ...]
    code: str
    lowest: bool = True


def problems(
    amount: int,
    seller: str,
    quotes: Sequence[Mapping[str, Any]],
    rule: Rule,
    *,
    cost: str,
    why: str,
) -> list[Reason]:
    """Why a purchase above the limit does not stand on the prices that were asked for.

    ``quotes``: ``{"seller", "price"}`` each, in whole rupiah. A cost of no known kind is asked like a purchase.
    A seller who gave no quote, or not the lowest, or is paid more than it, needs ``why``.
    """
    if amount <= rule.above or (cost and cost not in rule.kinds):
        return []
    asked = _asked(quotes)
    if len(asked) < rule.least:
        return [_too_few(amount, len(asked), rule)]
    if not rule.lowest or not asked or why.strip():
        return []
    lowest = min(asked.values())
    theirs = asked.get(_name(seller))
    if theirs == lowest and amount <= lowest:
        return []
    return [_other(amount, seller, theirs, lowest, rule)]


def _name(seller: Any) -> str:
    return " ".join(str(seller).split()).casefold()


def _asked(quotes: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The lowest price of each seller who was asked."""
    found: dict[str, int] = {}
    for one in quotes:
        name, price = _name(one["seller"]), one["price"]
        if price > 0:
            found[name] = min(price, found.get(name, price))
    return found


def _too_few(amount: int, count: int, rule: Rule) -> Reason:
    return Reason(
        f"works.{rule.code}.quotes",
        "A purchase of {amount} needs {least} quotes of different sellers; there are {count}.",
        {"amount": format_rupiah(amount), "least": rule.least, "count": count},
        {"field": "quotes"},
    )


def _other(amount: int, seller: str, theirs: int | None, lowest: int, rule: Rule) -> Reason:
    if theirs is None:
        text = N_(
            "{seller} is none of those who were asked. Buy from one of them, or write why not."
        )
    elif theirs > lowest:
        text = N_(
            "{seller} asked {theirs}, the lowest price is {lowest}. Write why the dearer one."
        )
    else:
        text = N_("{amount} is more than {seller} asked, {theirs}. Write why.")
    values = {
        "seller": seller.strip(),
        "amount": format_rupiah(amount),
        "lowest": format_rupiah(lowest),
    }
    if theirs is not None:
        values["theirs"] = format_rupiah(theirs)
    return Reason(f"works.{rule.code}.quotes_lowest", text, values, {"field": "why"})
