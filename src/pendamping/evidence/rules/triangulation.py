"""Whether interviews, observations and documents say the same of a factor."""

from collections.abc import Iterable
from dataclasses import dataclass

from pendamping.evidence.rules.codebook import AGAINST, FOR

KINDS = ("interview", "observation", "document")
AGREE, APART, ONE, NONE = VERDICTS = ("agree", "apart", "one", "none")
SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Said:
    """A coded passage: kind of its source, ``for`` or ``against``, who said it (a code, or empty)."""

    kind: str
    sense: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What sources of one kind say of a factor: passages for and against, and the codes of who said it."""

    kind: str
    speaks_for: int
    against: int
    who: tuple[str, ...]

    @property
    def lean(self) -> str:
        """``for``, ``against``, ``split`` where as many say one as the other, ``none`` where nobody says anything."""
        if not self.speaks_for + self.against:
            return NONE
        if self.speaks_for == self.against:
            return SPLIT
        return FOR if self.speaks_for > self.against else AGAINST


@dataclass(frozen=True, slots=True)
class Triangle:
    """The three kinds side by side, in the order of ``KINDS``."""

    cells: tuple[Cell, ...]

    @property
    def verdict(self) -> str:
        """``agree``: two kinds or more, all leaning the same way; ``apart``: they do not; ``one``; ``none``."""
        leans = [cell.lean for cell in self.cells if cell.lean != NONE]
        if len(leans) < 2:
            return ONE if leans else NONE
        return AGREE if len(set(leans)) == 1 and leans[0] != SPLIT else APART

    @property
    def lean(self) -> str:
        """What all passages together say."""
        return Cell("", self.speaks_for, self.against, ()).lean

    @property
    def speaks_for(self) -> int:
        """Passages for it, of every kind."""
        return sum(cell.speaks_for for cell in self.cells)

    @property
    def against(self) -> int:
        """Passages against it, of every kind."""
        return sum(cell.against for cell in self.cells)


def triangulate(said: Iterable[Said]) -> Triangle:
    """Count what is said of one factor; how it was overcome says nothing of whether it is so.

    >>> found = triangulate([Said("interview", "for", "I-01"), Said("document", "for")])
    >>> found.verdict, found.lean, found.cells[0].who
    ('agree', 'for', ('I-01',))
    """
    told = [one for one in said if one.sense in (FOR, AGAINST)]
    return Triangle(tuple(_cell(kind, [one for one in told if one.kind == kind]) for kind in KINDS))


def _cell(kind: str, told: list[Said]) -> Cell:
    leaning = [one.sense for one in told]
    who = tuple(sorted({one.who for one in told if one.who}))
    return Cell(kind, leaning.count(FOR), leaning.count(AGAINST), who)


def beside(lean: str, record: str) -> str:
    """People beside the record: ``both``, ``people``, ``record``, ``neither``, ``open`` where one says nothing.

    ``lean``: what the passages say; ``record``: ``shows``, ``quiet`` or ``unknown``, what the record says.
    """
    if lean in (NONE, SPLIT) or record == "unknown":
        return "open"
    said, shown = lean == FOR, record == "shows"
    if said and shown:
        return "both"
    return "people" if said else "record" if shown else "neither"
