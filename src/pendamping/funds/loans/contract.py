"""Application and agreement of a group's loan on paper, with every member's own signature."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.loans import consents, terms
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.papers import FOLDER, day, in_words
from pendamping.kernel.money import format_rupiah


def contract(loan: Loan, ward_name: str, address: str) -> bytes:
    """The paper that a group takes home to sign, as PDF."""
    purposes = {one.person_id: one.purpose for one in loan.members.all()}
    data = {
        "title": _("Loan application and agreement"),
        "ward": ward_name,
        "note": f"{loan.code} · {loan.group_name}",
        "facts": _facts(loan),
        "lead": _(
            "We, the members named below, ask for this loan. Each of us uses her own part for her own "
            "business, signs for it herself, and lends her name to nobody."
        ),
        "head": [
            _("No."),
            _("Name"),
            _("Part"),
            _("Business"),
            _("Own signature"),
            _("Family agrees"),
        ],
        "members": [
            [
                str(number),
                one.name,
                format_rupiah(one.amount),
                purposes.get(one.person_id, ""),
                _signed(one.signed_on),
                one.family_by,
            ]
            for number, one in enumerate(consents.signatures(loan), start=1)
        ],
        "total": [_("Together"), format_rupiah(loan.principal)],
        "words": in_words(loan.principal),
        "rules_title": _("What we agree on"),
        "rules": _rules(loan),
        "witness": _("Seen by (name, signature, day)"),
        "signers": [_("Head of the group"), _("Treasurer of the UPK"), _("For the board (BKM)")],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "contract.typ", data, lang=get_language() or "id")


def _facts(loan: Loan) -> list[list[str]]:
    rate = f"{loan.rate_bp / 100:g} %".replace(".", ",")
    return [
        [_("Group"), loan.group_name],
        [_("Applied on"), day(loan.applied_on)],
        [_("Principal"), format_rupiah(loan.principal)],
        [_("Service charge"), rate],
        [_("Instalments"), str(loan.instalments)],
        [_("Grace, months"), str(loan.grace_months)],
    ]


def _rules(loan: Loan) -> list[str]:
    found = [
        _("All of us answer together for the whole loan (tanggung renteng)."),
        _("Who pays for another is paid back by her; the UPK keeps the account of it."),
        _("The group's joint savings may be drawn on where a member cannot pay."),
    ]
    rows = terms.rows(loan, loan.disbursed or loan.decided_on or loan.applied_on)
    if rows:
        each = format_rupiah(rows[0].total)
        found.insert(
            0,
            _("We repay in %(count)s instalments; the first is %(sum)s.")
            % {"count": len(rows), "sum": each},
        )
    return found


def _signed(on: Any) -> str:
    return _("signed %(day)s") % {"day": day(on)} if on else ""
