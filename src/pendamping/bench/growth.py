"""How posting grows: instalments a second where the ward's books hold a thousand earlier payments, or a million.

At each size, by tens, the books are filled in bulk (:mod:`growth_fill`); then single instalments, sheets of a
hundred loans and the limit, one plain INSERT in a transaction of its own, are measured in turn. ``--size``: the most
earlier payments. Beside the rates stands the processor time of this process and of its server's.

``python -m pendamping.bench.growth FILE.json … FILE.svg`` draws what ``--json`` gave, of one database or of both.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from pendamping.bench import database, picture, post
from pendamping.bench.result import Measure, Options, Result

LOANS = 100  # as many as a sheet has lines
MOST = 1_000_000
SINGLES, SHEETS = 300, 5  # in a run
FILLED, PAID = (
    date(2041, 1, 1),
    date(2060, 1, 1),
)  # entered then: each has years of numbers to itself
FIRST_DAY = date(2042, 1, 1)
WAYS = {
    "limit": ("one plain INSERT", "limit"),
    "single": ("an instalment", "ours"),
    "sheet": ("on a sheet of {loans}", "ours"),
}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Spent = tuple[float, float]
"""Payments a second, and microseconds of processor time for each."""


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Measure at 1,000 earlier payments and every ten times as many, on the database that the environment names."""
    most = options.size or MOST
    sizes = [10**ten for ten in range(3, 10) if 10**ten <= most] or [most]
    with database.fresh() as vendor:
        options.start()
        from pendamping.bench import stage
        from pendamping.kernel import clock

        say("A ward with running loans …")
        by, loans = stage.running_loans(LOANS + 1, say)
        with clock.at(FILLED):
            grown = Grown(by, stage.WARD, loans.pop())
        office = post.Office(by, stage.WARD, loans)
        office.day = FIRST_DAY
        office.prepare()
        insert = post.plain_insert(vendor)
        measures: list[Measure] = []
        for size in sizes:
            say(f"  {size:,} earlier payments …")
            with clock.at(FILLED):
                took = grown.upto(size)
            say(f"    filled in {took:,.0f} s")
            with clock.at(PAID):
                found = _rounds(office, insert, options.runs)
            measures += _measures(size, found, len(loans))
    notes = {
        "database": vendor,
        "loans": len(loans),
        "sizes": ", ".join(f"{one:,}" for one in sizes),
    }
    return Result("growth", measures, notes)


class Grown:
    """Books that are filled with copies of a loan that is paid back."""

    def __init__(self, by: Any, ward: str, loan: str) -> None:
        from pendamping.bench import growth_fill

        self.by, self.ward = by, ward
        _pay_back(by, ward, loan)
        self.copies = growth_fill.Copies(ward, loan)
        self.capital = 0

    def upto(self, payments: int) -> float:
        """Fill them up to so many payments; the seconds that it took."""
        from pendamping.bench import growth_fill, stage
        from pendamping.funds.ledger import actions as ledger

        began = perf_counter()
        loans = max(payments // growth_fill.EACH, 1)
        ledger.record_voucher(
            by=self.by,
            ward=self.ward,
            on=date(2004, 1, 4),
            kind="in",
            debit="cash",
            credit="programme_capital",
            amount=(loans - self.copies.made) * stage.MEMBERS * stage.EACH,
            narration="Modal dana bergulir",
        )
        self.copies.upto(payments)
        return perf_counter() - began


def _pay_back(by: Any, ward: str, loan_id: str) -> None:
    """Pay a loan back month by month, each time ten days late: a sheet with one member who pays the instalment."""
    from pendamping.funds.loans import actions, queries
    from pendamping.kernel.period import add_months

    loan = queries.loan(ward, loan_id)
    assert loan is not None
    people = [one.person_id for one in loan.members.order_by("pk")]
    whole = loan.principal + loan.principal * loan.rate_bp * loan.instalments // 10_000
    for month in range(loan.instalments):
        line = {"person": people[month % len(people)], "paid": whole // loan.instalments}
        due = add_months(loan.disbursed, loan.grace_months + month + 1)
        groups = [{"loan": loan_id, "lines": [line]}]
        actions.record_sheet(by=by, ward=ward, on=due.replace(day=22), groups=groups)


# --- what is measured --------------------------------------------------------------------------------


def _rounds(office: Any, insert: Callable[[], None], runs: int) -> dict[str, list[Spent]]:
    number = len(office.loans)
    works = {
        "limit": (insert, SINGLES, 1),
        "single": (office.one, SINGLES, 1),
        "sheet": (office.sheet, SHEETS, number),
    }
    for _ in range(50):  # plans are made, and what is read again and again lies in memory
        office.one()
    office.sheet()
    found: dict[str, list[Spent]] = {name: [] for name in works}
    for _ in range(runs):
        for name, (work, times, each) in works.items():
            found[name].append(_spent(work, times, times * each))
    return found


def _spent(work: Callable[[], None], times: int, payments: int) -> Spent:
    began, used = perf_counter(), process_time() + _of_server()
    for _ in range(times):
        work()
    taken, spent = perf_counter() - began, process_time() + _of_server() - used
    return payments / taken, spent * 1e6 / payments


def _of_server() -> float:
    """Seconds of processor time of the server's process behind this connection, where it can be seen from here."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    seen = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not seen.exists():
        return 0.0
    fields = seen.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _measures(size: int, found: dict[str, list[Spent]], loans: int) -> list[Measure]:
    told = []
    for name, (what, kind) in WAYS.items():
        rates, times = zip(*found[name], strict=True)
        text = what.format(loans=loans)
        told.append(Measure(text, f"a second, {size:,}", rates, kind))
        if kind != "limit":
            told.append(Measure(text, f"µs of processor time, {size:,}", times, kind))
    return told


# --- the picture -------------------------------------------------------------------------------------


def drawn(results: Sequence[dict[str, Any]]) -> str:
    """The picture of what ``--json`` gave: for each database the limit and both ways, over the size."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for result in results:
        where = NAMES[result["notes"]["database"]]
        for one in result["measures"]:
            what, _comma, size = one["unit"].partition(", ")
            if what == "a second":
                point = float(size.replace(",", "")), median(one["runs"])
                lines.setdefault(f"{where}: {one['what']}", []).append(point)
    title = "Instalments a second, by what the books hold already"
    return picture.picture(title, "earlier payments in the ward's books", "a second", lines)


def main(*files: str) -> None:
    """Draw the results of the first files into the last."""
    *sources, target = map(Path, files)
    results = [json.loads(one.read_text(encoding="utf-8")) for one in sources]
    target.write_text(drawn(results), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
