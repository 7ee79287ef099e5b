"""Any census file to its tables: the content decides, not the name."""

from pathlib import Path

from pendamping.households.readers.csv_text import read_csv
from pendamping.households.readers.kinds import of_other_kind
from pendamping.households.readers.kobo import looks_like_json, read_kobo
from pendamping.households.readers.table import Table
from pendamping.households.readers.xlsx import is_workbook, read_workbook, unreadable
from pendamping.kernel.refusal import N_, Reason, Refusal, refuse

LARGEST_BYTES = 200_000_000


def read_path(path: Path) -> list[Table]:
    """The tables of a file on disk; raises ``Refusal`` with the reason."""
    return read_bytes(content_of(path), path.name)


_WHY_NOT: dict[type[OSError], str] = {
    FileNotFoundError: N_("There is no file {name}."),
    IsADirectoryError: N_("{name} is a folder, not a file."),
    PermissionError: N_("The file {name} may not be read by this account."),
}


def content_of(path: Path) -> bytes:
    """The content of a file on disk, unless it is too long or cannot be opened."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _too_long()
        return path.read_bytes()
    except OSError as error:
        said = _WHY_NOT.get(type(error), N_("The file {name} cannot be opened."))
        reason = Reason("households.file.missing", said, {"name": path.name})
        raise Refusal([reason]) from None


def _too_long() -> Exception:
    return refuse(
        "households.file.longest",
        "The file is larger than {most} MB. Split the list by RW and send the parts.",
        most=LARGEST_BYTES // 1_000_000,
    )


def read_bytes(data: bytes, name: str = "") -> list[Table]:
    """The tables of a file's content; raises ``Refusal`` where there is no list in it."""
    if not data.strip():
        raise refuse("households.file.empty", "The file is empty.")
    if len(data) > LARGEST_BYTES:
        raise _too_long()
    if is_workbook(data):
        tables = read_workbook(data)
    elif looks_like_json(data):
        tables = read_kobo(data)
    elif other := of_other_kind(data):
        raise other
    else:
        tables = _text(data, name)
    if not tables:
        raise refuse(
            "households.file.no_headings",
            "No row with headings was found. The first rows should name the columns, such as "
            "Nama, Jenis kelamin, Hubungan, RW, RT.",
        )
    return tables


def _text(data: bytes, name: str) -> list[Table]:
    """A table in text form, whatever its name; bytes that are no text under a workbook's name are one
    that is damaged."""
    try:
        return read_csv(data)
    except Refusal as refusal:
        if not name.lower().endswith((".xlsx", ".xlsm", ".xls")):
            raise
        if refusal.reasons[0].clause != "households.file.not_text":
            raise
        unreadable()
