"""Words for what this room keeps as keys: most of them stand in the guideline."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.verification.guideline import Rule


def lang() -> str:
    """The reader's language."""
    return "en" if get_language() == "en" else "id"


def said(text: Mapping[str, str]) -> str:
    """A text of the guideline in the reader's language."""
    return text.get(lang()) or next(iter(text.values()), "")


def name_in(rule: Rule, section: str, key: str) -> str:
    """The name that the guideline gives a key of one of its sections; else the key itself."""
    entry: Mapping[str, Any] = rule.raw[section].get(key, {})
    return said(entry["name"]) if "name" in entry else key


def tier(rule: Rule, key: str) -> str:
    """A tier by its short name, where it has one: ``PJOK``."""
    entry = rule.raw["verification_tiers"].get(key, {})
    return str(entry.get("short") or name_in(rule, "verification_tiers", key))


def state(key: str) -> str:
    """The state of a dossier in words."""
    return {
        "open": _("being examined"),
        "returned": _("returned, to be mended"),
        "passed": _("passed"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
    }[key]


def short_state(key: str) -> str:
    """The state in one word, where there is little room."""
    return _("returned") if key == "returned" else state(key)


TONES = {
    "open": "river",
    "returned": "warn",
    "passed": "good",
    "refused": "bad",
    "withdrawn": "plain",
}


def kind(key: str) -> str:
    """What a dossier is about; kinds of other guidelines by their key."""
    return {
        "proposal": _("Proposal"),
        "loan": _("Loan"),
        "tranche": _("Tranche"),
        "report": _("Accountability report"),
    }.get(key, key)


def sure(key: str) -> str:
    """How much a forecast may be trusted."""
    return {
        "guess": _("a guess: at least one tier has hardly any experience yet, its limit stands in"),
        "rough": _("rough: few dossiers have gone this way so far"),
        "good": _("from many dossiers of this chain"),
    }[key]


def groups() -> list[tuple[str, str]]:
    """By what the figures can be grouped."""
    return [
        ("tier", _("Tier")),
        ("verifier", _("Verifier")),
        ("ward", _("Ward")),
        ("month", _("Month")),
    ]
