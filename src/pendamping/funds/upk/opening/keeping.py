"""What is kept of the balances with which a fund began, for its page and its paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from pendamping.funds.upk.opening.reading import Picture


def figures(picture: Picture, entered: Mapping[str, Sequence[Any]] | None = None) -> dict[str, Any]:
    """The statement as it is printed: accounts, loans, savings, inventory; no person by name.

    ``entered``: the loans that were made of the list, in its order.
    """
    made = list((entered or {}).get("loans", ()))
    return {
        "accounts": accounts(picture),
        "loans": [
            {
                "code": made[at].code if made else one.old.number,
                "id": made[at].id if made else "",
                "old": one.old.number,
                "group": one.group_name,
                "new": not one.group,
                "disbursed": one.old.disbursed.isoformat(),
                "principal": one.old.principal,
                "paid_principal": one.old.paid_principal,
                "paid_service": one.old.paid_service,
                "overpaid": one.old.overpaid,
                "outstanding": one.old.outstanding,
                "class": one.state.collectibility if one.state else None,
            }
            for at, one in enumerate(picture.lines.loans)
        ],
        "savings": _savings(picture),
        "things": [
            {"name": one.name, "cost": one.cost, "taken_off": one.taken_off}
            for one in picture.lines.things
        ],
        "reserve": picture.reserve,
    }


def accounts(picture: Picture) -> list[dict[str, Any]]:
    """The accounts with their balance on the debit or on the credit side."""
    moved = dict(picture.legs)
    return [
        {
            "key": one.key,
            "code": one.code,
            "name": one.name,
            "debit": max(moved[one.key], 0),
            "credit": max(-moved[one.key], 0),
        }
        for one in picture.accounts
        if moved.get(one.key)
    ]


def _savings(picture: Picture) -> list[dict[str, Any]]:
    """Savings by group: what the group and its members have together."""
    sums: dict[str, int] = {}
    for one in picture.lines.savings:
        sums[one.group_name] = sums.get(one.group_name, 0) + one.amount
    return [{"group": group, "amount": amount} for group, amount in sums.items()]
