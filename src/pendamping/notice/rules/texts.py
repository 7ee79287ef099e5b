"""What somebody typed, as it may stand on a board: without names and numbers of persons, and short enough."""

import re
from collections.abc import Collection, Iterable

LONGEST_LINE = 120  # signs of a line that somebody asks about: what the form of complaints takes
WORDS_OF_A_NAME = (2, 3, 4, 5)
LEFT_OUT = "…"

_WORD = re.compile(r"[^\W\d_][\w'’.-]*", re.UNICODE)
_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,])\+?\d(?:[ -]?\d){9,}(?!\d)(?![.,]\d)")


def candidates(texts: Iterable[str]) -> set[str]:
    """Every run of two to five words in these texts: what might be somebody's name.

    >>> sorted(candidates(["Bantuan untuk Warga Contoh"]))[:3]
    ['Bantuan untuk', 'Bantuan untuk Warga', 'Bantuan untuk Warga Contoh']
    """
    found: set[str] = set()
    for text in texts:
        for run in _runs(text):
            for many in WORDS_OF_A_NAME:
                found.update(
                    text[run[at][0] : run[at + many - 1][1]] for at in range(len(run) - many + 1)
                )
    return found


def _runs(text: str) -> list[list[tuple[int, int]]]:
    """Places of words, in runs that nothing but white space parts."""
    runs: list[list[tuple[int, int]]] = []
    last = -1
    for word in _WORD.finditer(text):
        start, end = word.span()
        end -= len(word[0]) - len(word[0].rstrip(".-'’"))
        if not runs or text[last:start].strip():
            runs.append([])
        runs[-1].append((start, end))
        last = end
    return runs


def masked(text: str, names: Collection[str]) -> str:
    """A text without these names and without long numbers (NIK, KK, telephone); sums of money stay.

    >>> masked("Bantuan untuk Warga Contoh, NIK 3271014107650001", {"Warga Contoh"})
    'Bantuan untuk …, NIK …'
    >>> masked("Paving gang, Rp 29.850.000, 12-05-2004", ())
    'Paving gang, Rp 29.850.000, 12-05-2004'
    """
    text = _NUMBER.sub(LEFT_OUT, text)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", LEFT_OUT, text, flags=re.IGNORECASE)
    return text


def line_of(*parts: str) -> str:
    """A line of the board as a question about it names it: one line of at most ``LONGEST_LINE`` signs.

    Parts with nothing but white space in them are left out; where nothing is left, the line is empty.

    >>> line_of("Rencana 2004", " Paving   gang ", "Rp 29.850.000")
    'Rencana 2004: Paving gang, Rp 29.850.000'
    >>> len(line_of("Rencana", "jalan " * 40)) <= LONGEST_LINE
    True
    >>> line_of(" ", "\\u0085")
    ''
    """
    words = [" ".join(part.split()) for part in parts if part.strip()]
    text = f"{words[0]}: {', '.join(words[1:])}" if words[1:] else "".join(words)
    if len(text) <= LONGEST_LINE:
        return text
    cut = text[: LONGEST_LINE - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[LONGEST_LINE // 2 :] else cut) + LEFT_OUT
