"""The close on Spark: the same steps, for a book that is past one machine.

Rows are looked at where they lie; only sums and the rows of refusals come back.
"""

import importlib.util
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pendamping.funds.closing.columns import FILES
from pendamping.funds.closing.dialects import Spark
from pendamping.funds.closing.duckdb_engine import DuckDbEngine
from pendamping.funds.closing.reading import File, Relation
from pendamping.kernel.refusal import N_

NEEDED_JAVA = 17
NO_JAVA = N_(
    "Spark needs Java 17. On Debian or Ubuntu type: apt-get install openjdk-17-jre-headless"
)
NO_PYSPARK = N_("Spark is not installed. Type: pip install 'pendamping[spark]'")


def missing() -> str:
    """What has to be installed before Spark can run; empty where nothing has."""
    if java_version() < NEEDED_JAVA:
        return NO_JAVA
    return "" if importlib.util.find_spec("pyspark") else NO_PYSPARK


def java_version() -> int:
    """The number of the Java that is there, 0 where none is."""
    if not shutil.which("java"):
        return 0
    done = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', done.stderr)
    return int(found[1]) if found else 0


class SparkEngine:
    """One session on this machine's cores, closed with all that it made."""

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        self.say = Spark()
        self._folder = tempfile.TemporaryDirectory(prefix="pendamping-book-")
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.shuffle.partitions": "16",
            "spark.driver.memory": "4g",
            "spark.local.dir": self._folder.name,
            "spark.sql.warehouse.dir": self._folder.name,
            "spark.log.level": "ERROR",
        }
        builder = SparkSession.builder.master("local[*]").appName("pendamping loan book")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self._at = builder.getOrCreate()
        self._kept: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._at.stop()
        self._folder.cleanup()

    def open(self, file: File) -> Relation:
        """How a file is read. What cannot be read is told alike by both engines."""
        with DuckDbEngine() as reader:
            types = reader.open(file).types
        if not file.is_csv:
            path = str(file.path.resolve())
            frame = self._at.read.parquet(path).selectExpr("*", "_metadata.row_index AS row_index")
            frame.createOrReplaceTempView(f"{file.name}_file")
            types = {name: kind for name, kind in frame.dtypes if name != "row_index"}
            return Relation(f"{file.name}_file", types, "row_index + 1")
        return self._csv(file, types)

    def _csv(self, file: File, types: dict[str, str]) -> Relation:
        """Text as it was checked: written once more with each row's place, so that order is kept."""
        path = Path(self._folder.name) / f"{file.name}.parquet"
        with DuckDbEngine() as reader:
            relation = reader.open(file)
            reader.write(f"SELECT * FROM {relation.source}", path)
        self._at.read.parquet(str(path)).createOrReplaceTempView(f"{file.name}_file")
        known = [column.name for column in FILES[file.name] if column.name in types]
        return Relation(f"{file.name}_file", dict.fromkeys(known, "string"), "row_in_file")

    def opened(self) -> None:
        """Spark knows no order of rows anyway."""

    def view(self, name: str, text: str) -> None:
        """A SELECT under a name."""
        self._at.sql(text).createOrReplaceTempView(name)

    def table(self, name: str, text: str) -> None:
        """A SELECT whose result is kept."""
        frame = self._at.sql(text).persist()
        self._kept.append(frame)
        frame.createOrReplaceTempView(name)

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""
        return [tuple(row) for row in self._at.sql(text).collect()]

    def all_differ(self, view: str, column: str, count: int) -> bool:
        """Whether no value of a column stands twice."""
        return bool(self.rows(f"SELECT count(DISTINCT {column}) FROM {view}")[0][0] == count)

    def write(self, text: str, path: Path) -> None:
        """The rows of a SELECT as one Parquet file."""
        folder = Path(self._folder.name) / "out"
        self._at.sql(text).coalesce(1).write.mode("overwrite").parquet(str(folder))
        shutil.move(next(folder.glob("part-*.parquet")), path)
