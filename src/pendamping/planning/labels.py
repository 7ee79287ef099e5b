"""Words for what this room keeps as keys."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendamping.kernel.money import format_rupiah
from pendamping.planning.models import Vote
from pendamping.planning.rules.guide import VoteRule
from pendamping.planning.rules.schematic import Marks

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


MARKS = {
    "waiting": gettext_lazy("needs that wait"),
    "planned": gettext_lazy("in the plan"),
    "proposed": gettext_lazy("proposed or under way"),
    "potentials": gettext_lazy("potentials"),
}


def marks_of(marks: Marks) -> dict[str, int]:
    """The figures of an RT by the sign that stands for them."""
    return {key: getattr(marks, key) for key in MARKS}


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


def marks(kept: VoteRule) -> str:
    """What a ballot may hold, for the committee and the voter."""
    said = {"marks": kept.form.marks, "points": kept.points, "most": kept.points_most}
    return {
        "approval": _("Tick at most %(marks)s."),
        "ranking": _("Write 1 for the most important, then 2, 3 and so on: at most %(marks)s."),
        "points": _("Share out at most %(points)s points, at most %(most)s for one need."),
        "one": _("Tick only one."),
    }[kept.ballot] % said


def typed_so(kept: VoteRule) -> str:
    """How a ballot of this vote is typed."""
    text = {
        "approval": _("One line for each ballot: the numbers that are marked, such as 1 4 5."),
        "ranking": _("One line for each ballot: the needs in the order of their places, the first place first, such as 4 1 5."),
        "points": _("One line for each ballot: each need with its points, such as 1:6 4:4."),
        "one": _("One line for each ballot: the number that is marked, such as 4."),
    }[kept.ballot]  # fmt: skip
    return text + " " + _("P or L stands first, such as P 4.") if kept.by_sex else text


def apart(sets: Iterable[tuple[int, ...]]) -> list[str]:
    """Which needs exclude each other, in words."""
    text = _("Numbers %(numbers)s exclude each other: only one of them can be funded.")
    return [text % {"numbers": ", ".join(map(str, one))} for one in sets]


def plan(status: str) -> tuple[str, str]:
    """How far a version of the plan is."""
    return {
        "draft": (_("draft"), "warn"),
        "ratified": (_("ratified"), "good"),
        "dropped": (_("put aside"), "plain"),
    }[status]


def waits(key: str, planned: int | None = None) -> str:
    """Why a need is not planned; ``planned``: the year for which an earlier version had it."""
    if planned and key != "excluded":
        return _("was planned for %(year)s; carried forward") % {"year": planned}
    return {
        "excluded": _("on the negative list"),
        "lost": _("the vote did not fund it; carried forward"),
        "won": _("the vote funded it; no year set yet"),
        "open": _("no vote on it yet; carried forward"),
    }[key]


def money(given: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Who pays: ``BLM P2KP Rp 30.000.000 + Swadaya warga Rp 5.000.000``."""
    return " + ".join(f"{names.get(key, key)} {format_rupiah(given[key])}" for key in given)


def change(kind: str) -> tuple[str, str]:
    """What became of a need from one version to the next."""
    return {
        "new": (_("new"), "river"),
        "gone": (_("no longer in the plan: under way, or taken off the list"), "plain"),
        "planned": (_("planned now"), "good"),
        "put-off": (_("carried forward now"), "warn"),
        "moved": (_("another year"), "river"),
        "money": (_("cost or money changed"), "river"),
    }[kind]


def proposal(state: str) -> tuple[str, str]:
    """Where a proposal is."""
    return {
        "draft": (_("being written"), "plain"),
        "open": (_("with the tiers"), "river"),
        "returned": (_("returned, to be mended"), "warn"),
        "passed": (_("passed"), "good"),
        "refused": (_("refused"), "bad"),
        "withdrawn": (_("taken back by the group"), "plain"),
        "dropped": (_("put aside"), "plain"),
    }[state]


def paid_by(key: str) -> str:
    """Who bears a line of a budget."""
    return {
        "programme": _("programme (BLM)"),
        "cash": _("residents, in cash"),
        "material": _("residents, in material"),
        "labour": _("residents, in labour (HOK)"),
        "land": _("residents, in land"),
    }.get(key, key)


COUNTS = {
    "households": gettext_lazy("Households"),
    "poor_households": gettext_lazy("Poor households"),
    "people": gettext_lazy("People who benefit"),
    "women": gettext_lazy("of them women"),
}
