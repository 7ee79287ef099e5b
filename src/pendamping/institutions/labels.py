"""Words for what this room keeps as keys."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.guidelines import queries as guidelines


def _names(section: str, ward: str, on: date) -> dict[str, str]:
    lang = "en" if get_language() == "en" else "id"
    return {
        key: table["name"][lang] for key, table in guidelines.section(section, ward, on).items()
    }


def kinds(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each kind of group."""
    return _names("group_kinds", ward, on)


def meeting_kinds(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each kind of meeting."""
    return _names("meetings", ward, on)


def trainings(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each training."""
    return _names("training_modules", ward, on)


def sex(letter: str) -> str:
    """A letter of the census in words."""
    return {"P": _("female"), "L": _("male")}.get(letter, _("sex not stated"))


def roles() -> dict[str, str]:
    """What a member can be."""
    return {
        "member": _("member"),
        "chair": _("chair"),
        "secretary": _("secretary"),
        "treasurer": _("treasurer"),
    }
