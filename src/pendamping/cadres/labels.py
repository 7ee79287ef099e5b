"""Words for what this room keeps as keys."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.guidelines import queries as guidelines


def names(section: str, ward: str, on: date) -> dict[str, str]:
    """The guideline's names of a section's keys in the reader's language."""
    lang = "en" if get_language() == "en" else "id"
    return {
        key: table["name"][lang] for key, table in guidelines.section(section, ward, on).items()
    }


def standing(word: str) -> tuple[str, str]:
    """How a cadre stands, and the tone of the badge."""
    return {
        "active": (_("active"), "good"),
        "dormant": (_("dormant"), "warn"),
        "left": (_("left"), "plain"),
    }[word]


def sex(key: str) -> str:
    """Woman or man."""
    return {"P": _("woman"), "L": _("man")}.get(key, "")
