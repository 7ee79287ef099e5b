"""The hand-over on paper, for the meeting that signs it."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.handover import labels, queries
from pendamping.kernel import clock

FOLDER = Path(__file__).parent / "papers"


def handover(ward: str, ward_name: str, address: str) -> bytes:
    """Criteria with who is answerable, the curve, the duties and who takes them over, room for signatures."""
    today = clock.today()
    with translation.override("id"):
        found = queries.found(ward, today)
        data = {
            "title": _("Hand-over of the ward"),
            "ward": ward_name,
            "note": date_format(today, "j F Y"),
            "facts": _facts(ward, found),
            "criteria_title": _("Criteria"),
            "criteria_columns": ["No.", _("Criterion"), _("Figure"), _("State"), _("Who is answerable")],
            "criteria": _criteria(ward, found),
            "curve_title": _("Criteria met, by month, to the end of the programme"),
            **_curve(ward, found),
            "duties_title": _("Duties that pass on"),
            "duties_columns": ["No.", _("Duty"), _("Who takes it over"), _("State"), _("Since")],
            "duties": _duties(ward),
            "signers": [_("Ward head"), _("Coordinator of the board"), _("Facilitator")],
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "handover.typ", data, lang="id")


def _facts(ward: str, found: list[Any]) -> list[list[str]]:
    today, end, draft = clock.today(), queries.programme_end(ward), queries.draft(ward)
    known = queries.duties(ward, today)
    met, passed = sum(one.met for one in found), sum(one.word == "passed" for one in known)
    rows = [
        [_("Criteria met"), _("%(part)s of %(whole)s") % {"part": met, "whole": len(found)}],
        [_("Duties passed on"), _("%(part)s of %(whole)s") % {"part": passed, "whole": len(known)}],
    ]
    if end:
        rows.append([_("End of the programme"), labels.day(end)])
    if draft:
        rows.append([_("The facilitator's last day"), labels.day(draft.last_day)])
        names = labels.names("handover", ward, today)
        if draft.despite:
            unmet = "; ".join(names.get(key, key) for key in draft.despite)
            rows.append([_("Handed over although not met"), unmet])
    return rows


def _criteria(ward: str, found: list[Any]) -> list[list[str]]:
    names, promises = labels.names("handover", ward, clock.today()), queries.promises(ward)
    rows = []
    for number, one in enumerate(found, 1):
        made = promises.get(one.criterion) if one.word != "met" else None
        who = f"{made.who} ({labels.role(made.role)}): {made.what}, {labels.day(made.until)}" if made else "–"  # fmt: skip
        name = names.get(one.criterion, one.criterion)
        rows.append([str(number), name, labels.figure(one), labels.word(one)[0], who])
    return rows


def _curve(ward: str, found: list[Any]) -> dict[str, Any]:
    made = queries.curve(ward, clock.today(), found)
    return {
        "total": made.total,
        "points": [{"said": date_format(one.month, "n/y"), "met": one.met} for one in made.points],
    }


def _duties(ward: str) -> list[list[str]]:
    return [
        [
            str(number), one.duty.name["id"], one.taker.name if one.taker else "–",
            labels.step(one.word)[0],
            labels.day(one.passing.steps[-1].on) if one.passing.steps else "–",
        ]
        for number, one in enumerate(queries.duties(ward, clock.today()), 1)
    ]  # fmt: skip
