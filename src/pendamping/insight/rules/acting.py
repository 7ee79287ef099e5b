"""When a warning can be acknowledged, a remedy recorded, its outcome told. Pure."""

from collections.abc import Iterator
from datetime import date

from pendamping.insight.rules.warned import STANDS_OUT, Warned
from pendamping.kernel.refusal import N_, Reason

WORDS = ("helped", "not", "early", "undone")
"""How a remedy worked: it helped, it did not, it is too early to say, it was not done."""

ROLES = (
    "facilitator",
    "cadre",
    "board",
    "treasurer",
    "bookkeeper",
    "secretary",
    "group_officer",
    "verifier",
)
"""Who may be named as doing a remedy."""


def covers(seen_on: date, seen_severity: str, one: Warned) -> bool:
    """Whether a warning that was seen is still the one that stands: not risen anew since, and no more urgent.

    >>> one = Warned("report-late", "act", date(2005, 1, 5))
    >>> covers(date(2005, 1, 6), "watch", one), covers(date(2005, 1, 6), "act", one)
    (False, True)
    """
    if one.since is None or seen_on < one.since:
        return False
    return seen_severity == "act" or one.severity == "watch"


def acknowledging_problems(one: Warned, seen: bool) -> list[Reason]:
    """Why a factor cannot be acknowledged: it does not stand out, or somebody did already."""
    if one.severity not in STANDS_OUT:
        return [Reason("insight.calm", N_("This does not stand out today."), {}, {})]
    if seen:
        return [
            Reason("insight.seen", N_("Somebody has acknowledged this warning already."), {}, {})
        ]
    return []


def remedy_problems(one: Warned, what: str, role: str, until: date, today: date) -> list[Reason]:
    """Why a remedy cannot be recorded; every reason at once."""
    return list(_remedy(one, what, role, until, today))


def _remedy(one: Warned, what: str, role: str, until: date, today: date) -> Iterator[Reason]:
    if one.severity not in STANDS_OUT:
        yield Reason("insight.calm", N_("This does not stand out today."), {}, {})
    if not what.strip():
        yield Reason("insight.what", N_("Say what is done."), {}, {"field": "what"})
    if role not in ROLES:
        yield Reason("insight.role", N_("Say who does it."), {}, {"field": "role"})
    if until < today:
        text = N_("The day until which it is done lies before {today}.")
        yield Reason("insight.until", text, {"today": today}, {"field": "until"})


def outcome_problems(word: str, told: list[str], note: str) -> list[Reason]:
    """Why an outcome cannot be told. ``told``: what was told of the remedy before."""
    found = []
    if any(one != "early" for one in told):
        text = N_("How this remedy worked is told already.")
        found.append(Reason("insight.told", text, {}, {"field": "word"}))
    if word not in WORDS:
        found.append(Reason("insight.word", N_("Say how it worked."), {}, {"field": "word"}))
    if word == "undone" and not note.strip():
        text = N_("Say why it was not done.")
        found.append(Reason("insight.note", text, {}, {"field": "note"}))
    return found
