"""The balances with which a fund begins here, on paper: signed by the unit and the board."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.upk.opening.models import CONFIRMED, Opening
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent.parent / "papers"


def statement(found: Opening, figures: dict[str, Any], ward_name: str, address: str) -> bytes:
    """The statement of the opening balances as PDF; ``figures`` as :func:`keeping.figures` makes them."""
    day = date_format(found.on, "j F Y")
    kept = figures["accounts"]
    data = {
        "title": _("Opening balances"),
        "ward": ward_name,
        "lead": _("What the old books of the UPK hold at the end of {day}.").format(day=day),
        "state": "" if found.state == CONFIRMED else _("Not confirmed yet: for the meeting of the board."),
        "accounts_head": [_("Account"), _("Debit"), _("Credit")],
        "accounts": [
            [f"{one['code']} {one['name']}", _sum(one["debit"]), _sum(one["credit"])]
            for one in kept
        ],
        "accounts_foot": [
            _("Total"),
            format_rupiah(sum(one["debit"] for one in kept)),
            format_rupiah(sum(one["credit"] for one in kept)),
        ],
        "tables": [one for one in (_loans(figures), _savings(figures), _things(figures)) if one["rows"]],
        "signatures": [_("UPK"), _("Board"), _("Witness")],
        "qr": paper.qr_svg(address),
        "address": address,
    }  # fmt: skip
    return paper.render(FOLDER / "opening.typ", data, lang=get_language() or "id")


def _sum(amount: int) -> str:
    return format_rupiah(amount) if amount else ""


def _loans(figures: dict[str, Any]) -> dict[str, Any]:
    rows = figures["loans"]
    return {
        "title": _("Loans that are not paid back"),
        "head": [_("Loan"), _("Group"), _("Paid out on"), _("Principal"), _("Principal paid"), _("Service charge paid"), _("Outstanding"), _("Class")],
        "align": "lllrrrrr",
        "rows": [
            [one["code"] or "–", one["group"], _short(one["disbursed"]), format_rupiah(one["principal"]), format_rupiah(one["paid_principal"]), format_rupiah(one["paid_service"]), format_rupiah(one["outstanding"]), str(one["class"] or "–")]
            for one in rows
        ],
        "foot": [_("Total"), "", "", *(format_rupiah(sum(one[key] for one in rows)) for key in ("principal", "paid_principal", "paid_service", "outstanding")), ""],
    }  # fmt: skip


def _short(day: str) -> str:
    return date_format(date.fromisoformat(day), "j M Y")


def _savings(figures: dict[str, Any]) -> dict[str, Any]:
    rows = figures["savings"]
    return {
        "title": _("Savings"),
        "head": [_("Group"), _("Amount")],
        "align": "lr",
        "rows": [[one["group"], format_rupiah(one["amount"])] for one in rows],
        "foot": [_("Total"), format_rupiah(sum(one["amount"] for one in rows))],
    }


def _things(figures: dict[str, Any]) -> dict[str, Any]:
    rows = figures["things"]
    return {
        "title": _("Inventory"),
        "head": [_("Thing"), _("Price"), _("Taken off")],
        "align": "lrr",
        "rows": [
            [one["name"], format_rupiah(one["cost"]), format_rupiah(one["taken_off"])]
            for one in rows
        ],
        "foot": [
            _("Total"),
            format_rupiah(sum(one["cost"] for one in rows)),
            format_rupiah(sum(one["taken_off"] for one in rows)),
        ],
    }
