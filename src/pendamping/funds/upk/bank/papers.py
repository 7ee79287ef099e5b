"""The reconciliation of a bank account on paper."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.upk.rules.reconcile import Balances, Item
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent.parent / "papers"


def reconciliation(account: Any, found: Balances, ward_name: str, address: str) -> bytes:
    """From the statement's balance over what is open to the balance of the book, as PDF."""
    day = date_format(found.on, "j F Y")
    statement = format_rupiah(found.statement) if found.statement is not None else "–"
    data = {
        "title": _("Reconciliation of the bank account"),
        "ward": ward_name,
        "account": f"{account.code} {account.name}",
        "day": day,
        "statement": [_("Balance of the statement on {day}").format(day=day), statement],
        "parts": [
            {
                "title": _("In the book, not yet on the statement (added)"),
                "rows": [_row(one, 1) for one in found.open_book],
            },
            {
                "title": _("On the statement, not yet in the book (taken off)"),
                "rows": [_row(one, -1) for one in found.open_bank],
            },
        ],
        "none": _("None."),
        "sums": [
            [_("Comes to"), format_rupiah(found.expected)],
            [_("Balance of the book on {day}").format(day=day), format_rupiah(found.book)],
            [_("Difference"), "–" if found.statement is None else format_rupiah(found.difference)],
        ],
        "signatures": [_("UPK"), _("Board")],
        "qr": paper.qr_svg(address),
        "address": address,
    }
    return paper.render(FOLDER / "bank.typ", data, lang=get_language() or "id")


def _row(one: Item, sign: int) -> list[str]:
    return [date_format(one.on, "j M Y"), one.said, format_rupiah(sign * one.amount)]
