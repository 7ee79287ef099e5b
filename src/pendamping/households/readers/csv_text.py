"""Comma-separated text as the field sends it: any of four encodings, any of four separators."""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass

from pendamping.households.readers.table import Row, Table, table_of
from pendamping.kernel.refusal import Refusal, refuse

SEPARATORS = ",;\t|"
PIECE = 1 << 20
SAMPLE = 200_000


def read_csv(data: bytes, sheet: str = "CSV") -> list[Table]:
    """The one table of a CSV file."""
    encoding = encoding_of(data)
    head = data[:SAMPLE].decode(encoding, errors="ignore").replace("\r\n", "\n").replace("\r", "\n")
    separator, skipped = _separator(head)
    table = table_of(sheet, _Rows(data, encoding, separator, skipped))
    return [table] if table else []


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of the text, read anew each time, a piece at a time."""

    data: bytes
    encoding: str
    separator: str
    skipped: int

    def __iter__(self) -> Iterator[Row]:
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        for _ in range(self.skipped):
            text.readline()
        number = self.skipped
        try:
            for cells in csv.reader(text, delimiter=self.separator):
                number += 1
                yield number, [_value(cell) if cell[:2] == '="' else cell for cell in cells]
        except csv.Error as error:
            raise _no_table(number + 1, error) from None


def _no_table(row: int, error: Exception) -> Refusal:
    return refuse(
        "households.file.csv",
        "The text cannot be read as a table near row {row}: a quotation mark may be missing.",
        row=row,
        where={"row": row, "error": str(error)},
    )


def encoding_of(data: bytes) -> str:
    """UTF-16 and UTF-8 by their marks, else UTF-8, else Windows Latin; refuses what is no text."""
    marked = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for attempt in (marked, "cp1252"):
        if _is_text(data, attempt):
            return attempt
    raise refuse(
        "households.file.not_text",
        "The file is neither a workbook nor a table in text form. Use the template, or save the "
        "list as .xlsx or .csv.",
    )


def _is_text(data: bytes, encoding: str) -> bool:
    decoder = getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(data), PIECE):
            end = at + PIECE
            if "\x00" in decoder.decode(data[at:end], final=end >= len(data)):
                return False
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes) -> str:
    """The whole text."""
    return data.decode(encoding_of(data))


def _separator(head: str) -> tuple[str, int]:
    """The sign between the cells, and how many first lines only say which one it is."""
    first = head.partition("\n")[0]
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], 1
    lines = "\n".join(head.splitlines()[:30])
    outside = "".join(part for part in lines.split('"')[::2])
    return max(SEPARATORS, key=outside.count), 0


def _value(cell: str) -> str:
    """Excel's way to keep leading zeros taken off: ``="007"``."""
    value = cell.strip()
    return value[2:-1] if value.endswith('"') else value
