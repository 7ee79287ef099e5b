"""Outcomes of loans as borrowers tell them: a kept draw over those ahead and those behind, and what they say.

Source: our design after handbook 0.1 (what the earnings went to) and 9 (borrowed names; those behind are left out of most
surveys). Whoever knows the seed and the record draws the same people again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from pendamping.kernel.refusal import N_, Reason

STRATA = ("behind", "current", "ended")
MOST_ASKED = 200


@dataclass(frozen=True, slots=True)
class Borrower:
    """Somebody who can be drawn: the last loan in which they borrowed, its group, where it stands."""

    person: str
    loan: str
    group: str
    stratum: str


def quotas(sizes: Mapping[str, int], size: int, least_behind: int) -> dict[str, int]:
    """How many are drawn of each stratum: at least so many of those behind, one of each that has anybody, the rest by size.

    >>> quotas({"behind": 10, "current": 110, "ended": 0}, 12, 4)
    {'behind': 4, 'current': 8, 'ended': 0}
    >>> quotas({"behind": 2, "current": 3, "ended": 1}, 12, 4)
    {'behind': 2, 'current': 3, 'ended': 1}
    """
    given = dict.fromkeys(STRATA, 0)
    left = min(size, sum(sizes.get(key, 0) for key in STRATA))
    for key, least in (("behind", least_behind), ("current", 1), ("ended", 1)):
        given[key] = min(sizes.get(key, 0), least, left)
        left -= given[key]
    while left > 0:
        open_ = [key for key in STRATA if given[key] < sizes.get(key, 0)]
        most = max(open_, key=lambda key: (sizes[key] / (given[key] + 1), key))
        given[most] += 1
        left -= 1
    return given


def _place(seed: str, key: str) -> str:
    return sha256(f"{seed}:{key}".encode()).hexdigest()


def in_order(frame: Iterable[Borrower], seed: str, stratum: str) -> list[Borrower]:
    """Those of a stratum in the order in which they are drawn: one of each group first, then a second of each …"""
    groups: dict[str, list[Borrower]] = defaultdict(list)
    for one in frame:
        if one.stratum == stratum:
            groups[one.group].append(one)
    ranked = [
        (rank, _place(seed, group), one)
        for group, those in groups.items()
        for rank, one in enumerate(sorted(those, key=lambda one: _place(seed, one.person)))
    ]
    return [one for _rank, _group, one in sorted(ranked, key=lambda row: row[:2])]


def draw(frame: Sequence[Borrower], seed: str, size: int, least_behind: int) -> list[Borrower]:
    """Who is asked, stratum by stratum, in the order of the draw."""
    sizes = Counter(one.stratum for one in frame)
    given = quotas(sizes, size, least_behind)
    return [one for key in STRATA for one in in_order(frame, seed, key)[: given[key]]]


def instead(
    frame: Sequence[Borrower], seed: str, stratum: str, taken: Collection[str]
) -> Borrower | None:
    """Who comes next in place of somebody: of the same stratum if anybody is left there, else of another."""
    for key in (stratum, *(each for each in STRATA if each != stratum)):
        for one in in_order(frame, seed, key):
            if one.person not in taken:
                return one
    return None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the guideline: keys of its answers; whether several may be given."""

    key: str
    answers: tuple[str, ...]
    several: bool
    alerts: frozenset[str] = frozenset()


def read_questions(section: Mapping[str, Mapping[str, Any]]) -> dict[str, Question]:
    """The questions of the section ``outcome_questions`` in its order."""
    return {
        key: Question(
            key, tuple(each["key"] for each in said["answers"]), bool(said.get("several")),
            frozenset(each["key"] for each in said["answers"] if each.get("alert")),
        )
        for key, said in section.items()
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What was said to a question: how many answered, how many gave each answer; ``None``: too few to be shown."""

    question: str
    answered: int
    counts: Mapping[str, int] | None


def tally(
    interviews: Iterable[Mapping[str, Sequence[str]]], questions: Iterable[Question], least: int
) -> list[Told]:
    """Put interviews together; where fewer than ``least`` answered a question, only their number is said.

    >>> business = Question("business", ("grown", "same"), False)
    >>> tally([{"business": ["grown"]}] * 5, [business], 5)[0].counts == {"grown": 5, "same": 0}
    True
    >>> tally([{"business": ["grown"]}] * 4, [business], 5)[0]
    Told(question='business', answered=4, counts=None)
    """
    rows, found = list(interviews), []
    for one in questions:
        given = [row[one.key] for row in rows if row.get(one.key)]
        counts = Counter(each for those in given for each in those)
        shown = {key: counts[key] for key in one.answers} if len(given) >= least else None
        found.append(Told(one.key, len(given), shown))
    return found


def drawing_problems(size: int, frame: int, waiting: int) -> list[Reason]:
    """What keeps a sample from being drawn. ``waiting``: how many of the last one are still to be asked."""
    found = []
    if waiting:
        text = N_(
            "Of the last sample {count} are still to be asked; ask them, or somebody in their place."
        )
        found.append(Reason("monitoring.sample.waiting", text, {"count": waiting}, {}))
    if not frame:
        text = N_("Nobody has borrowed yet.")
        found.append(Reason("monitoring.sample.nobody", text, {}, {}))
    if not 1 <= size <= MOST_ASKED:
        text = N_("Draw from 1 to {most} people.")
        found.append(Reason("monitoring.sample.size", text, {"most": MOST_ASKED}, {"field": "size"}))  # fmt: skip
    return found


def interview_problems(
    answers: Mapping[str, Sequence[str]],
    questions: Mapping[str, Question],
    drawn: date,
    on: date,
    today: date,
) -> list[Reason]:
    """What keeps an interview from being kept: no answer at all, or answers that are none."""
    found = []
    if not any(answers.values()):
        text = N_("Answer at least one of the questions.")
        found.append(Reason("monitoring.interview.answers", text, {}, {}))
    for key, given in answers.items():
        known = questions.get(key)
        fits = (
            known is not None
            and set(given) <= set(known.answers)
            and (known.several or len(given) <= 1)
        )
        if not fits:
            text = N_("This answer is not one of the question.")
            found.append(Reason("monitoring.interview.answer", text, {}, {"field": key}))
    if not drawn <= on <= today:
        text = N_(
            "The interview was held from {day} on, when the sample was drawn, and not later than today."
        )
        found.append(Reason("monitoring.interview.day", text, {"day": drawn}, {"field": "on"}))
    return found
