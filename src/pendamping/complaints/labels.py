"""Words for what this room keeps as keys."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _

from pendamping.complaints.models import Complaint
from pendamping.complaints.reading import Line
from pendamping.guidelines import queries as guidelines

ABOUT = {
    "works": gettext_lazy("works: road, drain, building"),
    "loan": gettext_lazy("a loan or savings"),
    "list": gettext_lazy("the list of poor households"),
    "group": gettext_lazy("a group (KSM)"),
    "unit": gettext_lazy("the finance unit (UPK)"),
    "board": gettext_lazy("the board (BKM)"),
    "facilitator": gettext_lazy("the facilitator"),
    "government": gettext_lazy("the ward office or another office"),
    "other": gettext_lazy("something else"),
}
SEX = {
    "": gettext_lazy("not said"),
    "P": gettext_lazy("woman"),
    "L": gettext_lazy("man"),
}


def number(one: Complaint) -> str:
    """The number in the register."""
    return f"PPM-{one.year}-{one.number:03d}"


def names(ward: str, section: str, on: date) -> dict[str, str]:
    """What the guideline calls ways, kinds, scopes or levels, in the reader's language."""
    lang = "en" if get_language() == "en" else "id"
    found = guidelines.section(f"complaint_{section}", ward, on)
    return {key: str(one["name"][lang]) for key, one in found.items()}


def status(one: Complaint) -> tuple[str, str]:
    """Where a complaint is: words and the tone of a badge."""
    if one.status == "closed":
        if one.confirmed:
            return _("settled, confirmed by the complainant"), "good"
        return _("closed without a word of the complainant"), "plain"
    return {
        "open": (_("in process"), "river"),
        "answered": (_("answered, waits for the complainant"), "warn"),
        "joined": (_("joined to another one"), "plain"),
    }[one.status]


def step(kind: str) -> str:
    """A step in words."""
    return {
        "received": _("Received"),
        "acknowledged": _("Receipt confirmed"),
        "sorted": _("Studied and sorted"),
        "passed": _("Passed to another level"),
        "noted": _("Noted"),
        "told": _("Told to others"),
        "answered": _("An answer was given"),
        "recovered": _("Money came back"),
        "confirmed": _("Confirmed by the complainant"),
        "reopened": _("Not settled: opened again"),
        "added": _("Added by the complainant"),
        "closed": _("Closed"),
        "joined": _("Joined to another complaint"),
        "parted": _("Taken apart again"),
    }[kind]


def day(on: date | None) -> str:
    """A day in words."""
    return date_format(on, "j F Y") if on else "–"


def month(first: date) -> str:
    """A month in words."""
    return date_format(first, "F Y")


def clock_said(found: Line, on: date, levels: dict[str, str]) -> tuple[str, str]:
    """What the clock says: a sentence and the tone of a notice; empty where it stands still."""
    one, stands = found.complaint, found.stands
    if one.status == "answered" and found.confirm_by:
        return _("The complainant may say until %(day)s whether it is settled.") % {
            "day": day(found.confirm_by)
        }, "info"
    if one.status != "open":
        return "", ""
    values: dict[str, Any] = {
        "level": levels.get(stands.level, stands.level), "day": day(stands.due), "since": day(stands.since),
    }  # fmt: skip
    if stands.late:
        return _("Overdue since %(day)s at the highest level: %(level)s.") % values, "danger"
    if stands.stays[-1].climbed:
        text = _(
            "No answer in time: since %(since)s it lies at the level %(level)s, until %(day)s."
        )
        return text % values, "warn"
    left = (stands.due - on).days
    more = ngettext("%(num)s day left", "%(num)s days left", left) % {"num": left}
    return _("To be answered by %(day)s at the level %(level)s") % values + f" ({more}).", "info"


def about_words(key: str) -> tuple[str, ...]:
    """What may be written of what a complaint is about: its key, and our words in both languages."""
    found = [key]
    for lang in ("id", "en"):
        with override(lang):
            found.append(str(ABOUT[key]))
    return tuple(found)
