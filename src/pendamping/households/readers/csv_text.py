"""Comma-separated text as the field sends it: any of four encodings, any of four separators."""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass

from pendamping.households.readers.table import Row, Table, table_of
from pendamping.kernel.refusal import Refusal, refuse
from pendamping.kernel.signs import letters

SEPARATORS = ",;\t|"
PIECE = 1 << 20
SAMPLE = 200_000


def read_csv(data: bytes, sheet: str = "CSV") -> list[Table]:
    """The one table of a CSV file."""
    data = data.rstrip(b"\x1a")  # the end of a file, as old programs mark it
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
        reader = csv.reader(self._text(self.skipped), delimiter=self.separator)
        number, lines = self.skipped, self.skipped
        try:
            for cells in reader:
                number, lines = number + 1, self.skipped + reader.line_num
                yield number, [_value(cell) if cell[:2] == '="' else cell for cell in cells]
        except csv.Error:
            raise self._endless(number + 1, lines) from None

    def _text(self, lines: int) -> io.TextIOWrapper:
        """The text from after so many lines."""
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        for _ in range(lines):
            text.readline()
        return text

    def _endless(self, row: int, lines: int) -> Refusal:
        """A cell without end in the row after so many lines: it is too long, or its quote never closes."""
        begin = io.StringIO(self._text(lines).read(SAMPLE // 2), newline="")
        column = len(next(csv.reader(begin, delimiter=self.separator), [""]))
        return refuse(
            "households.file.csv",
            "Row {row}, column {column}: this cell does not end; it has more than {most} signs. Either a "
            "quotation mark is missing at its end, or something far too long was pasted into it. Correct "
            "that row and upload the file again.",
            row=row,
            column=letters(column),
            most=csv.field_size_limit(),
            where={"row": row, "column": letters(column)},
        )


def encoding_of(data: bytes) -> str:
    """UTF-16 and UTF-8 by their marks, else UTF-8, else Windows Latin; refuses what is no text."""
    for attempt in (_marked(data), "cp1252"):
        if _is_text(data, attempt):
            return attempt
    raise refuse(
        "households.file.not_text",
        "The file is neither a workbook nor a table in text form. Use the template, or save the "
        "list as .xlsx or .csv.",
    )


def _marked(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    head = data[:200]  # half of the bytes of plain words are zero in UTF-16, where it has no mark
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(zeros) > 2 and zeros.count(0) > len(zeros) * 0.8:
            return encoding
    return "utf-8-sig"


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
