"""Words for what this room keeps as keys."""

from datetime import date

from django.utils.formats import date_format
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


def offices(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each office in a body."""
    return _names("body_offices", ward, on)


def bodies(ward: str, on: date) -> dict[str, str]:
    """The guideline's name of each body: the short one, then the whole."""
    whole, said = _names("bodies", ward, on), guidelines.section("bodies", ward, on)
    short = {key: value.get("short", "") for key, value in said.items()}
    return {key: f"{short[key]} – {name}" if short[key] else name for key, name in whole.items()}


def body(ward: str, kind: str, on: date) -> str:
    """The name of one body, the short one where there is one."""
    said = guidelines.section("bodies", ward, on).get(kind, {})
    return str(said.get("short") or _names("bodies", ward, on).get(kind, kind))


def duties(ward: str, on: date) -> dict[str, str]:
    """The duties that a person holds in a body or a group, by their key in ``separation``."""
    known = guidelines.section("bodies", ward, on)
    bodies_ = {key: body(ward, key, on) for key in known}
    return {**bodies_, **offices(ward, on), "group_officer": _("officer of a group")}


def paper(key: str) -> str:
    """A paper on which a body stands."""
    return {
        "charter": _("statutes (AD)"),
        "deed": _("notarial deed"),
        "decree": _("decree"),
        "account": _("bank account"),
    }[key]


def day(value: date) -> str:
    """A day as it is read out."""
    return date_format(value, "j F Y")
