"""One part of ``bench book`` in a process of its own: seconds, processor seconds, peak memory.

``python -m pendamping.bench.book_part NAME FOLDER`` prints one JSON document.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from pendamping.bench import book_made, book_peers, book_whole
from pendamping.bench.book_made import AS_OF
from pendamping.funds.loans.rules.allocation import Order


def limit(folder: Path) -> Any:
    """DuckDB reads the same repayments and adds them up by loan; nothing else."""
    import duckdb

    source = f"read_parquet('{folder / 'bare' / 'repayments.parquet'}')"
    sums = f"SELECT loan_id, sum(amount) AS paid FROM {source} GROUP BY loan_id"
    return duckdb.sql(f"SELECT count(*), max(paid) FROM ({sums})").fetchall()[0]


def _close(part: str, order: Order, engine: str = "duckdb") -> Callable[[Path], Any]:
    def run(folder: Path) -> Any:
        from pendamping.funds.closing import queries

        with queries.engine(engine) as running:
            wards = queries.close(folder / part, as_of=AS_OF, engine=running, order=order)
        book = queries.book(wards.values())
        return (book.outstanding, book.arrears_principal, book.arrears_service)

    return run


def by_province(folder: Path) -> Any:
    """Each province's book is closed by itself, one after the other, and their sums are added."""
    from pendamping.funds.closing import queries

    wards: dict[str, Any] = {}
    with queries.engine("duckdb") as running:
        for province in sorted((folder / "split").iterdir()):
            wards |= queries.close(province, as_of=AS_OF, engine=running, order="instalment-order")
    book = queries.book(wards.values())
    return (book.outstanding, book.arrears_principal, book.arrears_service)


def spark_start(_folder: Path) -> Any:
    """Spark gets ready, and does nothing."""
    from pendamping.funds.closing import queries

    with queries.engine("spark") as running:
        return running.rows("SELECT 1")[0][0]


IMPORTS = {"pandas": ("pandas",), "polars": ("polars",), "spark-start": ()}
PARTS: dict[str, Callable[[Path], Any]] = {
    "limit": limit,
    "kept": _close("kept", "service-first"),
    "order": _close("bare", "instalment-order"),
    "split": by_province,
    "posted": _close("posted", "service-first"),
    "service-first": _close("bare", "service-first"),
    "spark-start": spark_start,
    "spark": _close("bare", "service-first", "spark"),
    "integers": lambda folder: book_peers.integers(folder / "bare"),
    "decimals": lambda folder: book_peers.decimals(folder / "bare"),
    "decimals-whole": lambda folder: book_whole.decimals_whole(folder / "bare"),
    "pandas": lambda folder: book_peers.with_pandas(folder / "bare"),
    "polars": lambda folder: book_peers.with_polars(folder / "bare"),
    "exploded": lambda folder: book_peers.exploded(folder / "bare"),
}


def main(name: str, folder: str, *more: str) -> None:
    """Run a part once and print what it took; what it imports does not count."""
    for module in IMPORTS.get(name, ("duckdb", "pendamping.funds.closing.queries")):
        import_module(module)
    began, used = time.perf_counter(), time.process_time()
    if name == "make":
        found: Any = book_made.make(Path(folder), int(more[0]))
    else:
        found = PARTS[name](Path(folder))
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "peak": peak, "found": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
