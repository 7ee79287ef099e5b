"""Reading foreign files as records, and writing what came in as the files of a loan book."""

import csv
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pendamping.funds.foreign.rules.cells import PROBLEMS, Row
from pendamping.funds.foreign.rules.mapping import ForeignFile
from pendamping.kernel.refusal import N_, Reason, Refusal, refuse, refuse_if

CLAUSE = "foreign.file"


def parse_mapping(path: Path) -> dict[str, Any]:
    """The tables of a mapping file; refuses what is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = N_("{file} is no TOML file: {error}")
        raise refuse(
            "foreign.mapping", text, file=path.name, error=str(error), where={"file": path.name}
        ) from error


def given(paths: Sequence[Path], wanted: Mapping[str, ForeignFile]) -> dict[str, Path]:
    """The path of each file that the mapping names; refuses where one is missing or not asked for."""
    found, reasons = {}, []
    for key, file in wanted.items():
        here = [path for path in paths if path.name == file.name]
        if len(here) == 1:
            found[key] = here[0]
        else:
            text = N_("The mapping needs {file}, once; it was given {times} times.")
            values = {"file": file.name, "times": len(here)}
            reasons.append(Reason(CLAUSE, text, values, {"file": file.name}))
    known = {file.name for file in wanted.values()}
    for path in paths:
        if path.name not in known:
            text = N_("The mapping says nothing of {file}.")
            reasons.append(Reason(CLAUSE, text, {"file": path.name}, {"file": path.name}))
    refuse_if(reasons)
    return found


def records(path: Path, file: ForeignFile, needed: Iterable[str]) -> Iterator[Row]:
    """The records of a file, cells without the blanks around them; the header is row 1.

    A record with another number of cells than the header comes with that reason.
    """
    try:
        with path.open(encoding=file.encoding, newline="") as lines:
            reader = csv.reader(lines, delimiter=file.delimiter, strict=True)
            header = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
            refuse_if(_columns(path.name, header, needed))
            for place, cells in enumerate(reader, start=2):
                if cells:
                    yield _row(path.name, place, header, cells)
    except (UnicodeDecodeError, csv.Error) as error:
        text = N_("{file} cannot be read: {error}")
        values = {"file": path.name, "error": str(error)}
        raise Refusal([Reason(CLAUSE, text, values, {"file": path.name})]) from error


def _row(name: str, place: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    row = Row(name, place, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
    if len(cells) != len(header):
        where = {"file": name, "row": place, "column": "", "value": ""}
        text = PROBLEMS["cells"]
        row.reasons.append(Reason("foreign.cells", text, {}, where))
    return row


def _columns(name: str, header: Sequence[str], needed: Iterable[str]) -> Iterator[Reason]:
    for column in needed:
        times = header.count(column)
        if times != 1:
            text = N_("{file} has {times} columns {column}; it needs one.")
            values = {"file": name, "column": column, "times": times}
            yield Reason(CLAUSE, text, values, {"file": name, "column": column})


def write_all(out: Path, tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]],
              kind: str) -> None:  # fmt: skip
    """Every table as ``out/NAME.kind``, there whole or not at all; refuses a folder with a book in it."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        text = N_("{folder} is there already and not empty; name a new folder.")
        raise refuse(CLAUSE, text, folder=str(out), where={"file": str(out)})
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as made:
        folder = Path(made) / "book"
        folder.mkdir()
        for name, (columns, rows) in tables.items():
            path = folder / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(rows)
            if kind == "parquet":
                _to_parquet(path)
        if out.exists():
            out.rmdir()
        folder.rename(out)


def _to_parquet(path: Path) -> None:
    """The same table with types, in place of the CSV."""
    import duckdb

    made = path.with_suffix(".parquet")
    texts = ("loan_id", "ward", "group_id", "every", "kind")
    with path.open(encoding="utf-8") as lines:
        names = lines.readline().strip().split(",")
    types = {name: "VARCHAR" for name in names if name in texts}
    types |= {
        name: "DATE"
        for name in names
        if name in {"disbursed", "paid_on", "from", "first_due", "on"}
    }
    rest = {name: types.get(name, "BIGINT") for name in names}
    with duckdb.connect() as at:
        rows = at.read_csv(str(path), header=True, columns=rest)
        rows.write_parquet(str(made))
    path.unlink()
