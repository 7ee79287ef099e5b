"""Candidates out of a CSV file as an office sends it: each wrong cell is named with row and column."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pendamping.kernel import signs
from pendamping.kernel.refusal import N_, Reason
from pendamping.targeting.rules.designation import Candidate

COLUMNS: Mapping[
    str, tuple[str, ...]
] = {  # the fields of the page are among them, in both languages
    "code": ("kode", "kode_kelurahan", "kode_desa", "code"),
    "name": ("nama", "kelurahan", "nama_kelurahan", "name", "ward"),
    "households": ("kk", "keluarga", "jumlah_kk", "jumlah_keluarga", "households"),
    "poor": (
        "kk_miskin",
        "keluarga_miskin",
        "miskin",
        "jumlah_kk_miskin",
        "poor",
        "poor_households",
    ),
    "urban": ("perkotaan", "kota", "urban"),
    "had_programme": (
        "pernah_p2kp",
        "pernah",
        "p2kp",
        "had_programme",
        "pernah_mendapat_program",
        "pernah_program",
        "had_the_programme_before",
    ),
    "source": ("sumber", "source"),
}
_MISSING = {
    "code": N_("The file has no column for the code of each ward. It is called one of: {names}."),
    "households": N_(
        "The file has no column for all households of each ward. It is called one of: {names}."
    ),
    "poor": N_(
        "The file has no column for the poor households of each ward. It is called one of: {names}."
    ),
}
_YES = {"ya", "y", "yes", "1", "true", "benar", "perkotaan", "urban", "pernah"}
_NO = {"tidak", "t", "no", "n", "0", "false", "belum", "bukan", "perdesaan", "rural"}
MOST_ROWS = 200
"""What one decision compares: a district, or a city with all its wards."""


class _Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason


def read_candidates(content: bytes) -> tuple[list[Candidate], list[Reason]]:
    """Candidates and what is wrong; ``where`` names ``row`` (the first line is 1) and ``column``.

    Commas, semicolons or tabs; ``3.448`` and ``3,448`` are whole numbers; an empty cell is not known.
    """
    rows = _rows(_text(content))
    if not rows:
        return [], [Reason("targeting.file.empty", "The file is empty.")]
    if unreadable := signs.reasons("targeting.file.sign", "CSV", enumerate(rows, start=1)):
        return [], unreadable
    if len(rows) - 1 > MOST_ROWS:
        return [], [
            Reason(
                "targeting.file.rows",
                "The file names {rows} wards; at most {most} are compared at once. Send those of one district"
                " or city.",
                {"rows": len(rows) - 1, "most": MOST_ROWS},
            )
        ]
    places = _places(rows[0])
    missing = [key for key in _MISSING if places[key] is None]
    if missing:
        return [], [
            Reason(
                "targeting.file.column",
                _MISSING[key],
                {"names": ", ".join(COLUMNS[key])},
                {"row": 1, "column": key},
            )
            for key in missing
        ]
    return _read(rows[1:], places, [cell.strip() for cell in rows[0]])


def columns_not_read(content: bytes) -> list[str]:
    """Headings of the file that name nothing that is compared, as the file writes them.

    >>> columns_not_read(b"Kode;KK;KK Miskin;Luas;\\n1;2;1;9;\\n")
    ['Luas']
    """
    rows = _rows(_text(content))
    if not rows:
        return []
    known = set(_places(rows[0]).values())
    return [cell.strip() for at, cell in enumerate(rows[0]) if cell.strip() and at not in known]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _places(headings: Sequence[str]) -> dict[str, int | None]:
    """Where each thing that is compared stands in a row."""
    header = {"_".join(cell.lower().split()).strip("?:."): at for at, cell in enumerate(headings)}
    return {
        key: next((header[name] for name in names if name in header), None)
        for key, names in COLUMNS.items()
    }


def _rows(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        return [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        return []


def _read(
    rows: list[list[str]], places: Mapping[str, int | None], headings: Sequence[str]
) -> tuple[list[Candidate], list[Reason]]:
    found, wrong = [], []
    for number, row in enumerate(rows, 2):
        facts: dict[str, Any] = {}
        for key, reads in _READERS.items():
            at = places[key]
            cell = row[at].strip() if at is not None and at < len(row) else ""
            try:
                facts[key] = reads(cell)
            except _Wrong as problem:
                facts[key] = None
                heading = key if at is None else headings[at]
                wrong.append(_placed(problem.reason, number, key, heading, cell))
        facts["name"] = facts["name"] or facts["code"] or ""
        if facts["code"]:
            found.append(Candidate(**facts))
    return found, wrong


def _placed(reason: Reason, row: int, column: str, heading: str, cell: str) -> Reason:
    """The reason with its place; it says the heading that the file itself has."""
    where = {"row": row, "column": column, "value": cell}
    return Reason(reason.clause, reason.text, {"row": row, "column": heading, "value": cell}, where)


def _code(cell: str) -> str:
    if not cell:
        raise _Wrong(Reason("targeting.file.code", "Row {row} has no code of a ward."))
    return cell


def _whole(cell: str) -> int | None:
    if not cell:
        return None
    digits = cell.replace(".", "").replace(",", "").replace(" ", "")
    grouped = cell.replace(",", ".").split(".")
    if (
        len(digits) > 9
        or not digits.isascii()
        or not digits.isdigit()
        or any(len(part) != 3 for part in grouped[1:])
    ):
        raise _Wrong(
            Reason("targeting.file.number", "Row {row}, {column}: “{value}” is not a whole number.")
        )
    return int(digits)


def _flag(cell: str) -> bool | None:
    word = cell.lower()
    if not word:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise _Wrong(
        Reason("targeting.file.flag", "Row {row}, {column}: “{value}” is neither yes nor no.")
    )


_READERS: Mapping[str, Callable[[str], Any]] = {
    "code": _code,
    "name": str,
    "households": _whole,
    "poor": _whole,
    "urban": _flag,
    "had_programme": _flag,
    "source": str,
}
