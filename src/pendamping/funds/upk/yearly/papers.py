"""The account of a year on paper, to be laid before the yearly meeting and signed."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.funds.upk.books.papers import printed_table
from pendamping.funds.upk.yearly.shape import Account, Decision, Part
from pendamping.kernel.money import format_rupiah

FOLDER = Path(__file__).parent.parent / "papers"
BLANK = "……………………"


def printed(found: Account, ward_name: str, address: str) -> bytes:
    """The whole packet: cover, chapters, statement of the supervisors, decisions, signatures."""
    data = {
        "title": _("Account of the UPK for {year}").format(year=found.span.year),
        "lead": _("Laid before the yearly meeting of the residents"),
        "ward": ward_name,
        "state": found.state,
        "final": found.final,
        "answer": _("Who answers for it"),
        "keepers": [[duty, names or BLANK] for duty, names in found.keepers],
        "contents": _("What is in it"),
        "parts": [_part(one) for one in found.parts],
        "agree": _("agree"),
        "not_agree": _("DO NOT AGREE"),
        "nothing": _("Nothing in this year."),
        "supervisors": _supervisors(found),
        "decisions_title": _("What the meeting is asked to decide"),
        "decisions": [_decision(one) for one in found.decisions],
        "signatures": _signatures(found),
        "qr": paper.qr_svg(address),
        "address": address,
    }
    return paper.render(FOLDER / "yearly.typ", data, lang=get_language() or "id")


def _part(one: Part) -> dict[str, Any]:
    return {
        "title": one.title,
        "says": list(one.says),
        "tables": [printed_table(table) for table in one.tables],
        "ties": [
            [tie.here, format_rupiah(tie.amount), tie.there, format_rupiah(tie.other), tie.holds]
            for tie in one.ties
        ],
    }


def _supervisors(found: Account) -> dict[str, Any]:
    """The statement that the supervisors fill in and sign by hand."""
    names = [name for name in dict(found.keepers).get(_("Supervisors of the UPK"), "").split(", ") if name]  # fmt: skip
    return {
        "title": _("Statement of the supervisors"),
        "lead": _("We, the supervisors of the UPK, tick what we have looked at ourselves, and write what we found."),
        "ticks": [
            _("The cash was counted before us; it is what the books say."),
            _("The balance of the bank is that of its statement."),
            _("Loan cards of groups, compared with the loan register. How many: ………"),
            _("Vouchers of money in and out, compared with the books. How many: ………"),
            _("The things of the inventory are there."),
            _("The profit and the reserve are those of the closed books."),
        ],
        "found": _("What we found:"),
        "signatures": names or [BLANK, BLANK],
    }  # fmt: skip


def when(one: Decision) -> str:
    """Where a decision was taken, in words; empty where it was not."""
    if one.met is None:
        return ""
    day = date_format(one.met.meeting.held_on, "j F Y")
    return _("Decided in the meeting of {day}.").format(day=day)


def _decision(one: Decision) -> dict[str, Any]:
    boxes = [_("accepted"), _("accepted with notes"), _("not accepted")]
    return {"text": one.text, "taken": when(one), "boxes": [] if one.met else boxes}


def _signatures(found: Account) -> list[str]:
    keepers = [names or BLANK for _duty, names in found.keepers]
    return [
        _("Finance unit (UPK): {name}").format(name=keepers[0]),
        _("Coordinator of the board: {name}").format(name=keepers[1]),
        _("On behalf of the residents: {name}").format(name=BLANK),
    ]
