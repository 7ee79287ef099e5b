"""Words for what this room keeps as keys."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def lang() -> str:
    """The reader's language."""
    return "en" if get_language() == "en" else "id"


def list_status(status: str) -> str:
    """The state of a poor list in words."""
    return {
        "draft": _("draft"),
        "posted": _("posted"),
        "ratified": _("ratified"),
        "superseded": _("replaced by a later list"),
    }[status]


def objection_status(status: str) -> str:
    """The state of an objection in words."""
    return {"open": _("open"), "accepted": _("accepted"), "rejected": _("rejected")}[status]


def objection_kind(kind: str) -> str:
    """What an objection asks for."""
    return _("add to the list") if kind == "add" else _("take off the list")


def steps(criteria: str) -> list[str]:
    """The names of the steps, as the stepper shows them; ``criteria``: the state of the criteria."""
    written = _("Criteria (written, not ratified)")
    return [
        _("Designate the ward"),
        written if criteria == "draft" else _("Criteria"),
        _("Draft the list"),
        _("Objections"),
        _("Ratify"),
    ]
