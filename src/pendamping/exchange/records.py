"""The records of a ward as files of its package: ``records/<room>.<Record>.csv``."""

import csv
import io
from collections.abc import Mapping

from pendamping.exchange import cells
from pendamping.kernel.refusal import N_, refuse
from pendamping.trail.carrying import Carried

PEOPLE = "access.User"
MOST_CELL = 50_000_000


def path_of(label: str) -> str:
    """Where the rows of a record lie."""
    return f"records/{label}.csv"


def written(carried: Carried) -> dict[str, bytes]:
    """Path → CSV of every table, the people, and the files that belong to records."""
    people = (["username", "name"], [list(one) for one in sorted(carried.people.items())])
    tables = {**carried.tables, PEOPLE: people}
    return {**{path_of(label): _csv(*table) for label, table in tables.items()}, **carried.files}


def _csv(columns: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def read(files: Mapping[str, bytes]) -> Carried:
    """What :func:`written` wrote; raises a refusal for a file that is no CSV."""
    found = Carried(
        files={path: content for path, content in files.items() if path.startswith("files/")}
    )
    for path, content in files.items():
        if not path.startswith("records/"):
            continue
        label = path.removeprefix("records/").removesuffix(".csv")
        columns, rows = _rows(path, content)
        if label == PEOPLE and len(columns) != 2:
            raise _no_csv(path)
        if label == PEOPLE:
            found.people = {username: name for username, name in rows}
        else:
            found.tables[label] = (columns, rows)
    return found


def _rows(path: str, content: bytes) -> tuple[list[str], list[list[str]]]:
    try:
        lines = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
        with cells.up_to(MOST_CELL):
            columns = next(lines)
            rows = list(lines)
    except (UnicodeDecodeError, csv.Error, StopIteration):
        raise _no_csv(path) from None
    wrong = next((n for n, row in enumerate(rows, start=2) if len(row) != len(columns)), None)
    if wrong:
        raise _no_csv(path, wrong)
    return columns, rows


def _no_csv(path: str, row: int = 1) -> Exception:
    return refuse(
        "package.records",
        N_("{file} does not hold records that can be read."),
        where={"file": path, "row": row},
        file=path,
    )
