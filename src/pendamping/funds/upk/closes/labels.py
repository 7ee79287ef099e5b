"""What pages and papers of a close say in the reader's language."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.funds.upk.closes import figures
from pendamping.funds.upk.closes.models import MonthClose, YearClose
from pendamping.funds.upk.labels import TONES, language, standing
from pendamping.funds.upk.rules.closing import REMARKS, Check
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_
from pendamping.kernel.share import Share

CHECKS = {
    "cash": N_("Cash counted, and alike with the books or the difference named"),
    "bank": N_("Bank accounts reconciled with their statements"),
    "cards": N_("Loan cards and savings cards tie to the ledger"),
    "reserve": N_("Reserve of the month set aside"),
    "depreciation": N_("Depreciation booked, where there are fixed assets"),
    "papers": N_("No paper half done"),
    "books": N_("The journal holds"),
}
STATES = {
    "closed": (N_("closed, waits for the board"), "warn"),
    "approved": (N_("approved"), "good"),
    "returned": (N_("given back"), "bad"),
    "reopened": (N_("reopened"), "bad"),
}


def check_name(key: str) -> str:
    """A line of the checklist in words."""
    return _(CHECKS[key])


AT_THE_END = ("cash", "bank", "reserve", "depreciation")
"""What only the last day of a month can show: until then it is not missing."""


def _word(holds: bool, must: bool) -> str:
    """How a line of the checklist stands, in one word: the same on the page and on paper."""
    if holds:
        return _("in order")
    return _("missing") if must else _("remark")


def check(one: Check, ward: str, last: date) -> dict[str, Any]:
    """A line of the checklist with the page that mends it; ``later``: its day has not come."""
    later = not one.holds and one.key in AT_THE_END and last > clock.today()
    return {
        "key": one.key,
        "name": check_name(one.key),
        "holds": one.holds,
        "must": bool(one.stops),
        "word": _("at the month's end") if later else _word(one.holds, bool(one.stops)),
        "against": list(one.against),
        "later": later,
        "link": None if one.holds or later else _where(one.key, ward, last),
    }


def kept_checks(close: MonthClose) -> list[dict[str, Any]]:
    """The checklist as it was when the month was closed."""
    return [_kept(one) for one in close.checks]


def _kept(one: dict[str, Any]) -> dict[str, Any]:
    holds = not one["against"]
    must = one["must"] and any(known["clause"] not in REMARKS for known in one["against"])
    return {
        "key": one["key"],
        "name": check_name(one["key"]),
        "holds": holds,
        "must": must,
        "word": _word(holds, must),
        "against": [figures.reason(known) for known in one["against"]],
        "later": False,
        "link": None,
    }


def _where(key: str, ward: str, last: date) -> tuple[str, str] | None:
    """The words and the address of what mends a line."""
    where = {"ward": ward}
    if key == "cash":
        return _(
            "To the count of the cash"
        ), f"{reverse('upk:count', kwargs=where)}?on={last.isoformat()}"
    if key == "reserve":
        return _("Set the reserve aside"), (
            f"{reverse('loans:reserve', kwargs=where)}?month={last:%Y-%m}"
        )
    if key in ("bank", "papers"):
        return _("Bank statements"), reverse("upk:bank", kwargs=where)
    if key in ("cards", "books"):
        return _("See what does not hold"), reverse("ledger:trial", kwargs=where)
    return None


def state(close: MonthClose) -> tuple[str, str]:
    """Where a close stands, in words, and its tone."""
    text, tone = STATES[close.state]
    return _(text), tone


def closer(close: MonthClose | YearClose) -> str:
    """Who closed the month or year: a person by name, or the server, as in the beginning of a practice ward."""
    return access.signer(close.closed_by) or _("the server")


def month_figures(kept: dict[str, Any]) -> dict[str, Any]:
    """The figures of a close ready to be shown: sums, income and cost, classes, health card."""
    name = 2 if language() == "en" else 1
    moved = [
        {"name": f"{row[0]} {row[name]}", "type": row[3], "month": row[4], "year": row[5]}
        for row in kept["moved"]
    ]
    return {
        "trial": [
            {
                "name": f"{row[0]} {row[name]}",
                "debit": row[3] or None,
                "credit": row[4] or None,
            }
            for row in kept["trial"]
        ],
        "trial_sum": sum(row[3] for row in kept["trial"]),
        "income": [row for row in moved if row["type"] == "income"],
        "cost": [row for row in moved if row["type"] == "expense"],
        "profit": [_profit(moved, "month"), _profit(moved, "year")],
        "cash": kept["cash"],
        "classes": kept["classes"],
        "outstanding": sum(row["outstanding"] for row in kept["classes"]),
        "reserve": kept["reserve"],
        "card": [
            {
                "short": one["short"],
                "share": Share(one["part"], one["whole"]),
                "tone": TONES.get(one["standing"] or "", ""),
                "standing": standing(one["standing"]),
            }
            for one in kept["card"]
        ],
        "flow": Share(*kept["flow"]),
        "entries": kept["entries"],
    }


def _profit(moved: list[dict[str, Any]], span: str) -> int:
    signed = [row[span] if row["type"] == "income" else -row[span] for row in moved]
    return sum(signed)


def pieces(kept: dict[str, int]) -> list[dict[str, Any]]:
    """The notes and coins of a count, the largest first."""
    return [
        {"value": format_rupiah(int(value)), "number": number, "sum": int(value) * number}
        for value, number in sorted(kept.items(), key=lambda item: -int(item[0]))
    ]
