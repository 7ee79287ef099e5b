"""Texts of a workbook that many cells share: a small file may say one long text a million times.

A reader copies the text into every cell, so what the cells say together is counted before it is opened.
"""

import re
from collections.abc import Callable, Iterable, Iterator

_ITEM = re.compile(rb"<(?:\w+:)?si[ >/]")
_SHARED = re.compile(rb"""\bt=["']s["']""")
_POINTER = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<""")
Pieces = Callable[[], Iterable[bytes]]  # the bytes of one part, anew each time
OVERLAP = 200


def says_more_than(most: int, texts: Pieces, sheets: Iterable[Pieces]) -> bool:
    """Whether all cells together hold more than so many bytes of shared text.

    ``texts``: the part with the shared texts; ``sheets``: those with the cells.
    """
    lengths = list(_lengths(texts()))
    sheets = list(sheets)
    pointers = sum(len(_SHARED.findall(piece)) for sheet in sheets for piece in sheet())
    if pointers * max(lengths, default=0) <= most:
        return False  # the usual case: nothing needs to be looked up
    said = 0
    for sheet in sheets:
        for number in _pointers(sheet()):
            said += lengths[number] if number < len(lengths) else 0
            if said > most:
                return True
    return False


def _lengths(pieces: Iterable[bytes]) -> Iterator[int]:
    """How long each text is, with its marks."""
    at, begun, tail = 0, -1, b""
    for piece in pieces:
        chunk = tail + piece
        start = at - len(tail)
        for found in _ITEM.finditer(chunk):
            here = start + found.start()
            if here <= begun:
                continue  # seen at the end of the piece before
            if begun >= 0:
                yield here - begun
            begun = here
        at += len(piece)
        tail = chunk[-OVERLAP:]
    if begun >= 0:
        yield at - begun


def _pointers(pieces: Iterable[bytes]) -> Iterator[int]:
    """Which shared text each cell points to."""
    at, last, tail = 0, -1, b""
    for piece in pieces:
        chunk = tail + piece
        start = at - len(tail)
        for found in _POINTER.finditer(chunk):
            if start + found.start() > last:
                last = start + found.start()
                yield int(found.group(1))
        at += len(piece)
        tail = chunk[-OVERLAP:]
