"""Receipts and loan cards on paper; each carries a code with the address of its record."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lokal import terbilang

from pendamping import paper
from pendamping.access import queries as access
from pendamping.funds.loans import history, receipts, why
from pendamping.funds.loans.card_lines import CardLine
from pendamping.funds.loans.cards import Card, CardRow
from pendamping.funds.loans.labels import day, rate, reckoned
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent / "papers"


def in_words(amount: int) -> str:
    """A sum in Indonesian words, as receipts want it in any language.

    >>> in_words(287500)
    'dua ratus delapan puluh tujuh ribu lima ratus rupiah'
    """
    return f"{terbilang(amount)} rupiah"


def code(address: str) -> str:
    """The code of an address as the source of a picture on a page."""
    return "data:image/svg+xml," + quote(paper.qr_svg(address))


def receipt_lines(payment: Repayment) -> list[tuple[str, int]]:
    """What a payment is made of, without the parts that are nothing."""
    parts = [
        (_("Service charge"), payment.service),
        (_("Principal"), payment.principal),
        (_("Paid too much, kept for the group"), payment.overpaid),
        (_("Of a loan that was written off"), payment.recovered),
    ]
    return [part for part in parts if part[1]]


def receipt(payment: Repayment, ward_name: str, address: str) -> bytes:
    """The receipt of one payment as PDF."""
    loan = payment.loan
    data = {
        "title": _("Receipt"),
        "ward": ward_name,
        "number": payment.receipt,
        "day": day(payment.paid_on),
        "from_label": _("Received from"),
        "payer": payment.received_from or loan.group_name,
        "group": loan.group_name,
        "loan": _("Loan") + f" {loan.code}",
        "lines": [[text, format_rupiah(amount)] for text, amount in receipt_lines(payment)],
        "total_label": _("Total"),
        "total": format_rupiah(payment.amount),
        "words": in_words(payment.amount),
        "told": receipts.told(payment),
        "by_label": _("Received by"),
        "by": access.signer(payment.received_by),
        "payer_label": _("Paid by"),
        "stamp": _("CANCELLED") if payment.reversed_on else "",
        "reversed": _("Taken back on %(day)s") % {"day": day(payment.reversed_on)}
        if payment.reversed_on
        else "",
        "why": payment.why_reversed,
        "dated": receipts.dated(payment),
        "anew": receipts.anew(payment),
        "qr": paper.qr_svg(address),
        "address": address,
    }
    return paper.render(FOLDER / "receipt.typ", data, lang=get_language() or "id")


def _members(loan: Loan, names: Mapping[str, str]) -> list[list[str]]:
    """Who borrowed what for which business."""
    return [
        [names.get(one.person_id, one.name), one.purpose, format_rupiah(one.amount)]
        for one in loan.members.all()
    ]


def card(
    found: Card, ward_name: str, address: str, names: Mapping[str, str] | None = None
) -> bytes:
    """The loan card (U6) of a group as PDF: schedule, what is paid, payments.

    ``names``: what members are called instead, by person id, for who may not read their names.
    """
    loan, into = found.loan, receipts.into(found)
    data = {
        "title": _("Loan card (U6)"),
        "ward": ward_name,
        "as_of": _("As of %(day)s") % {"day": day(found.on)},
        "facts": _facts(found),
        "why": [one.say(_) for one in why.of(loan, found.state, found.on, risk=False)],
        "schedule_title": _("Instalments"),
        "schedule_head": [
            _("No."),
            _("Due date"),
            _("Principal"),
            _("Service charge"),
            _("Total"),
            _("Paid"),
            _("Still short"),
        ],
        "schedule": [_instalment(row) for row in found.rows],
        "schedule_total": _total(found),
        "payments_title": _("Payments"),
        "payments_head": [
            _("Receipt"),
            _("Day"),
            _("Amount"),
            _("Principal"),
            _("Service charge"),
            _("Instalments"),
            _("Received by"),
        ],
        "payments": [_payment(one, into) for one in found.lines],
        "kept": _kept(found),
        "members_title": _("Members"),
        "members": _members(loan, names or {}),
        "qr": paper.qr_svg(address),
        "address": address,
    }
    return paper.render(FOLDER / "card.typ", data, lang=get_language() or "id")


def _kept(found: Card) -> str:
    """Under the payments: what of them was paid too much, so that amount, principal and service add up."""
    overpaid = found.state.overpaid if found.state else 0
    if not overpaid:
        return ""
    text = _("Of these payments %(sum)s was paid too much: it is owed back to the group.")
    return text % {"sum": format_rupiah(overpaid)}


def _facts(found: Card) -> list[list[str]]:
    loan = found.loan
    outstanding = found.state.outstanding_principal if found.state else 0
    overpaid = found.state.overpaid if found.state else 0
    kept = [[_("Paid too much, kept for the group"), format_rupiah(overpaid)]] if overpaid else []
    return [
        [_("Group"), loan.group_name],
        [_("Loan"), loan.code],
        [_("Principal"), format_rupiah(loan.principal)],
        [_("Paid out on"), day(loan.disbursed)],
        *history.taken_over(loan),
        [_("Service charge"), rate(loan)],
        [_("Service charge is counted"), reckoned(loan)],
        [_("Principal outstanding"), format_rupiah(outstanding)],
        *_asked(found),
        *kept,
    ]


def _asked(found: Card) -> list[list[str]]:
    """What is to be paid now, and what comes next; nothing of a loan that is not running on the day."""
    if not found.state or not found.state.active:
        return []
    due = [[_("To be paid now"), format_rupiah(found.due_now) if found.due_now else _("nothing")]]
    if (row := found.coming) is None:
        return due
    values = {"no": row.row.no, "day": day(row.row.due)}
    which = _("no. %(no)s, %(day)s") % values
    name = _("Due today") if row.row.due == found.on else _("Falls due next")
    return [*due, [name, f"{which}: {format_rupiah(row.left.total)}"]]


def _instalment(one: CardRow) -> list[str]:
    row = one.row
    return [
        str(row.no),
        day(row.due),
        *map(format_rupiah, (row.principal, row.service, row.total)),
        format_rupiah(one.paid) if one.paid else "–",
        format_rupiah(one.left.total) if one.left.total else _("paid"),
    ]


def _total(found: Card) -> list[str]:
    """What all instalments come to, what is paid of it and what is short."""
    rows = [one.row for one in found.rows]
    sums = [
        sum(row.principal for row in rows),
        sum(row.service for row in rows),
        sum(row.total for row in rows),
        sum(one.paid for one in found.rows),
        found.left,
    ]
    return ["", _("Together"), *(format_rupiah(one) for one in sums)]


def _payment(one: CardLine, into: Mapping[str, str]) -> list[str]:
    came = one.payment if one.kind == "repayment" else None
    return [
        one.name,
        day(one.on),
        *map(format_rupiah, (one.amount, one.principal, one.service)),
        into.get(one.payment.id, "–") if one.payment and one.last else "–",
        access.signer(came.received_by) if came else "–",
    ]
