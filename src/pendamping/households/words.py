"""The words on the screen for relations, events and sources."""

from collections.abc import Collection

from django.utils.translation import gettext

from pendamping.kernel.refusal import N_

RELATIONS = {
    "head": N_("head of household"),
    "spouse": N_("wife or husband"),
    "child": N_("child"),
    "child_in_law": N_("son- or daughter-in-law"),
    "grandchild": N_("grandchild"),
    "parent": N_("parent"),
    "parent_in_law": N_("parent-in-law"),
    "relative": N_("other relative"),
    "helper": N_("domestic helper"),
    "other": N_("other"),
}
EVENTS = {
    "birth": N_("Born"),
    "death": N_("Died"),
    "move_in": N_("Moved in"),
    "move_out": N_("Moved out"),
    "split": N_("Household split"),
    "join": N_("Households joined"),
    "correct": N_("Corrected"),
    "mistake": N_("Recorded by mistake"),
    "same": N_("Joined with another entry"),
    "apart": N_("Parted from another entry"),
}
SOURCES = {
    "census": N_("census"),
    "list": N_("ratified poor list"),
    "entry": N_("entered by hand"),
}
STATUSES = {"died": N_("died"), "moved": N_("moved away")}
SEXES = {"L": N_("male"), "P": N_("female"), "": N_("not stated")}
_ALL = {**SEXES, **STATUSES, **SOURCES, **EVENTS, **RELATIONS}


def word(key: str) -> str:
    """The word for a stored key, in the reader's language."""
    return gettext(_ALL[key]) if key in _ALL else key


def relations(but: str = "", only: Collection[str] = RELATIONS) -> list[tuple[str, str]]:
    """Choices of relations for a form."""
    return [(key, gettext(name)) for key, name in RELATIONS.items() if key != but and key in only]
