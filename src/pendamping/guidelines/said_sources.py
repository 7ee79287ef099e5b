"""Where a rule is known from, said in Indonesian: the texts keep their sources in English.

Sources are short notes of fixed phrases, so they are put into words phrase by phrase, longest first.
A note whose phrases are not all known here is shown as it stands, marked as English.
"""

import re

from pendamping.guidelines.said_phrases import PHRASES

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
