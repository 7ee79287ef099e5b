"""Signs that no text of the house holds: what cannot be read, printed or stored. Pure Python.

Control characters, marks that turn the direction of what follows (bidi controls; a name with one reads
as another), halves of a sign (surrogates) and noncharacters. Source: Unicode 16, general category Cc,
property Bidi_Control, sections 3.8 and 23.7; PostgreSQL stores no NUL and no surrogate.
"""

import re
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from pendamping.kernel.refusal import N_, Reason

_UNSTORED = re.compile("[\x00\ud800-\udfff]")
_PLANES = "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    f"\ud800-\udfff\ufdd0-\ufdef{_PLANES}]"
)  # fmt: skip
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
MOST_NAMED = 20
SIGN = N_(
    "Sheet {sheet}, row {row}, column {column}: {value} holds a sign that cannot be read; type it anew."
)
NUMBER = N_(
    "Sheet {sheet}, row {row}, column {column}: {value} is a number that cannot be read; type it anew."
)


def unstored(text: str) -> bool:
    """Whether a text holds NUL or half a sign, which no database takes."""
    return bool(_UNSTORED.search(text))


def unreadable(cell: object) -> bool:
    """Whether a cell of a file is a text with a sign that cannot be read; blanks of any kind can.

    Workbooks write such a sign as ``_x202E_`` too.

    >>> unreadable("tani\\x00"), unreadable("_x202E_Siti"), unreadable("jalan\\tA"), unreadable(3.5)
    (True, True, False, False)
    """
    if not isinstance(cell, str) or (cell.isprintable() and "_x" not in cell):
        return False
    return bool(_UNREADABLE.search(_ESCAPED.sub(_unescaped, cell)))


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def why_not(cell: object) -> str | None:
    """Why a cell of a file cannot be taken, untranslated; ``None`` where it can.

    >>> why_not(1e999) == why_not(float("nan")), why_not(1.5), why_not("tani")
    (True, None, None)
    """
    if isinstance(cell, str) and cell.isprintable() and "_x" not in cell:
        return None
    if unreadable(cell):
        return N_("This cell holds a sign that cannot be read; type it anew.")
    if isinstance(cell, float) and not isfinite(cell):
        return N_("This cell holds a number that cannot be read; type it anew.")
    return None


def visible(cell: object) -> str:
    """A cell as it can be shown: each sign that cannot be read becomes a box.

    >>> visible("tani\\x00"), visible(1e999)
    ('tani□', 'inf')
    """
    return _UNREADABLE.sub("□", str(cell))


def reasons(clause: str, sheet: str, rows: Iterable[tuple[int, Sequence[Any]]]) -> list[Reason]:
    """A reason for each cell that cannot be taken, by sheet, row and column, the first twenty of them.

    ``rows``: the number of each row in the file, and its cells.
    """
    found: list[Reason] = []
    name = visible(sheet)
    for number, cells in rows:
        for at, cell in enumerate(cells, start=1):
            if why_not(cell) is None:
                continue
            where = {"sheet": name, "row": number, "column": letters(at)}
            where |= {"value": visible(cell)[:80]}
            found.append(Reason(clause, SIGN if unreadable(cell) else NUMBER, where, where))
            if len(found) == MOST_NAMED:
                return found
    return found


def letters(number: int) -> str:
    """A column as spreadsheets name it.

    >>> letters(1), letters(26), letters(28)
    ('A', 'Z', 'AB')
    """
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
