"""The accountability report (LPJ) on paper: of a tranche, and of one group's grant."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.grants import forms, labels
from pendamping.funds.grants.drafting import Draft, GrantDraft, Use
from pendamping.funds.grants.rules.handing import HANDOVER
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent / "papers"


def report(found: Draft, ward_name: str, address: str) -> bytes:
    """The report of a tranche as PDF: the windows, every grant with its budget, social grants."""
    tranche = found.tranche
    data = {
        **_frame(_("Accountability report (LPJ)"), ward_name, address, found.on),
        "code": tranche.code,
        "facts": [
            [_("Tranche"), f"{tranche.number} · {format_rupiah(tranche.amount)}"],
            [_("Received on"), _day(tranche.received_on)],
            [_("Report due on"), _day(tranche.report_due_on)],
            [_("Used of this tranche"), _ratio(found.use)],
            [_("Residents' own part"), _ratio(found.own, 2)],
            [
                _("Social grants since it came"),
                f"{found.social[0]} · {format_rupiah(found.social[1])}",
            ],
            [_("Passed on to the UPK since it came"), format_rupiah(found.passed_on)],
        ],
        "windows_title": labels.windows_title(found.on),
        "windows_head": labels.windows_head(),
        "windows": [
            [name, *(format_rupiah(one) for one in amounts)]
            for name, *amounts in labels.windows_rows(found)
        ],
        "uses_title": _("Used of this tranche, voucher by voucher"),
        "uses_head": [
            _("Voucher"),
            _("Day"),
            _("Window"),
            _("What"),
            _("Amount"),
            _("Of this tranche"),
        ],
        "uses": [_use(one) for one in found.uses],
        "uses_total": [_("Total"), "", "", "", "", format_rupiah(found.use.part)],
        "grants": [_grant(one) for one in found.grants],
        "signatures": [_("Secretariat of the board"), _("Coordinator of the board")],
    }
    return paper.render(FOLDER / "report.typ", data, lang=get_language() or "id")


def grant(found: GrantDraft, ward_name: str, address: str) -> bytes:
    """The report of one group's grant as PDF, with its cash book and photographs."""
    data = {
        **_frame(_("Report of a group (LPJ KSM)"), ward_name, address, clock.today()),
        "code": found.grant.code,
        "facts": [
            [_("Group"), found.grant.group.name],
            [_("Contract"), f"{found.grant.contract_no} · {_day(found.grant.contract_on)}"],
            [_("Span"), f"{_day(found.grant.starts_on)} – {_day(found.grant.ends_on)}"],
        ],
        "windows_title": "",
        "windows_head": [],
        "windows": [],
        "grants": [_grant(found)],
        "cash_title": _("Cash book of the group"),
        "cash_head": [_("Voucher"), _("Day"), _("What"), _("In"), _("Out"), _("Balance")],
        "cash": [_cash(one, held) for one, held in found.cash],
        "handover": _handover(found),
        "signatures": [_("Chair of the group"), _("Coordinator of the board")],
    }
    images = {
        f"photo{number}": bytes(one.content)
        for number, one in enumerate(found.grant.photos.order_by("percent", "on")[:6])
    }
    data["photos"] = [
        {"name": f"{one.percent} % · {_day(one.on, 'j M Y')} · {one.name}", "key": f"photo{number}"}
        for number, one in enumerate(
            found.grant.photos.defer("content").order_by("percent", "on")[:6]
        )
    ]
    data["images"] = {key: _as_text(content) for key, content in images.items()}
    return paper.render(FOLDER / "report.typ", data, lang=get_language() or "id")


def _why(each: Any) -> str:
    return " · " + _("Reason") + f": {each.why}" if each.why else ""


def _use(one: Use) -> list[str]:
    each = one.movement
    by = f" ({each.who})" if each.who and each.what else ""
    return [
        each.voucher,
        _day(each.on, "j M Y"),
        one.window,
        f"{labels.what(each)}{by}{_why(each)}",
        format_rupiah(each.amount),
        format_rupiah(one.part),
    ]


def _day(on: date | None, form: str = "j F Y") -> str:
    return date_format(on, form) if on else "–"


def _as_text(content: bytes) -> list[int]:
    return list(content)


def _frame(title: str, ward_name: str, address: str, on: date) -> dict[str, Any]:
    return {
        "title": title,
        "ward": ward_name,
        "as_of": _("As of %(day)s") % {"day": _day(on)},
        "qr": paper.qr_svg(address),
        "uses": [],
        "cash_title": "",
        "cash_head": [],
        "cash": [],
        "photos": [],
        "images": {},
        "handover": [],
        "photos_title": _("Photographs"),
        "handover_title": _("Hand-over"),
    }


def _ratio(share: Any, digits: int = 1) -> str:
    return f"{format_rupiah(share.part)} / {format_rupiah(share.whole)} = {share.percent(digits)}"


def _grant(one: GrantDraft) -> dict[str, Any]:
    own = ", ".join(
        f"{forms.OWN_KINDS[kind]} {format_rupiah(value)}" for kind, value in one.own_by_kind.items()
    )
    return {
        "title": f"{one.grant.code} {one.grant.title}",
        "group": one.grant.group.name,
        "whole": _("Over the whole contract, all tranches."),
        "head": [_("Line of the budget"), _("Planned"), _("Spent")],
        "lines": [
            [line.what, format_rupiah(line.planned), format_rupiah(line.spent)]
            for line in one.lines
        ],
        "total": [_("Total"), format_rupiah(one.grant.value), format_rupiah(one.money.spent)],
        "facts": [
            [_("Paid to the group"), format_rupiah(one.money.paid)],
            [_("Still with the group"), format_rupiah(one.money.held)],
            *([_("Paid ahead of the work, with the reason"), _ahead(each)] for each in one.ahead),
            [_("Physical progress"), f"{one.percent} %"],
            [_("Paid days of work, women and men"), _days(one.paid_days)],
            [_("Days of gotong royong, women and men"), _days(one.own_days)],
            [_("Residents' own part"), f"{_ratio(one.own, 2)}{' · ' + own if own else ''}"],
        ],
    }


def _ahead(one: Any) -> str:
    return f"{one.voucher} · {format_rupiah(one.amount)} · {one.why}"


def _days(days: tuple[int, int]) -> str:
    return f"{days[0]} + {days[1]}"


def _cash(one: Any, held: int) -> list[str]:
    paid = one.kind == "paid"
    text = one.what or labels.movement(one.kind)
    return [
        one.voucher,
        _day(one.on, "j M Y"),
        (f"{text} ({one.who})" if one.who and not paid else text) + _why(one),
        format_rupiah(one.amount) if paid else "",
        "" if paid else format_rupiah(one.amount),
        format_rupiah(held),
    ]


def _handover(found: GrantDraft) -> list[list[str]]:
    done = {one.step: one for one in found.grant.handovers.all()}
    return [
        [str(forms.STEPS[key]), _day(done[key].on), done[key].minutes, done[key].signed_by or "–"]
        for key in HANDOVER
        if key in done
    ]
