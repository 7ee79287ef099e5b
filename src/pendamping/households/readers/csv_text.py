"""Comma-separated text as the field sends it: any of four encodings, any of four separators."""

import csv
import io

from pendamping.households.readers.table import Row, Table, table_of
from pendamping.kernel.refusal import refuse

SEPARATORS = ",;\t|"


def read_csv(data: bytes, sheet: str = "CSV") -> list[Table]:
    """The one table of a CSV file."""
    content = decode(data)
    separator, content = _separator(content)
    rows: list[Row] = []
    try:
        reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
        for number, cells in enumerate(reader, start=1):
            rows.append((number, [_value(cell) for cell in cells]))
    except csv.Error as error:
        raise refuse(
            "households.file.csv",
            "The text cannot be read as a table near row {row}: a quotation mark may be missing.",
            row=len(rows) + 1,
            where={"row": len(rows) + 1, "error": str(error)},
        ) from None
    table = table_of(sheet, rows)
    return [table] if table else []


def decode(data: bytes) -> str:
    """Text from bytes: UTF-16 and UTF-8 by their marks, else UTF-8, else Windows Latin."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for attempt in (encoding, "cp1252"):
        try:
            content = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\x00" not in content:
            return content
    raise refuse(
        "households.file.not_text",
        "The file is neither a workbook nor a table in text form. Use the template, or save the "
        "list as .xlsx or .csv.",
    )


def _separator(content: str) -> tuple[str, str]:
    first, _, rest = content.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], "\n" + rest  # keeps the numbering of the rows
    head = "\n".join(content.splitlines()[:30])
    outside = "".join(part for part in head.split('"')[::2])
    return max(SEPARATORS, key=outside.count), content


def _value(cell: str) -> str:
    value = cell.strip()
    if value.startswith('="') and value.endswith('"'):  # Excel's way to keep leading zeros
        value = value[2:-1]
    return value
