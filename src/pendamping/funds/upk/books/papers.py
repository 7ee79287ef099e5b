"""Books on paper: one, or all of a month bound together."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.upk.books.shape import Book, Month, Table
from pendamping.funds.upk.books.windows import PREFIX
from pendamping.kernel.money import format_rupiah, group_thousands

FOLDER = Path(__file__).parent.parent / "papers"


def printed(
    found: Iterable[Book], ward_name: str, month: Month, address: str, closed: str, cover: bool
) -> bytes:
    """Books of a month as PDF; ``cover``: with a first page that lists them; ``closed``: who closed it.

    The board keeps those of its windows: other people sign them, and the UPK's close says nothing of them.
    """
    found = list(found) if not cover else found
    board = not cover and all(one.key.startswith(PREFIX) for one in found)
    data = {
        "title": _("Books of the board") if board else _("Books of the UPK"),
        "ward": ward_name,
        "month": date_format(month.first, "F Y"),
        "as_of": _("As of {day}").format(day=date_format(month.last, "j F Y")),
        "closed": "" if board else closed,
        "cover": cover,
        "cover_head": [_("Book"), _("What must agree"), ""],
        "books": [_book(one) for one in found],
        "agree": _("agree"),
        "not_agree": _("DO NOT AGREE"),
        "signatures": [_("Made by (secretary)"), _("Known by (board)")]
        if board
        else [_("Made by (treasurer)"), _("Checked by (UPK)"), _("Known by (board)")],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "books.typ", data, lang=get_language() or "id")


def _book(one: Book) -> dict[str, Any]:
    tables = [*one.tables, *(one.more() if one.key == "u8" else ())]
    return {
        "name": f"{one.code} {one.name}".strip(),
        "wide": any(len(table.columns) > 7 for table in tables),
        "tables": [printed_table(table) for table in tables],
        "ties": [
            [tie.here, format_rupiah(tie.amount), tie.there, format_rupiah(tie.other), tie.holds]
            for tie in one.ties
        ],
    }


def printed_table(table: Table) -> dict[str, Any]:
    """A table as a template of papers takes it: every cell a text."""
    kinds = [one.kind for one in table.columns]
    return {
        "title": table.title,
        "head": [one.label for one in table.columns],
        "right": [kind in ("rupiah", "number") for kind in kinds],
        "widths": [max(one.width, _longest_word(one.label) + 3) for one in table.columns],
        "rows": [[text(value, kind) for value, kind in zip(row.cells, kinds, strict=True)] for row in table.rows],
        "foot": [text(value, kind) for value, kind in zip(table.foot, kinds, strict=True)] if table.foot else [],
    }  # fmt: skip


def _longest_word(label: str) -> int:
    return max(map(len, label.split()), default=0)


def text(value: Any, kind: str) -> str:
    """A cell as it stands on paper.

    >>> text(575000, "rupiah"), text(-5, "rupiah"), text(None, "rupiah")
    ('575.000', '-5', '')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if kind == "rupiah" and isinstance(value, int):
        return group_thousands(value)
    return str(value)
