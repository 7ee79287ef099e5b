"""Workbooks, through calamine; what could harm is refused before it is opened."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any, NoReturn

import python_calamine

from pendamping.households.readers.kinds import of_other_archive
from pendamping.households.readers.shared_text import says_more_than
from pendamping.households.readers.table import Row, Table, table_of
from pendamping.kernel.refusal import refuse

MOST_BYTES = 1_500_000_000  # a million rows of twenty columns unpack to about 700 MB
MOST_CELLS = 40_000_000
SHORT_LIST = 2_000_000  # cells that a list of some thousand rows may span
HARMLESS_BYTES = 20_000_000
HARMLESS_TEXT_BYTES = 100_000_000
MOST_RATIO = 100
_ROW = re.compile(rb"""<(?:\w+:)?row [^>]*?\br=["'](\d{1,10})["']""")
_CELL = re.compile(rb"""<(?:\w+:)?c [^>]*?\br=["']([A-Z]{1,3})\d""")
_WIDE = re.compile(rb"""\br=["'][A-Z]{2,3}\d""")
_DEEP = re.compile(rb"""\br=["'][A-Z]{1,3}(\d{6,10})["']""")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin like a workbook (``.xlsx``, or the older ``.xls``)."""
    return data[:4] == b"PK\x03\x04" or data[:8] == _CFB


def read_workbook(data: bytes) -> list[Table]:
    """Every sheet that has known headings, in the order of the workbook."""
    check_workbook(data)
    with Calamine():
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [_Rows(book, meta.name) for meta in book.sheets_metadata if _is_sheet(meta)]
        tables = [table_of(rows.name, rows) for rows in sheets]
    return [table for table in tables if table is not None]


def check_workbook(data: bytes, most_cells: int = MOST_CELLS) -> None:
    """Refuse a workbook with a password, one that unpacks to far more than it says, and one whose cells
    lie so far apart that they span more than ``most_cells``: each of those would take memory.
    """
    if data[:8] == _CFB:
        if "EncryptedPackage".encode("utf-16-le") in data:
            _protected()
    else:
        _refuse_bombs(data, most_cells)


class _Rows:
    """The rows of one sheet, made anew each time; the sheet is opened once."""

    def __init__(self, book: Any, name: str) -> None:
        self.name = name
        self._sheet = book.get_sheet_by_name(name)

    def __iter__(self) -> Iterator[Row]:
        return enumerate(self._sheet.iter_rows(), start=1)


class Calamine:
    """Turns what calamine raises for a damaged file, its panics too, into a refusal."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        known = (python_calamine.CalamineError, ValueError, OSError, IndexError)
        if issubclass(kind, known) or kind.__name__ == "PanicException":
            unreadable()


def _is_sheet(meta: Any) -> bool:
    return bool(meta.typ == python_calamine.SheetTypeEnum.WorkSheet)


def unreadable() -> NoReturn:
    """Refuse a workbook that is damaged."""
    raise refuse(
        "households.file.workbook",
        "The file is not a workbook that can be read; it may be damaged. Open it in a spreadsheet "
        "program, save it as .xlsx and try again.",
    ) from None


def _refuse_bombs(data: bytes, most_cells: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        unreadable()
    if any(entry.flag_bits & 1 for entry in entries):
        _protected()
    if other := of_other_archive(entry.filename for entry in entries):
        raise other
    allowed = min(MOST_BYTES, max(HARMLESS_BYTES, MOST_RATIO * len(data)))
    for entry in entries:
        allowed -= _unpack(data, entry, allowed, most_cells)
    _refuse_repeated_text(data, entries)


def _refuse_repeated_text(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    texts = [entry for entry in entries if entry.filename.lower() == "xl/sharedstrings.xml"]
    sheets = [entry for entry in entries if entry.filename.lower().startswith("xl/worksheets/")]
    most = min(MOST_BYTES, max(HARMLESS_TEXT_BYTES, MOST_RATIO * len(data)))
    for entry in texts:
        if says_more_than(
            most, partial(_pieces, data, entry), [partial(_pieces, data, each) for each in sheets]
        ):
            _too_large()


def _protected() -> NoReturn:
    raise refuse(
        "households.file.password",
        "The workbook is protected by a password. Save it without one and try again.",
    )


def _too_large() -> NoReturn:
    raise refuse(
        "households.file.too_large",
        "The workbook unpacks to far more than a list needs, or has cells far away from the "
        "list. Copy the list into a fresh template and try again.",
    )


def _unpack(data: bytes, entry: zipfile.ZipInfo, allowed: int, most_cells: int) -> int:
    """Unpack one entry piece by piece, counting bytes and the cells that it would occupy."""
    extent = _Extent()
    total = 0
    for piece in _pieces(data, entry):
        total += len(piece)
        if total > allowed or extent.grow(piece) > most_cells:
            _too_large()
    return total


def _pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one entry, unpacked a piece at a time."""
    start = _data_offset(data, entry)
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return iter([packed])
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        return _inflate(packed)
    unreadable()


def _data_offset(data: bytes, entry: zipfile.ZipInfo) -> int:
    at = entry.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        unreadable()
    name = int.from_bytes(data[at + 26 : at + 28], "little")
    extra = int.from_bytes(data[at + 28 : at + 30], "little")
    return at + 30 + name + extra


def _inflate(packed: bytes) -> Iterator[bytes]:
    engine = zlib.decompressobj(-15)
    rest = packed
    try:
        while rest and not engine.eof:
            yield engine.decompress(rest, 1 << 20)
            rest = engine.unconsumed_tail
    except zlib.error:
        unreadable()


class _Extent:
    """How many cells a sheet spans: its last row times its widest column."""

    def __init__(self) -> None:
        self.rows = 1
        self.columns = 26
        self.tail = b""

    def grow(self, piece: bytes) -> int:
        chunk = self.tail + piece
        for found in _ROW.finditer(chunk):
            self.rows = max(self.rows, int(found.group(1)))
        if self.rows < 100_000 and (deep := _DEEP.search(chunk)):
            self.rows = int(deep.group(1))  # a cell far below the last row that was announced
        if _WIDE.search(chunk):
            for cell in _CELL.finditer(chunk):
                self.columns = max(self.columns, _column_number(cell.group(1)))
        self.tail = chunk[-200:]
        return self.rows * self.columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
