"""Words for what this room keeps as keys."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def kind(key: str) -> str:
    """How somebody is related to somebody else."""
    return {
        "self": _("the same person"),
        "household": _("same household"),
        "spouse": _("spouse"),
        "parent": _("parent"),
        "child": _("child"),
        "sibling": _("brother or sister"),
        "in_law": _("by marriage"),
        "other": _("other kin"),
    }[key]


def measure(key: str) -> tuple[str, str, str, str]:
    """A figure in words: its name, what is counted, out of what, and the unit of both."""
    return {
        "loans": (
            _("Loans to few"),
            _("lent to people who sit in a body of the ward, or to their kin"),
            _("all that was lent in the cycle"),
            "rupiah",
        ),
        "grants": (
            _("Grant to few"),
            _(
                "grants to such people and their kin, and contracts of groups in which one of them is"
            ),
            _("all grants to people and contracts with groups in the cycle"),
            "rupiah",
        ),
        "place": (
            _("One RT"),
            _("loans and grants to people of the RT that had most"),
            _("loans and grants to people of every RT"),
            "rupiah",
        ),
        "offices": (
            _("Offices in few hands"),
            _("seats and groups' offices of people who, with their kin, hold more than one"),
            _("all seats and groups' offices"),
            "number",
        ),
        "groups": (
            _("Kin in one group"),
            _("groups in which two members are kin"),
            _("all groups"),
            "number",
        ),
    }[key]


def record(ward: str, text: str, names: dict[str, str]) -> dict[str, Any]:
    """A record behind a figure: its name and the page on which it is read."""
    what, _colon, key = text.partition(":")
    pages = {
        "loan": ("loans:loan", "loan", _("Loan")),
        "group": ("institutions:group", "group", _("Group")),
        "body": ("institutions:body", "body", _("Body")),
        "grant": ("grants:grant", "grant", _("Contract")),
    }
    if what == "social":
        return {"text": _("Social grant"), "url": reverse("grants:home", kwargs={"ward": ward})}
    page, part, word = pages[what]
    return {
        "text": names.get(text, word),
        "url": reverse(page, kwargs={"ward": ward, part: key}),
    }
