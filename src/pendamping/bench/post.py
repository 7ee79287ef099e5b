"""Instalments a second: each with its allocation, journal, card and trail, in its own transaction.

Limit: one plain INSERT of a row like a repayment's, in its own transaction, through the database's
driver, on the same server. Peer: the general way of the same action, which reads every payment of the
loan and writes through the object mapper.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from pendamping.bench import database
from pendamping.bench.result import Measure, Options, Result

LOANS = 100  # as many as a sheet has lines
SINGLES = 500  # payments in a run
SHEETS = 5  # in a run
UNIT = "a second"


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Measure on the database that the environment names: SQLite, or a PostgreSQL."""
    with database.fresh() as vendor:
        options.start()
        from pendamping.bench import stage
        from pendamping.kernel import clock

        say("A ward with running loans …")
        by, loans = stage.running_loans(LOANS, say)
        with clock.at(date(2040, 1, 1)):
            return _measured(Office(by, stage.WARD, loans), vendor, options, say)


class Office:
    """A treasurer who takes small amounts day after day, so that no loan is paid off meanwhile."""

    def __init__(self, by: Any, ward: str, loans: list[str]) -> None:
        self.by, self.ward, self.loans = by, ward, loans
        self.day = date(2004, 6, 1)
        self.turn = 0

    def one(self) -> None:
        """One payment on the next loan, each loan once a day."""
        from pendamping.funds.loans import actions

        if self.turn % len(self.loans) == 0:
            self.day += timedelta(days=1)
        loan = self.loans[self.turn % len(self.loans)]
        self.turn += 1
        actions.record_repayment(by=self.by, ward=self.ward, loan_id=loan, on=self.day, amount=100)


def _measured(office: Office, vendor: str, options: Options, say: Callable[[str], None]) -> Result:
    number = options.size or SINGLES
    plain = _plain_insert(vendor)
    rates: dict[str, list[float]] = {"limit": [], "ours": [], "general": []}
    for _ in range(50):
        office.one()
    for turn in range(options.runs):
        say(f"  run {turn + 1} of {options.runs}")
        rates["limit"].append(_rate(plain, number))
        rates["ours"].append(_rate(office.one, number))
        with _general():
            rates["general"].append(_rate(office.one, max(number // 5, 1)))
    return Result(
        "post",
        [
            Measure("one plain INSERT", UNIT, tuple(rates["limit"]), "limit"),
            Measure("an instalment", UNIT, tuple(rates["ours"]), "ours", ">= 0.35"),
            Measure("the general way", UNIT, tuple(rates["general"]), "peer"),
        ],
        {"database": vendor, "loans": len(office.loans), "payments a run": number},
    )


def _rate(work: Callable[[], None], number: int) -> float:
    began = perf_counter()
    for _ in range(number):
        work()
    return number / (perf_counter() - began)


@contextmanager
def _general() -> Iterator[None]:
    """Let every payment go the general way."""
    from pendamping.funds.loans.actions import quick

    take = quick.take
    quick.take = lambda *_: None  # type: ignore[assignment]
    try:
        yield
    finally:
        quick.take = take


_TABLE = (
    "CREATE TABLE bench_plain (id varchar(40) PRIMARY KEY, loan varchar(40), ward varchar(20),"
    " paid_on date, amount bigint, entered_at varchar(40))"
)
_ROW = ("32.71.01.1003", "2004-08-12", 287500, "2004-08-12T09:00:00+07:00")


def _plain_insert(vendor: str) -> Callable[[], None]:
    """One row and its commit through a connection of its own, set up as the site's is."""
    from django.conf import settings

    from pendamping.kernel.ids import new_id

    if vendor == "sqlite":
        import sqlite3

        raw: Any = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
        raw.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        sql = "INSERT INTO bench_plain VALUES (?, ?, ?, ?, ?, ?)"
    else:
        import os

        import psycopg

        raw = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        raw.prepare_threshold = 0
        sql = "INSERT INTO bench_plain VALUES (%s, %s, %s, %s, %s, %s)"
    raw.execute(_TABLE)

    def insert() -> None:
        raw.execute(sql, (new_id(), new_id(), *_ROW))

    return insert
