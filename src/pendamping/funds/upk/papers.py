"""The health card on paper, as it is laid before the board."""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.loans.queries import BookRow
from pendamping.funds.upk import labels
from pendamping.funds.upk.queries import Card
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent / "papers"


def card(found: Card, ward_name: str, address: str) -> bytes:
    """The health card of a day as PDF."""
    rows = [labels.indicator(one, found.on) for one in found.indicators]
    data = {
        "title": _("Health card of the revolving fund"),
        "ward": ward_name,
        "as_of": _("As of {day}").format(day=f"{found.on:%d-%m-%Y}"),
        "head": [_("Indicator"), _("How it is counted"), _("Figures"), _("Ratio"), _("Stands at")],
        "rows": [
            [
                f"{row['short']}: {row['name']}",
                f"{row['formula']}. {row['bands']}",
                f"{row['part']} / {row['whole']}",
                row["share"].percent(),
                row["standing"],
            ]
            for row in rows
        ],
        "flow": _("Collections over dues of this month: {share} ({part} / {whole})").format(
            share=found.flow.percent(),
            part=format_rupiah(found.flow.part),
            whole=format_rupiah(found.flow.whole),
        ),
        "risk_title": _("Loans at risk behind LAR, PAR and RR"),
        "risk_head": [_("Loan"), _("Outstanding"), _("Arrears"), _("Behind"), _("Class")],
        "risk": [_loan(row) for row in found.at_risk],
        "uncounted_title": _("Bad loans outside the five"),
        "uncounted_said": labels.uncounted(found),
        "uncounted": [_loan(row) for row in found.uncounted],
        "notes": labels.notes(found),
        "none": _("None."),
        "books_title": _("Income and cost since 1 January, and capital"),
        "books": [
            [one.name, format_rupiah(amount)]
            for one, amount in [*found.income, *found.costs, *found.capital]
        ],
        "signatures": [_("UPK"), _("Board")],
        "qr": paper.qr_svg(address),
        "address": address,
    }
    return paper.render(FOLDER / "health.typ", data, lang=get_language() or "id")


def _loan(row: BookRow) -> list[str]:
    """A loan behind the card, as the paper's tables print it."""
    return [
        f"{row.loan.code} {row.loan.group_name}",
        format_rupiah(row.state.outstanding_principal),
        format_rupiah(row.state.arrears_principal),
        str(row.state.risk_behind),
        str(row.state.collectibility or ""),
    ]
