"""Instalments a second: each with its allocation, journal, card and trail, in its own transaction.

Limit: one plain INSERT of a row like a repayment's, in its own transaction, through the database's
driver, on the same server. A collection sheet of a hundred loans is one transaction: its payments a second
stand beside the same limit. Peers: the general way of the same actions, which reads every payment of the
loan and writes through the object mapper; a plain ORM prototype (:mod:`post_peers`); and, where it is installed,
django-hordak on PostgreSQL (:mod:`post_hordak`).
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
        self.payers: list[str] = []

    def one(self) -> None:
        """One payment on the next loan, each loan once a day."""
        from pendamping.funds.loans import actions

        if self.turn % len(self.loans) == 0:
            self.day += timedelta(days=1)
        loan = self.loans[self.turn % len(self.loans)]
        self.turn += 1
        actions.record_repayment(by=self.by, ward=self.ward, loan_id=loan, on=self.day, amount=100)

    def prepare(self) -> None:
        """Who pays on the sheets: the first member of each group."""
        from pendamping.funds.loans import queries

        known = [queries.loan(self.ward, one) for one in self.loans]
        self.payers = [one.members.order_by("pk")[0].person_id for one in known if one]

    def sheet(self) -> None:
        """A sheet of a new day with a payment on every loan: one line each."""
        from pendamping.funds.loans import actions

        self.day += timedelta(days=1)
        self.turn = 0
        groups = [
            {"loan": loan, "lines": [{"person": person, "paid": 100}]}
            for loan, person in zip(self.loans, self.payers, strict=True)
        ]
        actions.record_sheet(by=self.by, ward=self.ward, on=self.day, groups=groups)


def _measured(office: Office, vendor: str, options: Options, say: Callable[[str], None]) -> Result:
    from pendamping.bench import post_hordak, post_peers

    without = post_hordak.missing(vendor)
    number = options.size or SINGLES
    works = {
        "limit": (plain_insert(vendor), number),
        "ours": (office.one, number),
        "plain": (post_peers.plain(), max(number // 2, 1)),
    }
    office.prepare()
    rates: dict[str, list[float]] = {}
    for _ in range(50):
        office.one()
    office.sheet()
    for turn in range(options.runs):
        say(f"  run {turn + 1} of {options.runs}")
        for name, (work, times) in works.items():
            rates.setdefault(name, []).append(_rate(work, times))
        sheets = max(number // len(office.loans), 1)
        rates.setdefault("sheet", []).append(_rate(office.sheet, sheets) * len(office.loans))
        if not without:
            rates.setdefault("hordak", []).append(post_hordak.rate(max(number // 5, 1)))
        with _general():
            rates.setdefault("general", []).append(_rate(office.one, max(number // 5, 1)))
            rates.setdefault("general sheet", []).append(_rate(office.sheet, 1) * len(office.loans))
    goal = ">= 1.3" if vendor == "postgresql" else ">= 1.0"
    told = [
        ("limit", "one plain INSERT", "limit", ""),
        ("ours", "an instalment", "ours", ">= 0.35"),
        ("sheet", f"on a sheet of {len(office.loans)}", "ours", goal),
        ("general", "an instalment, the general way", "peer", ""),
        ("general sheet", f"on a sheet of {len(office.loans)}, the general way", "peer", ""),
        ("plain", "a plain ORM prototype", "peer", ""),
    ]
    if not without:
        told.append(("hordak", "django-hordak, an entry alone", "peer", ""))
    measures = [
        Measure(what, UNIT, tuple(rates[name]), kind, goal) for name, what, kind, goal in told
    ]
    notes = {"database": vendor, "loans": len(office.loans), "payments a run": number,
             "hordak": without or "ran"}  # fmt: skip
    return Result("post", measures, notes)


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
    "CREATE TABLE IF NOT EXISTS bench_plain (id varchar(40) PRIMARY KEY, loan varchar(40), ward varchar(20),"
    " paid_on date, amount bigint, entered_at varchar(40))"
)
_ROW = ("32.71.01.1003", "2004-08-12", 287500, "2004-08-12T09:00:00+07:00")


def plain_insert(vendor: str) -> Callable[[], None]:
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
