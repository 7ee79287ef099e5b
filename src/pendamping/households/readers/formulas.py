"""Formulas of a workbook whose results are not stored: whoever reads the file would take them for empty."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from html import unescape
from itertools import chain, islice

from pendamping.households.readers.xlsx import unreadable
from pendamping.kernel.refusal import Reason

MOST = 20
"""How many cells are named."""
LONGEST = 1 << 16  # bytes of one cell that are looked at
_END = b"<c >"
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_RESULT = re.compile(rb"<(?:\w+:)?(?:v>[^<]|v\s[^>/]*>[^<]|is[\s>])")
_TEXT = re.compile(rb"^[^>]*\st=[\"']str[\"']")
_PLACE = re.compile(rb"^[^>]*\sr=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_SAID = re.compile(r"([\w:]+)=(?:\"([^\"]*)\"|'([^']*)')")


def without_result(data: bytes, clause: str) -> list[Reason]:
    """A reason for each formula without a stored result, the first :data:`MOST`; ``data``: a workbook
    that :func:`~pendamping.households.readers.xlsx.check_workbook` let pass.

    An older ``.xls`` always stores them. An empty text is a result.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [_reason(clause, *one) for one in islice(_lacking(archive), MOST)]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError):
        unreadable()


def _lacking(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(sheet, cell) of each."""
    for sheet, part in _sheets(archive):
        with archive.open(part) as stream:
            for cell in _cells(iter(partial(stream.read, 1 << 20), b"")):
                yield sheet, cell


def _reason(clause: str, sheet: str, cell: str) -> Reason:
    return Reason(
        clause,
        "Sheet {sheet}, cell {cell}: the formula there has no result in the file. Open the workbook in a "
        "spreadsheet program, save it, and upload it again.",
        {"sheet": sheet, "cell": cell},
        {"field": "file", "sheet": sheet, "cell": cell},
    )


def _cells(pieces: Iterable[bytes]) -> Iterator[str]:
    """The places of such cells in a sheet's text."""
    rest = b""
    for piece in chain(pieces, [_END]):
        *whole, rest = _CELL.split(rest + piece)
        for cell in whole:
            if _lacks(cell):
                place = _PLACE.match(cell)
                yield place[1].decode() if place else "?"
        if len(rest) > LONGEST:
            rest = rest[: LONGEST // 2] + rest[-100:]
        if whole:
            rest = b"<c" + rest


def _lacks(cell: bytes) -> bool:
    return bool(_FORMULA.search(cell)) and not _TEXT.match(cell) and not _RESULT.search(cell)


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name, part of the archive) of each sheet, in the order of the workbook."""
    parts = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
        return
    links = {}
    for one in _LINK.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "ignore")):
        said = _attributes(one)
        links[said.get("Id", "")] = posixpath.normpath(
            posixpath.join("/xl", said.get("Target", ""))
        )
    for one in _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "ignore")):
        said = _attributes(one)
        link = next((value for key, value in said.items() if key.endswith(":id")), "")
        part = links.get(link, "").lstrip("/")
        if part in parts:
            yield said.get("name", part), part


def _attributes(text: str) -> dict[str, str]:
    return {key: unescape(one or two) for key, one, two in _SAID.findall(text)}
