"""The chart of accounts that the guideline in force names (handbook 4.5)."""

from datetime import date

from pendamping.funds.ledger.models import Account
from pendamping.guidelines import queries as guidelines


def controls(ward: str, on: date) -> dict[str, str]:
    """Who alone moves an account, by its key, as the guideline says now: it may say so of accounts that
    were opened before it did.
    """
    chart = guidelines.section("accounts", ward, on)
    return {key: entry["control_of"] for key, entry in chart.items() if entry.get("control_of")}


def by_hand(ward: str, on: date) -> dict[str, tuple[str, ...]]:
    """The accounts that the guideline opens to vouchers by hand: the kinds of voucher, by account key."""
    chart = guidelines.section("accounts", ward, on)
    return {key: tuple(entry["by_hand"]) for key, entry in chart.items() if entry.get("by_hand")}


def accounts(ward: str, on: date) -> list[Account]:
    """The accounts of the guideline's section ``accounts`` for this ward, not yet stored."""
    chart = guidelines.section("accounts", ward, on)
    return [
        Account(
            ward=ward,
            key=key,
            code=entry["code"],
            type=entry["type"],
            contra=entry.get("contra", False),
            control_of=entry.get("control_of", ""),
            fund=entry.get("fund", ""),
            name_id=entry["name"]["id"],
            name_en=entry["name"]["en"],
            opened_on=on,
        )
        for key, entry in chart.items()
    ]
