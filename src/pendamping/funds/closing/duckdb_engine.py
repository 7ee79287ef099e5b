"""The close on DuckDB: files in, tables in memory (or in a temporary folder where they grow large)."""

import csv
import re
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pendamping.funds.closing.columns import FILES
from pendamping.funds.closing.dialects import DuckDb
from pendamping.funds.closing.reading import CLAUSE, File, Relation, header
from pendamping.kernel.refusal import N_, Reason, Refusal

MOST_REJECTS = 100


class DuckDbEngine:
    """One connection, closed with all that it made."""

    def __init__(self) -> None:
        import duckdb

        self.say = DuckDb()
        self._folder = tempfile.TemporaryDirectory(prefix="pendamping-book-")
        self._at = duckdb.connect(
            config={"temp_directory": self._folder.name, "preserve_insertion_order": "true"}
        )
        self._at.execute("SET TimeZone = 'UTC'")
        self._at.execute("SET enable_progress_bar = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._at.close()
        self._folder.cleanup()

    def open(self, file: File) -> Relation:
        """How a file is read; refuses what cannot be, with its lines."""
        import duckdb

        try:
            return self._csv(file) if file.is_csv else self._parquet(file)
        except (duckdb.Error, UnicodeDecodeError, csv.Error) as error:
            raise Refusal([_unreadable(file, error)]) from error

    def _parquet(self, file: File) -> Relation:
        source = f"read_parquet({quoted(str(file.path))}, file_row_number = true)"
        described = self.rows(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {source}")
        return Relation(source, {row[0]: row[1] for row in described}, "file_row_number + 1")

    def _csv(self, file: File) -> Relation:
        names, delimiter = header(file.path)
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            text = N_("{file} has two columns {column}.")
            values = {"file": file.path.name, "column": twice[0]}
            raise Refusal([Reason(CLAUSE, text, values, {"file": file.path.name})])
        known = {column.name for column in FILES[file.name]} & set(names)
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
        source = (
            f"read_csv({quoted(str(file.path))}, header = true, auto_detect = false,"
            f" delim = {quoted(delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}},"
            f" store_rejects = true, rejects_table = '{file.name}_rejects',"
            f" rejects_scan = '{file.name}_scan')"
        )
        kept = ", ".join(f'trim("{name}") AS "{name}"' for name in sorted(known))
        self._at.execute(
            f"CREATE TEMP TABLE {file.name}_csv AS SELECT {kept or 'NULL AS nothing'},"
            f" row_number() OVER () + 1 AS row_in_file FROM {source}"
        )
        rejected = self.rows(
            f"SELECT line, any_value(error_message) FROM {file.name}_rejects GROUP BY line"
            f" ORDER BY line LIMIT {MOST_REJECTS}"
        )
        if rejected:
            raise Refusal(_rejected(file, int(line), str(why)) for line, why in rejected)
        return Relation(f"{file.name}_csv", {name: "VARCHAR" for name in known}, "row_in_file")

    def opened(self) -> None:
        """All files are open: tables need no order any more, which is quicker."""
        self._at.execute("SET preserve_insertion_order = false")

    def view(self, name: str, text: str) -> None:
        """A SELECT under a name."""
        self._at.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {text}")

    def table(self, name: str, text: str) -> None:
        """A SELECT whose result is kept."""
        self._at.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {text}")

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""
        return self._at.execute(text).fetchall()

    def all_differ(self, view: str, column: str, count: int) -> bool:
        """Whether no value of a column stands twice."""
        kind = self.rows(f"DESCRIBE SELECT {column} FROM {view}")[0][1]
        if kind in {"TINYINT", "SMALLINT", "INTEGER", "BIGINT"} and count:
            low, high = self.rows(f"SELECT min({column}), max({column}) FROM {view}")[0]
            if high - low < 64 * count:  # a bit for each number is quicker than any table
                bits = f"bit_count(bitstring_agg({column}, {low}, {high}))"
                return bool(self.rows(f"SELECT {bits} FROM {view}")[0][0] == count)
        # different hashes are different values; equal ones are looked at again by whoever asks
        found = self.rows(f"SELECT count(DISTINCT hash({column})) FROM {view}")[0][0]
        return bool(found == count)

    def write(self, text: str, path: Path) -> None:
        """The rows of a SELECT as Parquet."""
        self._at.execute(f"COPY ({text}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")


def quoted(text: str) -> str:
    """A text as a literal."""
    return "'" + text.replace("'", "''") + "'"


def _rejected(file: File, line: int, why: str) -> Reason:
    text = N_("The row cannot be read: {why}")
    where = {"file": file.path.name, "row": line}
    if re.search(r"utf-?8|unicode|encod", why, re.IGNORECASE):
        text = N_("The row is not UTF-8.")
    return Reason(CLAUSE, text, {**where, "why": why.splitlines()[0]}, where)


def _unreadable(file: File, error: Exception) -> Reason:
    name = file.path.name
    if isinstance(error, UnicodeDecodeError):
        return Reason(CLAUSE, N_("{file} is not UTF-8."), {"file": name}, {"file": name, "row": 1})
    text = N_("{file} cannot be read: {why}")
    return Reason(CLAUSE, text, {"file": name, "why": str(error).splitlines()[0]}, {"file": name})
