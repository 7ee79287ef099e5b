"""Where a dossier stands, on one page for its proposer."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.verification import labels
from pendamping.verification.guideline import Rule
from pendamping.verification.queries import Standing
from pendamping.verification.rules.forecast import Forecast

FOLDER = Path(__file__).parent / "papers"


def slip(
    stand: Standing,
    rule: Rule,
    *,
    ward_name: str,
    forecast: Forecast | None,
    way: Sequence[Mapping[str, Any]],
    mend: Mapping[str, Any] | None,
    address: str,
) -> bytes:
    """The slip as PDF, in Indonesian; its code opens the dossier's page."""
    with translation.override("id"):
        found = stand.dossier
        facts = [
            [_("What it is about"), found.summary],
            [_("Kind"), labels.kind(found.kind)],
            [_("Amount"), format_rupiah(found.amount) if found.amount is not None else "–"],
            [_("Handed in on"), _day(found.opened_on)],
            [_("Where it is"), _place(stand, rule)],
            [_("Times returned"), str(found.returned)],
        ]
        if forecast or found.state == "open":
            facts.append([_("Probably through on"), _through(forecast)])
        data = {
            "title": _("Dossier %(number)s") % {"number": found.number},
            "ward": ward_name,
            "note": _("As of %(day)s") % {"day": _day(clock.today())},
            "facts": facts,
            "columns": [_("Tier"), _("Received"), _("Decided"), _("Days"), _("Result")],
            "rows": [_row(each) for each in way],
            "mend_title": _("To be mended"),
            "mend": _mend(mend) if mend else [],
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "slip.typ", data, lang="id")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _place(stand: Standing, rule: Rule) -> str:
    found = stand.dossier
    if not found.tier:
        return labels.state(found.state)
    where = labels.name_in(rule, "verification_tiers", found.tier)
    if found.due_on is None:
        return f"{where}; " + (_("the clock stands") if found.paused else _("no limit"))
    until = _("to be decided by %(day)s") % {"day": _day(found.due_on)}
    late = _("late")
    return f"{where}; {until} ({late})" if stand.overdue else f"{where}; {until}"


def _through(forecast: Forecast | None) -> str:
    if forecast is None:
        return _("cannot be said yet")
    likely, late = _day(forecast.likely), _day(forecast.late)
    if forecast.sure == "guess":
        return _("cannot be said yet; by the limits of its tiers %(day)s") % {"day": late}
    text = _("%(likely)s; at the latest %(late)s") % {"likely": likely, "late": late}
    return f"{text} ({labels.sure(forecast.sure)})"


def _row(each: Mapping[str, Any]) -> list[str]:
    if each.get("ahead"):
        return [each["title"], "", "", "", _("still ahead")]
    days = str(each["days"]) if each["days"] is not None else ""
    limit = f" / {each['limit']}" if each["limit"] else ""
    result = each["result"] or (_("withdrawn") if each["withdrawn"] else _("being examined"))
    return [each["title"], _day(each["received"]), _day(each["decided"]), days + limit, result]


def _mend(mend: Mapping[str, Any]) -> list[str]:
    lines = [*mend["reasons"]]
    lines += [_("Missing: %(paper)s") % {"paper": name} for name in mend["missing"]]
    lines += [_("To be corrected: %(paper)s") % {"paper": name} for name in mend["wrong"]]
    return [*lines, *([mend["note"]] if mend["note"] else [])]
