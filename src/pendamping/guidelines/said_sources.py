"""Where a rule is known from, said in Indonesian: the texts keep their sources in English.

Sources are short notes of fixed phrases, so they are put into words phrase by phrase, longest first.
A note whose phrases are not all known here is shown as it stands, marked as English.
"""

import re

from pendamping.guidelines.said_phrases import PHRASES, PLACES

_KNOWN = {english.lower(): indonesian for english, indonesian in PHRASES.items()}
_PHRASE = re.compile(
    r"(?<![A-Za-z])(?:" + "|".join(map(re.escape, sorted(PHRASES, key=len, reverse=True))) + r")(?![A-Za-z])",
    re.IGNORECASE,
)  # fmt: skip
_PLAIN = re.compile(
    r"[\W\d_]*(?:(?:S\d{1,2}|\d[a-z]|no|Rp|SPM|SP2D|PNPM|RAPB|LPJ)[\W\d_]*)*", re.IGNORECASE
)


def in_indonesian(source: str) -> str | None:
    """The source in Indonesian; ``None`` where a word of it is not known here.

    >>> in_indonesian("handbook 4.2, general knowledge, unverified; S51 (a bank's rule)")
    'buku pegangan 4.2, pengetahuan umum, belum diperiksa; S51 (aturan sebuah bank)'
    >>> in_indonesian("something nobody has translated") is None
    True
    """
    rest = _PHRASE.sub(" ", source)
    if not _PLAIN.fullmatch(rest):
        return None
    return _PHRASE.sub(lambda found: _KNOWN[found[0].lower()], source)


_PLACES = {english.lower(): indonesian for english, indonesian in PLACES.items()}
_PLACE = re.compile(
    r"(?<![A-Za-z])(?:" + "|".join(map(re.escape, sorted(PLACES, key=len, reverse=True))) + r")(?![A-Za-z])",
    re.IGNORECASE,
)  # fmt: skip
_ADDRESS = re.compile(r"\S*[./_]\S*|\S*\d\S*")
_ENGLISH = re.compile(
    r"\b(?:the|of|and|in|only|read|seen|by|from|with|our|text|has|been|not)\b", re.IGNORECASE
)


def place_in_indonesian(where: str) -> str | None:
    """Where a source lies, in Indonesian: addresses and titles stay, notes about them are put into words.
    ``None`` where English words are left.

    >>> place_in_indonesian("yumpu.com/id/document/view/44274994 (contents)")
    'yumpu.com/id/document/view/44274994 (daftar isi)'
    >>> place_in_indonesian("some pages of the book") is None
    True
    """
    rest = _ADDRESS.sub(" ", _PLACE.sub(" ", where))
    if _ENGLISH.search(rest):
        return None
    return _PLACE.sub(lambda found: _PLACES[found[0].lower()], where)
