"""The files of a loan book: which are there, what they hold, how a row is read.

Source: doors, *The loan book, exactly* (Input). Nothing is guessed: comma (or the semicolon that
spreadsheets write in Indonesia), a header, UTF-8; whole amounts, ISO dates.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pendamping.funds.closing.columns import (
    FILES,
    MOST_STEP,
    RENAMED,
    SETTLED,
    WRITTEN_OFF,
    Cell,
    Column,
    cell,
    missing,
    shape,
)
from pendamping.funds.closing.dialects import DuckDb
from pendamping.kernel.refusal import N_, Reason, Refusal

CLAUSE = "closing.file"


@dataclass(frozen=True, slots=True)
class File:
    """A file that is there: which one it is, where, and of which kind."""

    name: str
    path: Path

    @property
    def is_csv(self) -> bool:
        """Whether it is text."""
        return self.path.suffix == ".csv"


@dataclass(frozen=True, slots=True)
class Relation:
    """How an engine reads a file: what stands after FROM, its columns with their types, its rows' places."""

    source: str
    types: Mapping[str, str]
    place: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as the query sees it: the SELECT that gives its values, and what may be wrong in a cell.

    ``faults``: (column, problem, expression that is true of a wrong cell).
    """

    file: File
    relation: Relation
    text: str
    faults: tuple[tuple[Column, str, str], ...]
    columns: frozenset[str]
    whole_ids: bool = False


@dataclass(slots=True)
class Found:
    """Files that are there, and why others cannot be read."""

    files: dict[str, File] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


def find(folder: Path) -> Found:
    """The files of a folder; a reason for each one that is missing, there twice or empty."""
    found = Found()
    for name in FILES:
        there = [folder / f"{name}.{kind}" for kind in ("parquet", "csv")]
        there = [path for path in there if path.exists()]
        if len(there) > 1:
            text = N_("{first} and {second} are both there; leave the one that holds.")
            names = {"first": there[0].name, "second": there[1].name}
            found.reasons.append(Reason(CLAUSE, text, names, {"file": there[1].name}))
        elif there and there[0].is_file() and not there[0].stat().st_size:
            found.reasons.append(
                Reason(
                    CLAUSE, N_("{file} is empty."), {"file": there[0].name}, {"file": there[0].name}
                )
            )
        elif there:
            found.files[name] = File(name, there[0])
        elif name == "loans":
            found.reasons.append(absent(folder, name))
    return found


def absent(folder: Path, name: str) -> Reason:
    """The reason where a file is not there; repayments may be missing where all totals are kept."""
    text = N_("{folder} has neither {name}.parquet nor {name}.csv.")
    return Reason(CLAUSE, text, {"folder": str(folder), "name": name}, {"file": name})


def header(path: Path) -> tuple[list[str], str]:
    """The columns of a CSV and its delimiter; raises ``UnicodeDecodeError`` where it is not UTF-8.

    Raises ``Refusal`` where lines end as they did on old Macintoshes.
    """
    with path.open("rb") as lines:
        first = lines.readline().decode("utf-8-sig").strip("\r\n")
    if "\r" in first:
        text = N_("The lines of {file} end with a bare CR; save it with line ends of today.")
        where = {"file": path.name, "row": 1}
        raise Refusal([Reason(CLAUSE, text, {"file": path.name}, where)])
    delimiter = ";" if ";" in first and "," not in first else ","
    return next(csv.reader([first], delimiter=delimiter), []), delimiter


def column_reasons(file: File, types: Mapping[str, str]) -> Iterator[Reason]:
    """Columns that the file must have and has not, or that hold what they cannot."""
    name = file.path.name
    for column in missing(file.name, types):
        text = N_("{file} has no column {column}.")
        yield Reason(
            CLAUSE, text, {"file": name, "column": column}, {"file": name, "column": column}
        )
    for column in FILES[file.name]:
        given = types.get(column.name)
        if given is not None and cell(column, shape(given), DuckDb()) is None:
            text = N_("Column {column} of {file} holds {type}, which is not what belongs there.")
            values: dict[str, Any] = {"file": name, "column": column.name, "type": given}
            yield Reason(CLAUSE, text, values, {"file": name, "column": column.name})


def read(file: File, relation: Relation, say: DuckDb, *, whole_ids: bool) -> Reading:
    """The SELECT of a file's values, under the names that the query knows.

    ``whole_ids``: the ids of loans are whole numbers in every file, and stay so.
    """
    known: dict[str, Cell] = {}
    faults = []
    for column in FILES[file.name]:
        given = relation.types.get(column.name)
        if given is None:
            continue
        found = cell(column, shape(given), say, as_text=not whole_ids)
        if found is None:
            continue
        known[column.name] = found
        faults += [(column, problem, wrong) for problem, wrong in found.faults]
    values = [f"{one.value} AS {RENAMED.get(name, name)}" for name, one in known.items()]
    values = [_closing(one) for one in values]
    values += _absent(file, known)
    values += _steps(known, say) if file.name == "segments" else []
    text = f"SELECT {', '.join(values)}, {relation.place} AS place FROM {relation.source}"
    return Reading(file, relation, text, tuple(faults), frozenset(known), whole_ids)


def _closing(value: str) -> str:
    """A closure's kind in one of two words."""
    if not value.endswith(" AS kind"):
        return value
    kind = value.removesuffix(" AS kind")
    settled, gone = ("('" + "', '".join(words) + "')" for words in (SETTLED, WRITTEN_OFF))
    return (
        f"CASE WHEN {kind} IN {settled} THEN 'settled'"
        f" WHEN {kind} IN {gone} THEN 'written-off' ELSE {kind} END AS closing"
    )


def _absent(file: File, known: Mapping[str, Cell]) -> Iterator[str]:
    """Columns that the query asks for wherever a closure or a segment is read."""
    if file.name == "segments" and "keeps_class_for" not in known:
        yield "CAST(0 AS BIGINT) AS keeps_class_for"
    if file.name == "closures" and "reversed_on" not in known:
        yield "CAST(NULL AS DATE) AS reversed_on"


def _steps(known: Mapping[str, Cell], say: DuckDb) -> list[str]:
    """The time from one instalment to the next, in months or in days."""
    every = known["every"].value
    count = every
    for word in ("s", "month", "week", "day"):
        count = f"replace({count}, '{word}', '')"
    count = f"CASE WHEN trim({count}) = '' THEN 1 ELSE TRY_CAST(trim({count}) AS BIGINT) END"
    count = f"least({count}, {MOST_STEP})"  # more is a fault of the cell, told with its row
    months = f"CASE WHEN {every} LIKE '%month%' THEN {count} ELSE 0 END"
    days = f"CASE WHEN {every} LIKE '%week%' THEN 7 * {count} WHEN {every} LIKE '%day%' THEN {count} ELSE 0 END"
    return [
        f"CAST({months} AS BIGINT) AS step_months",
        f"CAST({days} AS BIGINT) AS step_days",
    ]
