"""Words for what this room keeps as keys."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.planning.models import Vote

ASKED_BY = {
    "all": gettext_lazy("the whole meeting"),
    "women": gettext_lazy("the women's session"),
    "poor": gettext_lazy("poor households"),
    "youth": gettext_lazy("youth"),
}
FIGURES = {
    "voters": gettext_lazy("Voters who signed the roll"),
    "women": gettext_lazy("of them women"),
    "invalid": gettext_lazy("Invalid ballots"),
    "spoiled": gettext_lazy("Spoiled and replaced"),
    "left": gettext_lazy("Left over"),
    "lost": gettext_lazy("Missing"),
}


def place(key: str) -> str:
    """``01/02`` is RT 02 of RW 01; the empty one is the ward."""
    rw, _slash, rt = key.partition("/")
    return f"RT {rt} RW {rw}" if rt else _("the whole ward")


def day(on: date | None) -> str:
    """A day in words."""
    return date_format(on, "j F Y") if on else "–"


def need(status: str) -> tuple[str, str]:
    """Where a need stands: words and the tone of a badge."""
    return {
        "open": (_("waits for a vote"), "plain"),
        "on-ballot": (_("on the ballot"), "river"),
        "funded": (_("funded"), "good"),
        "carried": (_("not funded yet, carried forward"), "warn"),
        "withdrawn": (_("taken off the list"), "plain"),
    }[status]


def vote(one: Vote) -> tuple[str, str]:
    """How far a vote is."""
    return {
        "open": (_("under way"), "river"),
        "closed": (_("counted"), "good"),
        "given_up": (_("given up"), "warn"),
    }[one.status]


def sheet(state: str) -> tuple[str, str]:
    """How far a station's ballots are."""
    return {
        "waits": (_("not typed yet"), "plain"),
        "once": (_("typed once"), "river"),
        "differs": (_("the two differ"), "bad"),
        "agreed": (_("done"), "good"),
    }[state]


def funded_by(key: str) -> str:
    """Out of which part of the money a need was funded."""
    return {
        "reserve": _("from the share of the poorest RTs"),
        "rule": _("by votes"),
        "completion": _("from what was left"),
        "free": _("costs nothing"),
    }.get(key, "")


def rule(key: str) -> str:
    """A rule by its name."""
    return {
        "greedy": _("most votes first"),
        "equal-shares": _("equal shares"),
        "phragmen": _("Phragmén's rule"),
    }[key]


def ballot(numbers: tuple[int, ...]) -> str:
    """A ballot as it is typed."""
    return " ".join(map(str, numbers))
