"""Letters of the ladder of collection, as a board would sign them."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.loans import joint
from pendamping.funds.loans.labels import day
from pendamping.funds.loans.models import CollectionStep, Loan, Referral
from pendamping.funds.loans.papers import FOLDER
from pendamping.funds.loans.queries import card_of
from pendamping.kernel.money import format_rupiah


def said(loan: Loan, on: date) -> dict[str, Any]:
    """What a letter says of a loan's arrears on a day; kept with it, whatever is entered later. Arrears are
    what is past its day: what falls due on the day itself may still be paid.

    ``rows``: ``[number, due date, whole rupiah]``; ``members``: ``[name, whole rupiah]``; ``total``.
    """
    late = [row for row in card_of(loan, on).rows if row.left.total and row.row.due < on]
    return {
        "rows": [[row.row.no, row.row.due.isoformat(), row.left.total] for row in late],
        "members": [[name, amount] for name, amount in joint.late(loan, on) if amount],
        "total": sum(row.left.total for row in late),
    }


def letter(step: CollectionStep, ward_name: str, address: str) -> bytes:
    """Reminder, warning or summons to a group that was behind on the letter's day, as PDF."""
    words = _words(step)
    unpaid = step.said or said(step.loan, step.on)
    data = {
        "sender": _("Revolving fund unit (UPK)"),
        "board": _("Community board (BKM) of %(ward)s") % {"ward": ward_name},
        "number": [_("Number"), step.code],
        "subject": [_("Subject"), words["subject"]],
        "place_day": f"{ward_name}, {day(step.on)}",
        "to": _("To the head and the members of"),
        "group": step.loan.group_name,
        "greeting": _("With respect,"),
        "lead": words["lead"]
        % {"loan": step.loan.code, "day": day(step.loan.disbursed), "on": day(step.on)},
        "head": [_("No."), _("Due date"), _("Not yet paid")],
        "arrears": [
            [str(number), day(date.fromisoformat(due)), format_rupiah(amount)]
            for number, due, amount in unpaid["rows"]
        ],
        "total": [_("Together"), format_rupiah(unpaid["total"])],
        "members_head": [_("Member"), _("Her part of it")],
        "members": [[name, format_rupiah(amount)] for name, amount in unpaid["members"]],
        "body": words["body"]
        % {"until": day(step.until), "place": step.place, "sum": format_rupiah(unpaid["total"])},
        "close": _("Thank you for your attention and for working together."),
        "signers": [_("Treasurer of the UPK"), _("Coordinator of the BKM")],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "letter.typ", data, lang=get_language() or "id")


def _words(step: CollectionStep) -> dict[str, Any]:
    """Subject, opening and request of each kind of letter."""
    if step.paper == "summons":
        return {
            "subject": _("Summons to a meeting of the group"),
            "lead": _(
                "On %(on)s the following instalments of loan %(loan)s, paid out on %(day)s, are still "
                "unpaid although we have written to you."
            ),
            "body": _(
                "All members answer together for this loan. We ask every member to come to a meeting on "
                "%(until)s in %(place)s, to agree how %(sum)s will be paid, and whether the joint savings "
                "are to be drawn on."
            ),
        }
    if step.paper == "warning":
        return {
            "subject": _("Warning: instalments unpaid"),
            "lead": _(
                "We have visited you and reminded you. On %(on)s the following instalments of loan "
                "%(loan)s, paid out on %(day)s, are still unpaid."
            ),
            "body": _(
                "We ask you to pay %(sum)s by %(until)s at the latest. If it is not paid by then, all "
                "members are called to a meeting, and the joint savings of the group may be drawn on."
            ),
        }
    return {
        "subject": _("Reminder of instalments"),
        "lead": _(
            "By our books the following instalments of loan %(loan)s, paid out on %(day)s, are not yet "
            "paid on %(on)s."
        ),
        "body": _(
            "We ask you to pay %(sum)s by %(until)s. If you have paid already, bring your receipt so that "
            "we can put our books right; if something stands in the way, come and talk with us."
        ),
    }


def referral(found: Referral, loans: list[Loan], ward_name: str, address: str) -> bytes:
    """The letter that introduces a group to a bank or cooperative, as PDF."""
    data = {
        "sender": _("Revolving fund unit (UPK)"),
        "board": _("Community board (BKM) of %(ward)s") % {"ward": ward_name},
        "number": [_("Number"), found.code],
        "subject": [_("Subject"), _("Introduction of a self-help group")],
        "place_day": f"{ward_name}, {day(found.on)}",
        "to": _("To the head of"),
        "group": found.to,
        "greeting": _("With respect,"),
        "lead": _(
            "We introduce to you %(group)s, which has borrowed from our revolving fund %(count)s times and "
            "has repaid every loan. At worst its last loan was %(days)s days late."
        )
        % {
            "group": found.loan.group_name,
            "count": len(loans),
            "days": found.worst_days_late,
        },
        "head": [_("Loan"), _("Paid out and paid off"), _("Principal")],
        "arrears": [
            [one.code, f"{day(one.disbursed)} – {day(one.closed_on)}", format_rupiah(one.principal)]
            for one in loans
        ],
        "total": [_("Together"), format_rupiah(sum(one.principal for one in loans))],
        "members_head": [_("Member"), _("Part of the last loan")],
        "members": [
            [one.name, format_rupiah(one.amount)] for one in found.loan.members.order_by("pk")
        ],
        "body": _(
            "By the programme's rules our fund lends no further to a group that has come this far. We ask "
            "you to consider its members as customers; we are glad to show our books, with their consent."
        ),
        "close": _("Thank you for your attention and for working together."),
        "signers": [_("Treasurer of the UPK"), _("Coordinator of the BKM")],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "letter.typ", data, lang=get_language() or "id")
