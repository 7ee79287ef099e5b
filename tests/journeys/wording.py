"""Which texts of a page stand in the other language."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pendamping"
PLACE = re.compile(r"%\(\w+\)[sd]|\{[^}]*\}|<[^>]+>")
# little words that no Indonesian sentence holds: two of them in one text are English, marked or not
ENGLISH = re.compile(r"\b(the|and|of|with|is|are|was|not|this|that|your|you|has|have|from|to|by)\b")


def _pieces(text: str) -> list[str]:
    """The parts of a message between its places, where they are longer than three words."""
    found = (" ".join(piece.split()).strip(" .,:;") for piece in PLACE.split(text))
    return [piece for piece in found if len(piece.split()) > 3]


@cache
def catalogue() -> tuple[frozenset[str], frozenset[str]]:
    """Pieces that are English alone, and pieces that are Indonesian alone."""
    english: set[str] = set()
    indonesian: set[str] = set()
    for path in SOURCE.rglob("locale/id/LC_MESSAGES/*.po"):
        for message in read_po(path.open("rb")):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            english.update(piece for text in ids for piece in _pieces(text))
            indonesian.update(piece for text in said for piece in _pieces(text or ""))
    return frozenset(english - indonesian), frozenset(indonesian - english)


@cache
def _by_middle(language: str) -> dict[tuple[str, str], list[str]]:
    """The pieces that may not stand on a page of ``language``, by their second and third word.

    A piece has four words or more, so these two stand whole on any page that holds it.
    """
    english, indonesian = catalogue()
    found: dict[tuple[str, str], list[str]] = {}
    for piece in english if language == "id" else indonesian:
        _first, second, third, *_rest = piece.split(" ")
        found.setdefault((second, third), []).append(piece)
    return found


def foreign(words: str, language: str) -> list[str]:
    """Pieces of the other language that stand on a page of ``id`` or ``en``."""
    by_middle, told = _by_middle(language), words.split(" ")
    pairs = set(pairwise(told)) & by_middle.keys()
    return sorted(piece for pair in pairs for piece in by_middle[pair] if piece in words)


@cache
def _reads_as_english(text: str) -> bool:
    return len(set(ENGLISH.findall(text.lower()))) > 1


def unmarked(texts: list[str]) -> list[str]:
    """Texts of an Indonesian page that read as English, whether a catalogue knows them or not."""
    return [text for text in texts if _reads_as_english(text)]
