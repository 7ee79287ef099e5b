"""What residents say about the help they got: anonymous, and never shown of a few."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.share import Share

SCALE = (1, 2, 3, 4)  # disagrees … agrees fully
AGREES = 3  # from here on
LONGEST_DAYS = 60
MOST_SLIPS = 300
CODE_LETTERS = 8
_LOOKS_LIKE = str.maketrans("OILU", "011V")


def code_of(typed: str) -> str:
    """A code as it is kept, from what was typed: case, spaces, dashes and look-alikes do not matter.

    >>> code_of("k7qm 2xtb"), code_of("K7QM-2XT0"), code_of("k7qm2xto")
    ('K7QM2XTB', 'K7QM2XT0', 'K7QM2XT0')
    """
    kept = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return kept.translate(_LOOKS_LIKE)[: CODE_LETTERS + 1]


def round_problems(
    opened: date, closes: date, slips: int, least: int, running: Collection[date]
) -> list[Reason]:
    """What keeps a round from being opened; ``running``: last days of rounds that are open."""
    found = []
    if closes < opened or closes > opened + timedelta(days=LONGEST_DAYS):
        text = N_("The last day lies from today on, within {days} days.")
        found.append(
            Reason("facilitation.rating.days", text, {"days": LONGEST_DAYS}, {"field": "closes_on"})
        )
    if not least <= slips <= MOST_SLIPS:
        text = N_("Print from {least} to {most} slips: the answers of fewer people are not shown.")
        values = {"least": least, "most": MOST_SLIPS}
        found.append(Reason("facilitation.rating.slips", text, values, {"field": "slips"}))
    if running:
        text = N_("A round is open until {day}; close it first.")
        found.append(Reason("facilitation.rating.open", text, {"day": max(running)}, {}))
    return found


def answer_problems(answers: Mapping[str, int], questions: Collection[str]) -> list[Reason]:
    """What keeps an answer from being taken: at least one question, each from 1 to 4."""
    known = {key: value for key, value in answers.items() if key in questions}
    if known and len(known) == len(answers) and all(value in SCALE for value in known.values()):
        return []
    text = N_("Answer at least one of the questions.")
    return [Reason("facilitation.rating.answers", text, {}, {"field": "answers"})]


@dataclass(frozen=True, slots=True)
class Said:
    """What a round says. ``answered``: how many people, ``None`` where too few to be told apart from one
    another; ``agree``: of each question, those who agree out of those who answered it, or ``None``."""

    answered: int | None
    agree: dict[str, Share | None]

    @property
    def all(self) -> Share | None:
        """All answers to all questions that are shown together."""
        shown = [share for share in self.agree.values() if share is not None]
        if not shown:
            return None
        return Share(sum(one.part for one in shown), sum(one.whole for one in shown))


def said(papers: Iterable[Mapping[str, int]], questions: Sequence[str], least: int) -> Said:
    """Put the answers of a round together; whatever fewer than ``least`` people answered is left out.

    >>> said([{"listens": 4}] * 4 + [{"listens": 1}], ["listens"], 5).agree
    {'listens': Share(part=4, whole=5)}
    >>> said([{"listens": 4}] * 4, ["listens"], 5)
    Said(answered=None, agree={'listens': None})
    """
    rows = list(papers)
    agree: dict[str, Share | None] = {}
    for key in questions:
        given = [row[key] for row in rows if key in row]
        share = Share(sum(value >= AGREES for value in given), len(given))
        agree[key] = share if len(given) >= least else None
    return Said(len(rows) if len(rows) >= least else None, agree)
