"""A source's text and its places: sentences to choose from, passages, their way into a corrected text.

Every place is counted in Unicode code points from 0, its end not included, as REFI-QDA 1.0 counts them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from itertools import pairwise

Span = tuple[int, int]

MOST = 200_000  # signs of one source
LONG = 320  # signs after which a sentence is offered in parts
_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)")


def cleaned(text: str) -> str:
    r"""A typed or read text as it is kept: line ends of one kind, no mark in front, nothing after its end.

    >>> cleaned("\ufeffSatu.\r\nDua. \r\n")
    'Satu.\nDua.'
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text stand, in order, without the space between them.

    >>> [("Ya. Rp 1.500 cukup! Lalu?\\n– Tidak.")[a:b] for a, b in sentences("Ya. Rp 1.500 cukup! Lalu?\\n– Tidak.")]
    ['Ya.', 'Rp 1.500 cukup!', 'Lalu?', '– Tidak.']
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        at = line.start()
        for stop in _END.finditer(text, line.start(), line.end()):
            found += _parts(text, at, stop.end())
            at = stop.end()
        found += _parts(text, at, line.end())
    return found


def _parts(text: str, start: int, end: int) -> list[Span]:
    """A sentence without the space around it; a very long one in parts, broken where a space is."""
    found = []
    start, end = _trimmed(text, start, end)
    while end - start > LONG:
        cut = text.rfind(" ", start + LONG // 2, start + LONG)
        cut = cut if cut > start else start + LONG
        found.append(_trimmed(text, start, cut))
        start, end = _trimmed(text, cut, end)
    return [*found, (start, end)] if start < end else found


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def joined(text: str, chosen: Iterable[Span]) -> list[Span]:
    """The passages of chosen sentences: those with nothing but space between them are one.

    >>> joined("Ya. Benar. Tidak.", [(4, 10), (0, 3)])
    [(0, 10)]
    """
    found: list[Span] = []
    for start, end in sorted(set(chosen)):
        if found and (start <= found[-1][1] or not text[found[-1][1] : start].strip()):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def fits(span: Span, length: int) -> bool:
    """Whether a place lies in a text of so many code points and holds something."""
    return 0 <= span[0] < span[1] <= length


def pieces(span: Span, marks: Iterable[Span]) -> list[tuple[int, int, bool]]:
    """A sentence cut where passages begin and end: (start, end, whether a passage covers it).

    >>> pieces((10, 20), [(5, 12), (15, 17)])
    [(10, 12, True), (12, 15, False), (15, 17, True), (17, 20, False)]
    """
    start, end = span
    inside = [(max(a, start), min(b, end)) for a, b in marks if a < end and b > start]
    cuts = sorted({start, end, *(place for mark in inside for place in mark)})
    found: list[tuple[int, int, bool]] = []
    for a, b in pairwise(cuts):
        covered = any(one <= a and b <= other for one, other in inside)
        if found and found[-1][2] == covered:
            found[-1] = (found[-1][0], b, covered)
        else:
            found.append((a, b, covered))
    return found


def moved(old: str, new: str, spans: Collection[Span]) -> Mapping[Span, Span]:
    """Where passages of a text stand in its corrected version; one that was touched is not in the answer.

    A passage goes over where every sentence that it touches is there as it was, in the same order.
    """
    found = {}
    for first, last, shift in _unchanged(old, new):
        found.update(
            {(a, b): (a + shift, b + shift) for a, b in set(spans) if first <= a and b <= last}
        )
    return found


def _unchanged(old: str, new: str) -> list[tuple[int, int, int]]:
    """Stretches of sentences that are the same in both: from, to in the old text, how far they moved."""
    before, after = sentences(old), sentences(new)
    match = SequenceMatcher(
        None, [old[a:b] for a, b in before], [new[a:b] for a, b in after], False
    )
    found: list[tuple[int, int, int]] = []
    for one in match.get_matching_blocks():
        for at in range(one.size):
            (start, end), shift = before[one.a + at], after[one.b + at][0] - before[one.a + at][0]
            if at and found[-1][2] == shift:
                found[-1] = (found[-1][0], end, shift)
            else:
                found.append((start, end, shift))
    return found
