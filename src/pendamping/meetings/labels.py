"""Words for what this room keeps as keys."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.meetings import queries
from pendamping.meetings.models import Meeting
from pendamping.meetings.rules import Check
from pendamping.meetings.rules.quorum import name_places


def lang() -> str:
    """The reader's language."""
    return "en" if get_language() == "en" else "id"


def kind_names(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each kind of meeting."""
    return {key: name_of(table) for key, table in queries.kinds(ward, on).items()}


def name_of(table: Mapping[str, Any]) -> str:
    """A name that the guideline has in both languages."""
    return str(table["name"][lang()])


def check_label(check: Check) -> str:
    """What a rule of the quorum asks, in words."""
    texts = {
        "present_percent": _("At least %(need)s %% of those who may decide are present"),
        "present_min": _("At least %(need)s persons are present"),
        "women_percent": _("At least %(need)s %% of those who came and may decide are women"),
        "poor_percent": _("At least %(need)s %% of those who came and may decide are poor"),
        "every_rt": _("Somebody came from every RT"),
        "every_rw": _("Somebody came from every RW"),
    }
    text = texts[check.key]
    return text % {"need": check.need} if "%(need)s" in text else text


def check_figure(check: Check) -> str:
    """The figure that a rule was judged on."""
    if check.share is None:
        return _("not recorded")
    if check.key == "present_min":
        return str(check.share.part)
    mark = "." if lang() == "en" else ","
    percent = check.share.percent(decimal_mark=mark)
    return f"{check.share.part}/{check.share.whole} ({percent})"


def check_missing(check: Check) -> str:
    """From where nobody came, in words; empty where somebody came from everywhere."""
    if not check.missing:
        return ""
    return _("Nobody came from: %(places)s") % {"places": name_places(check.missing)}


def status_name(meeting: Meeting) -> str:
    """The state of a meeting in words."""
    if meeting.cancelled:
        return _("cancelled")
    return {"called": _("called"), "held": _("held"), "closed": _("minutes signed")}[meeting.status]


def level_name(meeting: Meeting) -> str:
    """Where a meeting is held, in words."""
    names = {"kelurahan": _("ward"), "group": _("group")}
    place = " ".join(
        filter(None, (meeting.rw and f"RW {meeting.rw}", meeting.rt and f"RT {meeting.rt}"))
    )
    return place or names.get(meeting.level, meeting.level)


def quorum_name(meeting: Meeting) -> str:
    """Whether the quorum was met, in words."""
    if meeting.quorum_met is None:
        return ""
    if queries.waits_for_eligible(meeting):
        return _("number of those entitled is missing")
    return _("quorum met") if meeting.quorum_met else _("no quorum")


def roll_of(key: str) -> str:
    """Of whom a quorum is counted."""
    return {
        "residents": _("residents"),
        "adults": _("adults"),
        "delegates": _("delegates"),
        "board": _("members of the board"),
        "members": _("members of the group"),
        "households": _("households"),
    }[key]
