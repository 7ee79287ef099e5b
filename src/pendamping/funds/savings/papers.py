"""The savings card (U7) on paper."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import quote

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lokal import terbilang

from pendamping import paper
from pendamping.access import queries as access
from pendamping.funds.savings import queries
from pendamping.funds.savings.models import Movement
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent / "papers"


def code(address: str) -> str:
    """The code of an address as the source of a picture on a page."""
    return "data:image/svg+xml," + quote(paper.qr_svg(address))


def receipt(one: Movement, title: str, ward_name: str, address: str) -> bytes:
    """The receipt of one movement as PDF: whoever gave the money and whoever took it sign."""
    person = one.person.name if one.person else one.group.name
    given = one.kind in Movement.IN
    data = {
        "title": title,
        "ward": ward_name,
        "number": one.receipt,
        "facts": [
            [_("Day"), _day(one.on)],
            [_("Group"), one.group.name],
            [_("Received from") if given else _("Paid to"), person],
            [_("Amount"), format_rupiah(one.amount)],
            [_("In words"), f"{terbilang(one.amount)} rupiah"],
        ],
        "dated": dated(one),
        "reversed": _("Taken back on %(day)s") % {"day": _day(one.reversed_on)}
        if one.reversed_on
        else "",
        "signers": [
            *([each["name"] for each in one.signers or ()] or [person]),
            f"{access.signer(one.received_by)} (UPK)".strip(),
        ],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "receipt.typ", data, lang=get_language() or "id")


def _day(on: date) -> str:
    return date_format(on, "j F Y")


def _short(on: date) -> str:
    return date_format(on, "j M Y")


def signed(one: Movement) -> str:
    """Who of the officers signed that the group's common savings go out."""
    names = ", ".join(each["name"] for each in one.signers or ())
    return _("Signed for the group: %(names)s") % {"names": names} if names else ""


def dated(one: Movement) -> str:
    """When a receipt was written, where that is not its day: the number is of the year of the entry."""
    if one.entered_on == one.on:
        return ""
    values = {"entered": _day(one.entered_on), "day": _day(one.on)}
    if one.entered_on.year == one.on.year:
        return _("Of %(day)s, entered on %(entered)s.") % values
    text = _("Of %(day)s, entered on %(entered)s: the number is of the year of the entry.")
    return text % values


def card(
    group_name: str, ward_name: str, group_id: str, address: str, names: Mapping[str, str]
) -> bytes:
    """A group's card with every movement, whose it is and the balance after it, as PDF. ``names``: what members
    are called for who asks, by person id.
    """
    today = clock.today()
    data = {
        "title": _("Savings card (U7)"),
        "group": group_name,
        "ward": ward_name,
        "as_of": _("As of %(day)s") % {"day": _day(today)},
        "head": [_("Receipt"), _("Day"), _("Who"), _("In"), _("Out"), _("Balance")],
        "lines": [
            [
                line.movement.receipt,
                _short(line.on),
                names.get(line.movement.person_id or "") or _("the whole group"),
                format_rupiah(line.amount) if line.amount > 0 else "",
                format_rupiah(-line.amount) if line.amount < 0 else "",
                format_rupiah(line.balance),
            ]
            for line in queries.card(group_id, today)
        ],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "card.typ", data, lang=get_language() or "id")
