"""The receipt of a payout on paper: the officers of the group sign for the money."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.loans.labels import day
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.papers import FOLDER, in_words
from pendamping.institutions import queries as institutions
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_

ROLES = {"chair": N_("chair"), "secretary": N_("secretary"), "treasurer": N_("treasurer")}


def payout(loan: Loan, ward_name: str, address: str) -> bytes:
    """The receipt of a loan that was paid out (``loan.disbursed`` is set), as PDF.

    Chair, secretary and treasurer of the group on the day of the payout receive it, each by name.
    """
    on = loan.disbursed
    officers = [one for one in institutions.members(loan.group_id, on) if one.role != "member"]
    data = {
        "title": _("Receipt of a loan paid out"),
        "ward": ward_name,
        "note": loan.code,
        "facts": [
            [_("Received from"), _("Revolving fund unit (UPK)")],
            [_("Received by the group"), loan.group_name],
            [_("Day"), day(on)],
            [_("Loan"), loan.code],
            [_("Sum"), format_rupiah(loan.principal)],
            [_("In words"), in_words(loan.principal)],
        ],
        "lead": _(
            "We have received this sum in cash and counted it. We hand each member her own part; "
            "all of us answer together for the whole loan (tanggung renteng)."
        ),
        "head": [_("No."), _("Name"), _("Part"), _("Received (signature)")],
        "members": [
            [str(number), one.name, format_rupiah(one.amount), ""]
            for number, one in enumerate(loan.members.all(), start=1)
        ],
        "signers": [
            *(f"{one.name} ({_(ROLES[one.role])})" for one in officers),
            _("Paid by: treasurer of the UPK"),
        ],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "payout.typ", data, lang=get_language() or "id")
