"""The close of a loan book: seconds for so many loans, and what other ways take for each loan.

Limit: DuckDB's scan and group-by sum of the same repayments in the same Parquet file. Peers run at a
size that they can bear; there ours runs too. Every part runs in a process of its own, in turn.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from pendamping.bench.result import Measure, Options, Result
from pendamping.funds.closing import queries

LOANS = 1_000_000
PEER_LOANS = 100_000
OURS = {
    "kept": ("kept totals", "<= 0.3 at 10^7"),
    "order": ("instalment order", "<= 2.0"),
    "split": ("split by province", "<= 1.4 at 10^7"),
    "posted": ("posted split", "<= 2.0"),
    "service-first": ("service first, bare amounts", "<= 5"),
}
PEERS = {
    "integers": ("Python, integers", ""),
    "decimals": ("Python, Decimal", ""),
    "decimals-whole": ("Python, Decimal, the whole close", ""),
    "pandas": ("pandas", "pandas"),
    "polars": ("polars", "polars"),
    "exploded": ("exploded schedule", ""),
}
Taken = dict[str, list[dict[str, Any]]]


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Make a book of ``--size`` loans (usually a million) and close it every way."""
    size = options.size or LOANS
    few = min(size, PEER_LOANS)
    peers = [name for name, (_, module) in PEERS.items() if _there(module)]
    spark = _spark()
    with tempfile.TemporaryDirectory(prefix="pendamping-bench-") as place:
        folder = Path(place)
        say(f"  {size:,} loans")
        notes: dict[str, Any] = _part("make", folder / "all", size)["found"]
        large = _taken(["limit", *OURS], folder / "all", options.runs, say)
        say(f"  {few:,} loans for the peers")
        _part("make", folder / "few", few)
        small = _taken(["order", *peers], folder / "few", options.runs, say)
        engine = _taken(spark, folder / "few", min(options.runs, 3), say) if spark else {}
    _agree(large, ["order", "split"])
    _agree(small, ["order", *peers])
    notes["peers' loans"] = few
    notes["not there"] = ", ".join(sorted(set(PEERS) - set(peers))) or "none"
    notes["spark"] = "ran" if spark else "not there"
    measures = [*_large(large), *_small(small, few, large, size), *_engine(engine)]
    return Result("book", measures, notes)


def _there(module: str) -> bool:
    return not module or importlib.util.find_spec(module) is not None


def _spark() -> list[str]:
    return [] if queries.missing("spark") else ["spark-start", "spark"]


def _taken(names: Iterable[str], folder: Path, runs: int, say: Callable[[str], None]) -> Taken:
    """What each part took, run after run, all parts in turn."""
    taken: Taken = {name: [] for name in names}
    for turn in range(runs):
        for name in taken:
            taken[name].append(_part(name, folder))
        said = ", ".join(f"{name} {taken[name][-1]['seconds']:.2f} s" for name in taken)
        say(f"  run {turn + 1} of {runs}: {said or 'nothing'}")
    return taken


def _part(name: str, folder: Path, *more: int) -> dict[str, Any]:
    """One part in a process of its own, whose memory is its own."""
    words = [name, str(folder), *map(str, more)]
    command = [sys.executable, "-m", "pendamping.bench.book_part", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _agree(taken: Taken, names: list[str]) -> None:
    """Every way has to come to the same sums."""
    sums = {name: tuple(taken[name][0]["found"]) for name in names}
    if len(set(sums.values())) > 1:
        raise RuntimeError(f"the ways do not come to the same: {sums}")


def _values(taken: Taken, name: str, key: str) -> tuple[float, ...]:
    return tuple(float(one[key]) for one in taken[name])


def _large(taken: Taken) -> list[Measure]:
    found = []
    for key, unit in (("seconds", "s"), ("processor", "processor s"), ("peak", "bytes at most")):
        found.append(Measure("scan and sum", unit, _values(taken, "limit", key), "limit"))
        found += [
            Measure(what, unit, _values(taken, name, key), "ours", goal if key == "seconds" else "")
            for name, (what, goal) in OURS.items()
        ]
    return found


def _small(small: Taken, loans: int, large: Taken, size: int) -> list[Measure]:
    """What each way takes for a loan, on the clock and of processors, beside the query at full size."""
    found = []
    for key, unit in (("seconds", "µs a loan"), ("processor", "processor µs a loan")):
        ours = median(_values(large, "order", key)) / size
        for name in small:
            values = tuple(1e6 * one / loans for one in _values(small, name, key))
            what = PEERS[name][0] if name in PEERS else OURS[name][0]
            kind = "peer" if name in PEERS else "ours"
            times = f"{median(values) / ours / 1e6:.1f} x ours at full size"
            found.append(Measure(what, unit, values, kind, times))
    return found


def _engine(taken: Taken) -> list[Measure]:
    return [
        Measure(
            f"{name}, on {PEER_LOANS:,} loans",
            "s of Spark",
            _values(taken, name, "seconds"),
            "ours",
        )
        for name in taken
    ]
