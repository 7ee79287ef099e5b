"""The collection sheet on paper: blank for the meeting, and as the receipt of what was posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.loans import joint
from pendamping.funds.loans.labels import day
from pendamping.funds.loans.models import Loan, Sheet, SheetLine
from pendamping.funds.loans.papers import FOLDER, in_words
from pendamping.funds.loans.rules.sheet import Totals
from pendamping.funds.loans.sheets import Facts
from pendamping.kernel.money import format_rupiah


@dataclass(frozen=True, slots=True)
class GroupOnSheet:
    """A group's part of a posted sheet; ``covers``: per line who covered how much for her."""

    loan: Loan
    lines: list[tuple[SheetLine, list[tuple[str, int]]]]
    receipts: list[Any]


def groups(found: Sheet) -> list[GroupOnSheet]:
    """A posted sheet group by group, as it was written."""
    by_loan: dict[str, list[SheetLine]] = {}
    for line in found.lines.all():
        by_loan.setdefault(line.loan_id, []).append(line)
    return [_group(found, lines) for lines in by_loan.values()]


def _group(found: Sheet, lines: list[SheetLine]) -> GroupOnSheet:
    loan = lines[0].loan
    payments = [one for one in found.repayments.all() if one.loan_id == loan.id]
    names = {line.person_id: line.name for line in lines}
    covers: dict[str, list[tuple[str, int]]] = {}
    for payment in payments:
        for part in sorted(payment.member_parts.all(), key=lambda one: one.pk):
            if part.payer_id != part.person_id:
                who = names.get(part.payer_id or "", "") or _("joint savings")
                covers.setdefault(part.person_id, []).append((who, part.amount))
    return GroupOnSheet(loan, [(line, covers.get(line.person_id, [])) for line in lines], payments)


def totals(found: Sheet) -> Totals:
    """What a posted sheet moved."""
    cash = sum(one.amount for one in found.repayments.all() if not one.draw_id)
    drawn = sum(one.amount for one in found.repayments.all() if one.draw_id)
    return Totals(cash, sum(line.saved for line in found.lines.all()), drawn)


def posted(found: Sheet, ward_name: str, address: str) -> bytes:
    """The receipt of a posted sheet as PDF."""
    sums = totals(found)
    data = {
        "title": _("Collection sheet"),
        "ward": ward_name,
        "note": f"{found.code} · {day(found.on)}",
        "head": [_("Name"), _("Due"), _("Paid herself"), _("Covered by"), _("Saved")],
        "groups": [
            {
                "name": f"{one.loan.code} · {one.loan.group_name}",
                "lines": [
                    [
                        line.name,
                        _sum(line.due),
                        _sum(line.paid),
                        "\n".join(f"{who}: {format_rupiah(amount)}" for who, amount in covers),
                        _sum(line.saved),
                    ]
                    for line, covers in one.lines
                ],
                "total": _group_total(one),
                "receipts": _group_receipts(one),
                "signer": _("For the group") + f" {one.loan.group_name}",
            }
            for one in groups(found)
        ],
        "sums": _sums(sums),
        "words": in_words(sums.cash),
        "reversed": _("Taken back on %(day)s") % {"day": day(found.reversed_on)}
        if found.reversed_on
        else "",
        "signers": [_("Received by") + f": {found.taken_by.name}"],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "sheet.typ", data, lang=get_language() or "id")


def _group_total(one: GroupOnSheet) -> list[str]:
    lines = [line for line, _covers in one.lines]
    due, paid, saved = (
        sum(getattr(line, key) for line in lines) for key in ("due", "paid", "saved")
    )
    return [_("Together"), _sum(due), _sum(paid), "", _sum(saved)]


def _group_receipts(one: GroupOnSheet) -> str:
    """The numbers under which the group's payments stand in the books, each with its sum."""
    said = [f"{each.receipt} {format_rupiah(each.amount)}" for each in one.receipts]
    return _("Receipt") + ": " + ", ".join(said) if said else ""


def _sums(sums: Totals) -> list[list[str]]:
    found = [
        [_("Instalments in cash"), format_rupiah(sums.instalments)],
        [_("Savings in cash"), format_rupiah(sums.savings)],
        [_("Cash received"), format_rupiah(sums.cash)],
    ]
    if sums.drawn:
        found.append([_("Paid out of the joint savings, without cash"), format_rupiah(sums.drawn)])
    return found


def _sum(amount: int) -> str:
    return format_rupiah(amount) if amount else "–"


def blank(found: Sequence[Facts], on: date, ward_name: str, address: str) -> bytes:
    """The empty sheet for a meeting: names and what is due, room to write and to sign."""
    data = {
        "title": _("Collection sheet"),
        "ward": ward_name,
        "note": _("Meeting of") + f" {day(on)}",
        "head": [
            _("No."),
            _("Name"),
            _("Due"),
            _("Paid herself"),
            _("Covered by, amount"),
            _("Saves"),
            _("Signature"),
        ],
        "groups": [
            {
                "name": f"{one.loan.code} · {one.loan.group_name}",
                "reserve": _("Joint savings") + f": {format_rupiah(max(0, one.group.reserve))}",
                "lines": [
                    [str(number), name, _sum(one.due.get(person, 0))]
                    for number, (person, name) in enumerate(one.group.names.items(), start=1)
                ],
                "total": format_rupiah(sum(one.due.values())),
            }
            for one in found
        ],
        "total_label": _("Together"),
        "counted": _("Money counted together: Rp"),
        "signers": [_("Treasurer of the group"), _("Treasurer of the UPK")],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "blank_sheet.typ", data, lang=get_language() or "id")


def members(found: joint.MemberCards, ward_name: str, address: str) -> bytes:
    """The cards of a loan's members as PDF: together the group's card, and who owes whom."""
    loan = found.loan
    data = {
        "title": _("Cards of the members"),
        "ward": ward_name,
        "note": f"{loan.code} · {loan.group_name} · " + _("As of") + f" {day(found.on)}",
        "head": [
            _("Name"), _("Part"), _("Due"), _("Paid herself"), _("Others"), _("Joint savings"),
            _("Without name"), _("Due, not yet paid"), _("Still to pay"),
        ],
        "lines": [
            [
                one.name, *(_sum(amount) for amount in (
                    one.amount, one.due, one.own, one.others, one.reserve, one.unnamed, one.behind,
                    one.left,
                )),
            ]
            for one in found.members
        ],
        "total": [
            _("Together"), *(_sum(found.total(name)) for name in (
                "amount", "due", "own", "others", "reserve", "unnamed", "behind", "left",
            )),
        ],
        "dues_title": _("What falls due of each instalment"),
        "dues_head": [_("No."), _("Due date"), *(one.name for one in found.members), _("Group")],
        "dues": _dues(found),
        "debts_title": _("Who owes whom"),
        "debts": [
            [one.debtor_name or _("joint savings"), one.creditor_name or _("joint savings"), format_rupiah(one.amount)]
            for one in found.debts
        ],
        "no_debts": _("Nobody owes another member."),
        "qr": paper.qr_svg(address),
    }  # fmt: skip
    return paper.render(FOLDER / "members.typ", data, lang=get_language() or "id")


def _dues(found: joint.MemberCards) -> list[list[str]]:
    if not found.members:
        return []
    rows = []
    for place, first in enumerate(found.members[0].dues):
        own = [one.dues[place].total for one in found.members]
        rows.append(
            [
                str(first.no),
                day(first.due),
                *(format_rupiah(part) for part in own),
                format_rupiah(sum(own)),
            ]
        )
    return rows
