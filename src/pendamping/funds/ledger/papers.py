"""Vouchers on paper; each carries a code with the address of its entry."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lokal import terbilang

from pendamping import paper
from pendamping.funds.ledger import booked, labels, queries
from pendamping.funds.ledger.models import Entry
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent / "papers"
CANCELS = ("reversed", "correction")
"""Entries that take back what was entered before, beside the reversals that name the voucher itself."""
NAMES = {"A": "money_in", "B": "money_out", "C": "transfer"}


def in_words(amount: int) -> str:
    """A sum in Indonesian words, as vouchers want it in any language.

    >>> in_words(575000)
    'lima ratus tujuh puluh lima ribu rupiah'
    """
    return f"{terbilang(amount)} rupiah"


def title(entry: Entry) -> str:
    """What the guideline calls the voucher of an entry: ``Bukti Kas Masuk (Model A)``."""
    found = queries.voucher_of(entry.id)
    named = guidelines.section("vouchers", entry.ward, entry.on)
    kind = named.get(NAMES[found.model]) if found else None
    lang = "en" if get_language() == "en" else "id"
    return str(kind["name"][lang]) if kind else _("Voucher")


def notice(entry: Entry) -> str:
    """What a voucher says of a correction: that it is one and moves no money, or that it was reversed."""
    undone, by = entry.reversal_of, queries.reversal(entry.id)
    numbers = queries.voucher_numbers(entry.ward, [one.id for one in (undone, by) if one])
    if undone:
        return _("Reversal of {number} of {day}").format(
            number=numbers.get(undone.id, "–"), day=date_format(undone.on, "j F Y")
        )
    if by:
        return _("Reversed by {number} on {day}").format(
            number=numbers.get(by.id, "–"), day=date_format(by.on, "j F Y")
        )
    if entry.kind == "resplit":
        return _("No money moves: a payment that stands in the cash book is split anew.")
    if entry.kind in CANCELS:
        return _("A cancellation of what was entered before, no payment.")
    return ""


def _signatures(entry: Entry) -> list[str]:
    """Who signs: nobody as receiver where no money moves, only if there is one where something is cancelled."""
    found = [_("Made by (treasurer)"), _("Approved by")]
    if entry.kind == "resplit":
        return found
    if entry.reversal_of_id or entry.kind in CANCELS:
        return [*found, _("Received or handed over by, if money was")]
    return [*found, _("Received or handed over by")]


def voucher(entry: Entry, ward_name: str, address: str) -> bytes:
    """The voucher of an entry as PDF."""
    lines = list(entry.lines.all())
    total = sum(line.amount for line in lines if line.amount > 0)
    data = {
        "title": title(entry),
        "ward": ward_name,
        "number": queries.voucher_numbers(entry.ward, [entry.id]).get(entry.id, "–"),
        "day": date_format(entry.on, "j F Y"),
        "notice": notice(entry),
        "facts": [
            [_("What for"), entry.narration or labels.kind(entry.kind)],
            [_("Kind"), labels.kind(entry.kind)],
            [_("Entered on"), date_format(entry.entered_on, "j F Y")],
            *([label, said] for label, said in booked.facts(entry)),
        ],
        "head": [_("Account"), "", _("Debit"), _("Credit")],
        "lines": [
            [
                line.account.code,
                line.account.name,
                format_rupiah(line.amount) if line.amount > 0 else "",
                format_rupiah(-line.amount) if line.amount < 0 else "",
            ]
            for line in lines
        ],
        "foot": ["", _("Total"), format_rupiah(total), format_rupiah(total)],
        "words_label": _("In words:"),
        "words": in_words(total),
        "signatures": _signatures(entry),
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "voucher.typ", data, lang=get_language() or "id")
