"""Words for what this room keeps as keys."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_

KINDS = {
    "interview": gettext_lazy("Interview"),
    "observation": gettext_lazy("Observation"),
    "document": gettext_lazy("Document"),
}
KNOWS = {
    "policy": gettext_lazy("the policy"),
    "preparation": gettext_lazy("the preparation"),
    "results": gettext_lazy("the results"),
}
GROUPS = {
    "inhibiting": N_("Inhibiting factors"),
    "supporting": N_("Supporting factors"),
    "process": N_("The process"),
}
PARTS = {
    "planning": N_("How it was planned"),
    "implementation": N_("How it was carried out"),
    "monitoring": N_("How it was watched over and assessed"),
    "institutions": N_("How institutions grew"),
    "facilitative": N_("The facilitator supports"),
    "educational": N_("The facilitator informs and trains"),
    "earnings": N_("What the earnings went to"),
    "hand-over": N_("Who goes on after the programme"),
    "ahead": N_("What has to grow"),
}


def lang() -> str:
    """The reader's language, as texts of a guideline name it."""
    return "en" if get_language() == "en" else "id"


def factors(ward: str, on: date) -> dict[str, dict[str, Any]]:
    """The guideline's factors of the case, each with ``name``, ``kind`` and ``questions``."""
    said = guidelines.section("factors", ward, on)
    return {key: dict(one) for key, one in said.items() if one.get("of_the_case")}


def factor(ward: str, key: str, on: date) -> str:
    """What a factor is called in the reader's language."""
    found = guidelines.section("factors", ward, on).get(key)
    return str(found["name"][lang()]) if found else key


def standard_name(key: str, names: dict[str, str]) -> str:
    """What a code of the codebook to begin with is called; ``names``: factor → its name."""
    kind, _colon, rest = key.partition(":")
    if kind == "factor":
        whole, _slash, sense = rest.partition("/")
        return {
            "for": "%(factor)s",
            "against": _("%(factor)s: not so"),
            "overcome": _("%(factor)s: what was done"),
        }[sense] % {"factor": names.get(whole, whole)}
    return _(PARTS[rest]) if kind == "process" and rest else _(GROUPS[kind])


def sense(key: str) -> tuple[str, str]:
    """What a passage does for its factor: word and tone."""
    return {
        "for": (_("says so"), "river"),
        "against": (_("says it is not so"), "warn"),
        "overcome": (_("tells what was done"), "good"),
    }.get(key, ("", "plain"))


def verdict(key: str, lean: str) -> tuple[str, str]:
    """What comparing the three kinds of source comes to: a sentence and its tone."""
    if key == "agree":
        if lean == "for":
            return _("They agree: it is so"), "good"
        return _("They agree: it is not so"), "good"
    return {
        "apart": (_("They do not agree"), "warn"),
        "one": (_("Only one kind of source speaks of it"), "plain"),
        "none": (_("No source speaks of it yet"), "plain"),
    }[key]


def said_by(kind: str, informant: str) -> str:
    """Who said a passage, by code, or in which kind of source it stands."""
    return informant or str(KINDS[kind])


def known_factors(ward: str) -> dict[str, str]:
    """Every factor that the ward's guideline names, and its kind; none for the server's own study."""
    said = guidelines.section("factors", ward, clock.today()) if ward else {}
    return {key: str(one["kind"]) for key, one in said.items()}
