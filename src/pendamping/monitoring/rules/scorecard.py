"""The community scorecard: groups apart rate statements from 1 to 5, then talk about them, promise and follow up.

Source: our design after handbook 7 (monitoring is done by the target group). Head-counts only, nobody is named.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.share import Share

SCALE = (1, 2, 3, 4, 5)  # very bad … very good
GOOD = 4  # from here on
MOST_PRESENT = 2000
WORDS = ("done", "partly", "not")


@dataclass(frozen=True, slots=True)
class Rated:
    """How a group rated a statement: head-counts of 1 to 5; ``None``: too few answered to be shown."""

    counts: tuple[int, ...] | None

    @property
    def answered(self) -> int:
        """How many gave a score."""
        return sum(self.counts or ())

    @property
    def average(self) -> Fraction | None:
        """The mean score; ``None`` where nothing is shown."""
        if not self.answered or self.counts is None:
            return None
        return Fraction(sum(score * n for score, n in zip(SCALE, self.counts, strict=True)), self.answered)  # fmt: skip

    @property
    def good(self) -> Share:
        """Those who gave 4 or 5 out of those who answered."""
        return Share(sum((self.counts or ())[GOOD - 1 :]), self.answered)


def rated(counts: Sequence[int], least: int) -> Rated:
    """What may be shown of a group's answer: nothing of fewer than ``least`` who answered.

    >>> found = rated([0, 1, 2, 5, 2], 5)
    >>> found.average, found.good
    (Fraction(19, 5), Share(part=7, whole=10))
    >>> rated([0, 0, 0, 4, 0], 5).average is None
    True
    """
    known = tuple(counts)
    return Rated(known if sum(known) >= least else None)


def change(now: Rated, before: Rated) -> Fraction | None:
    """How the mean moved since the round before; ``None`` where one of the two is not shown.

    >>> change(rated([0, 0, 0, 0, 5], 5), rated([0, 0, 5, 0, 0], 5))
    Fraction(2, 1)
    """
    if now.average is None or before.average is None:
        return None
    return now.average - before.average


def opening_problems(running: Collection[int], statements: Collection[str]) -> list[Reason]:
    """What keeps a round from being opened. ``running``: numbers of rounds that were not talked about yet."""
    found = []
    if running:
        text = N_("Round {number} was not talked about yet; finish it first.")
        found.append(Reason("monitoring.card.running", text, {"number": max(running)}, {}))
    if not statements:
        text = N_("The guideline has no statements to rate.")
        found.append(Reason("monitoring.card.statements", text, {}, {}))
    return found


def sheet_problems(
    present: int, scores: Mapping[str, Sequence[int]], statements: Collection[str]
) -> list[Reason]:
    """What keeps a group's sheet from being kept: figures that cannot be. Not everybody has to answer everything."""
    found = []
    if not 0 < present <= MOST_PRESENT:
        text = N_("Say how many of the group were there, from 1 to {most}.")
        found.append(Reason("monitoring.card.present", text, {"most": MOST_PRESENT}, {"field": "present"}))  # fmt: skip
    if not any(sum(counts) for key, counts in scores.items() if key in statements):
        text = N_("Type the hands of at least one statement.")
        found.append(Reason("monitoring.card.empty", text, {}, {}))
    for key, counts in scores.items():
        if key not in statements or len(counts) != len(SCALE) or min(counts) < 0:
            text = N_("This line is not one of the sheet.")
            found.append(Reason("monitoring.card.line", text, {}, {"statement": key}))
        elif sum(counts) > present > 0:
            text = N_("More hands than people: {hands} of {present}.")
            values = {"hands": sum(counts), "present": present}
            found.append(Reason("monitoring.card.hands", text, values, {"statement": key}))
    return found


def discussion_problems(
    on: date, counted: Sequence[date], today: date, women: int, men: int
) -> list[Reason]:
    """What keeps the meeting of both sides from being noted. ``counted``: days of the groups' sheets."""
    found = []
    if not counted:
        text = N_("No group has rated yet.")
        found.append(Reason("monitoring.card.unrated", text, {}, {}))
    elif not max(counted) <= on <= today:
        text = N_(
            "The meeting was held from {day} on, when the last group rated, and not later than today."
        )
        found.append(Reason("monitoring.card.day", text, {"day": max(counted)}, {"field": "on"}))
    if women + men < 1:
        text = N_("Say how many came.")
        found.append(Reason("monitoring.card.came", text, {}, {"field": "women"}))
    return found


def action_problems(what: str, who: str, until: date, today: date, discussed: bool) -> list[Reason]:
    """What keeps somebody from promising something: what, who, and a day that has not passed."""
    found = []
    if not discussed:
        text = N_("First note the meeting in which both sides talked about the scores.")
        found.append(Reason("monitoring.card.undiscussed", text, {}, {}))
    if not what.strip():
        text = N_("Say what will be done.")
        found.append(Reason("monitoring.card.what", text, {}, {"field": "what"}))
    if not who.strip():
        text = N_("Say who does it.")
        found.append(Reason("monitoring.card.who", text, {}, {"field": "who"}))
    if until < today:
        text = N_("The day lies from today on.")
        found.append(Reason("monitoring.card.until", text, {}, {"field": "until"}))
    return found


def follow_problems(word: str, came_of: str, told: Collection[str]) -> list[Reason]:
    """What keeps a follow-up from being noted. ``told``: what was told of it before; done is the last word."""
    found = []
    if word not in WORDS:
        text = N_("Say whether it was done.")
        found.append(Reason("monitoring.card.word", text, {}, {"field": "word"}))
    if not came_of.strip():
        text = N_("Say what came of it.")
        found.append(Reason("monitoring.card.came_of", text, {}, {"field": "came_of"}))
    if "done" in told:
        text = N_("It was done already.")
        found.append(Reason("monitoring.card.done", text, {}, {}))
    return found
