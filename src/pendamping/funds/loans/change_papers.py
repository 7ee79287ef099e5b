"""The list behind a month's reserve, and the register of written-off loans, on paper."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.loans.labels import day
from pendamping.funds.loans.queries import WrittenOff
from pendamping.funds.loans.reserve import Reserve
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent / "papers"


def _print(
    title: str,
    ward: str,
    facts: list[list[str]],
    head: list[str],
    rows: list[list[str]],
    address: str,
) -> bytes:
    data = {
        "title": title,
        "ward": ward,
        "facts": facts,
        "head": head,
        "rows": rows,
        "none": _("None."),
        "signatures": [_("UPK"), _("Board")],
        "qr": paper.qr_svg(address),
        "address": address,
    }
    return paper.render(FOLDER / "list.typ", data, lang=get_language() or "id")


def reserve(found: Reserve, ward_name: str, address: str) -> bytes:
    """The reserve that a month's end needs, loan by loan, as PDF."""
    rows = [
        [
            f"{loan.code} {loan.group_name}",
            str(row.collectibility),
            format_rupiah(row.outstanding),
            f"{row.percent} %",
            format_rupiah(row.reserve),
        ]
        for loan, row in found.rows
    ]
    total = sum(row.outstanding for _loan, row in found.rows)
    rows.append([_("Total"), "", format_rupiah(total), "", format_rupiah(found.needed)])
    return _print(
        _("Reserve for bad loans"),
        ward_name,
        [
            [_("As of"), _as_of(found)],
            [_("Needed"), format_rupiah(found.needed)],
            [_("In the books (12010)"), format_rupiah(found.held)],
        ],
        [_("Loan"), _("Class"), _("Outstanding"), _("Percentage"), _("Reserve")],
        rows,
        address,
    )


def _as_of(found: Reserve) -> str:
    if not found.estimate:
        return day(found.month)
    return _("%(day)s, an estimate: the month ends on %(last)s") % {
        "day": day(found.judged),
        "last": day(found.month),
    }


def register(found: Iterable[WrittenOff], ward_name: str, address: str) -> bytes:
    """The register of loans that were written off as PDF."""
    rows = [
        [
            f"{one.loan.code} {one.loan.group_name}",
            day(one.closure.on),
            format_rupiah(one.closure.principal),
            format_rupiah(one.recovered),
            format_rupiah(one.still_owed),
        ]
        for one in found
    ]
    return _print(
        _("Register of loans written off"),
        ward_name,
        [],
        [_("Loan"), _("Written off on"), _("Principal"), _("Recovered"), _("Still owed")],
        rows,
        address,
    )
