"""Closes on paper: the count of the cash, the close of a month, the year and the sharing of its profit."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.upk.books.cards import CLASSES
from pendamping.funds.upk.closes import labels, reading
from pendamping.funds.upk.closes.models import CashCount, MonthClose, ProfitSplit, YearClose
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent.parent / "papers"


def _day(on: date | None) -> str:
    return date_format(on, "j F Y") if on else "–"


def _render(template: str, address: str, data: dict[str, Any]) -> bytes:
    more = {"qr": paper.qr_svg(address), "address": address}
    return paper.render(FOLDER / template, {**data, **more}, lang=get_language() or "id")


def count(found: CashCount, ward_name: str, address: str) -> bytes:
    """The berita acara of a cash count, by denomination."""
    rows = [
        [row["value"], str(row["number"]), format_rupiah(row["sum"])]
        for row in labels.pieces(found.pieces)
    ]
    facts = [
        [_("In the books"), format_rupiah(found.in_books)],
        [_("Counted in the box"), format_rupiah(found.counted)],
        [_("Difference"), format_rupiah(found.difference)],
    ]
    if found.why:
        facts.append([_("Reason"), found.why])
    later = reading.count_of(found.ward, found.on)
    if later and later.id != found.id:
        facts.append([_("Replaced by the count entered on"), _day(later.entered_on)])
    data = {
        "title": _("Count of the cash"),
        "ward": ward_name,
        "lead": _("Cash at the end of {day}, counted on {entered} before {who}.").format(
            day=_day(found.on), entered=_day(found.entered_on), who=found.witnesses
        ),
        "head": [_("Note or coin"), _("Pieces"), _("Amount")],
        "rows": rows,
        "none": _("The cash box was empty."),
        "foot": [_("Counted in the box"), "", format_rupiah(found.counted)],
        "facts": facts,
        "signatures": [
            _("Treasurer: {name}").format(name=found.entered_by.name),
            _("Witness: {name}").format(name=found.witnesses),
            _("Board"),
        ],
    }
    return _render("count.typ", address, data)


def close(found: MonthClose, counted: CashCount | None, ward_name: str, address: str) -> bytes:
    """The berita acara of a month's close: checklist, figures, health card, signatures."""
    kept = labels.month_figures(found.figures)
    approved = found.approved_by.name if found.approved_by else ""
    data = {
        "title": _("Close of the books of {month}").format(month=date_format(found.month, "F Y")),
        "ward": ward_name,
        "lead": _("Closed by {who} on {day}.").format(
            who=labels.closer(found), day=_day(found.closed_on)
        ),
        "approved": _("Approved by {who} on {day}.").format(
            who=approved, day=_day(found.approved_on)
        )
        if approved
        else _("Not approved yet."),
        "checks_title": _("What was checked"),
        "checks": [[_checked(one), one["word"]] for one in labels.kept_checks(found)],
        "sections": [*_sections(kept), _cash(kept, counted)],
        "card_title": _("Health card"),
        "card_head": [one["short"] for one in kept["card"]],
        "card": [f"{one['share'].percent()}\n{one['standing']}" for one in kept["card"]],
        "signatures": [
            _("Closed by: {name}").format(name=labels.closer(found)),
            _("Approved by: {name}").format(name=approved or "……………………"),
            _("Known to: supervisors of the UPK"),
        ],
    }
    return _render("close.typ", address, data)


def _checked(one: dict[str, Any]) -> str:
    """A line of the checklist with what is noted about it."""
    return "\n".join([one["name"], *(known.say(_) for known in one["against"])])


def _sections(kept: dict[str, Any]) -> list[dict[str, Any]]:
    money = format_rupiah
    moved = [*kept["income"], *kept["cost"]]
    named = {number: _(words) for number, words in CLASSES.items()}
    return [
        {
            "title": _("Trial balance"),
            "head": [_("Account"), _("Debit"), _("Credit")],
            "rows": [
                [row["name"], *(money(row[side]) if row[side] else "–" for side in ("debit", "credit"))]
                for row in kept["trial"]
            ],
            "foot": [_("Total"), money(kept["trial_sum"]), money(kept["trial_sum"])],
        },
        {
            "title": _("Income and cost"),
            "head": [_("Account"), _("This month"), _("Since January")],
            "rows": [[row["name"], money(row["month"]), money(row["year"])] for row in moved],
            "foot": [_("Profit"), *map(money, kept["profit"])],
        },
        {
            "title": _("Loans by class"),
            "head": [_("Class"), _("Outstanding"), _("Reserve")],
            "rows": [
                [
                    _("Collectibility {number}, {name}: {loans} loans").format(
                        name=named[row["number"]], **row
                    ),
                    money(row["outstanding"]),
                    money(row["reserve"]),
                ]
                for row in kept["classes"]
            ],
            "foot": [_("Total"), money(kept["outstanding"]), money(kept["reserve"][0])],
        },
    ]  # fmt: skip


def _cash(kept: dict[str, Any], counted: CashCount | None) -> dict[str, Any]:
    held = kept["cash"] or {"counted": 0, "in_books": 0, "why": ""}
    who = counted.witnesses if counted else "–"
    return {
        "title": _("Cash"),
        "head": [_("Counted before"), _("Counted in the box"), _("In the books")],
        "rows": [[who, format_rupiah(held["counted"]), format_rupiah(held["in_books"])]],
        "foot": [
            held["why"] or _("Difference"),
            format_rupiah(held["counted"] - held["in_books"]),
            "",
        ],
    }


def year(
    done: YearClose,
    shared: ProfitSplit | None,
    moved: Iterable[tuple[Any, int]],
    ward_name: str,
    address: str,
) -> bytes:
    """The close of a year, and how its profit was shared."""
    rows = [
        [f"{one.code} {one.name}", format_rupiah(-amount if one.type == "income" else amount)]
        for one, amount in moved
    ]
    data = {
        "title": _("Close of the year {year}").format(year=done.year),
        "ward": ward_name,
        "lead": _("Closed by {who} on {day}.").format(
            who=labels.closer(done), day=_day(done.closed_on)
        ),
        "head": [_("Account"), _("Amount")],
        "rows": rows,
        "foot": [
            [_("Income"), format_rupiah(done.income)],
            [_("Cost"), format_rupiah(done.cost)],
            [_("Profit of the year"), format_rupiah(done.profit)],
        ],
        "split_title": _("Sharing of the profit"),
        "split_lead": _("Decided in the yearly meeting, booked on {day}: {amount}.").format(
            day=_day(shared.on), amount=format_rupiah(shared.shared)
        )
        if shared
        else _("The profit has not been shared yet."),
        "split": [
            [one["name"][labels.language()], f"{one['percent']} %", format_rupiah(one["amount"])]
            for one in (shared.shares if shared else [])
        ],
        "split_head": [_("Share"), _("Percentage"), _("Amount")],
        "signatures": [_("UPK"), _("Board"), _("Residents")],
    }
    return _render("year.typ", address, data)
