"""Application and agreement of a group's loan on paper, with every member's own signature."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.loans import consents, history, terms
from pendamping.funds.loans.labels import day, rate, reckoned
from pendamping.funds.loans.models import REJECTED, Loan
from pendamping.funds.loans.papers import FOLDER, in_words
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah


def contract(loan: Loan, ward_name: str, address: str) -> bytes:
    """The paper that a group takes home to sign, as PDF."""
    purposes = {one.person_id: one.purpose for one in loan.members.all()}
    data = {
        "title": _("Loan application and agreement"),
        "ward": ward_name,
        "note": loan.code,
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
        **_schedule(loan),
        "rules_title": _("What we agree on"),
        "rules": _rules(loan),
        "place_day": _("Place, day"),
        "witness": [_("Witness who saw every member sign"), _("name"), _("signature")],
        "witnessed": _witnessed(loan),
        "signers": [_("Head of the group"), _("Treasurer of the UPK"), _("For the board (BKM)")],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "contract.typ", data, lang=get_language() or "id")


def _facts(loan: Loan) -> list[list[str]]:
    facts = [
        [_("Group"), loan.group_name],
        [_("Applied on"), day(loan.applied_on)],
        [_("Principal"), format_rupiah(loan.principal)],
        [_("Service charge"), rate(loan)],
        [_("Service charge is counted"), reckoned(loan)],
        *([name, value] for name, value in history.agreed(loan, charge=False)),
    ]
    return [[name, value] for name, value in facts if value]


def _schedule(loan: Loan) -> dict[str, Any]:
    """Every instalment with its day and its sums; before the payout, as if it were today."""
    start = loan.disbursed or (loan.decided_on if loan.status == REJECTED else clock.today())
    rows = terms.rows(loan, start)
    sums = [sum(getattr(row, key) for row in rows) for key in ("principal", "service", "total")]
    note = (
        ""
        if loan.disbursed
        else _(
            "These are the days if the money is paid out on %(day)s; paid out on another day, they move "
            "with it."
        )
        % {"day": day(start)}
    )
    return {
        "schedule_title": _("What we pay back, and when"),
        "schedule_note": note,
        "schedule_head": [_("No."), _("Due date"), _("Principal"), _("Service charge"), _("Total")],
        "schedule": [
            [
                str(row.no),
                day(row.due),
                *map(format_rupiah, (row.principal, row.service, row.total)),
            ]
            for row in rows
        ],
        "schedule_total": [_("Together"), *map(format_rupiah, sums)],
    }


def _rules(loan: Loan) -> list[str]:
    count = {"count": len(terms.rows(loan, loan.disbursed or loan.applied_on))}
    return [
        _("We repay in %(count)s instalments, each on its day above or before it.") % count,
        _("All of us answer together for the whole loan (tanggung renteng)."),
        _("Who pays for another is paid back by her; the UPK keeps the account of it."),
        _("The group's joint savings may be drawn on where a member cannot pay."),
    ]


def _witnessed(loan: Loan) -> str:
    """Who saw the members sign, as it was entered; empty before anybody signed."""
    return ", ".join(dict.fromkeys(one.witness for one in consents.standing(loan).values()))


def _signed(on: Any) -> str:
    return _("signed %(day)s") % {"day": day(on)} if on else ""
