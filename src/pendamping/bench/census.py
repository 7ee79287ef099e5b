"""Persons of a census a second: a checked list into the tables, whole, in one transaction.

Ours: the action of the import, from the checked list to the commit: every NIK and KK sealed, names made
comparable, words, figures, marks and trail kept. Limit: the very rows that this left, by COPY or
``executemany`` through the database's driver, in one transaction into the same tables. Peer: the same
rows as objects by Django's ``bulk_create``. Limit and peer are given the rows ready made.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from time import perf_counter
from typing import Any

from pendamping.bench import database
from pendamping.bench.result import Measure, Options, Result

SIZES = (1_000, 10_000, 100_000)  # persons
WARD = "32.71.01.1001"
TABLES = ("household", "person", "membership", "poormark")
KEPT_BY_TRIGGERS = ("nameword", "figure")
COUNTED = date(2004, 1, 10)
HEADINGS = (
    "No. keluarga", "No. KK", "RW", "RT", "Alamat", "Nama", "NIK", "Jenis kelamin", "Tanggal lahir",
    "Hubungan", "Miskin",
)  # fmt: skip
FAMILY = (("L", 40, "Kepala keluarga"), ("P", 36, "Istri"), ("L", 12, "Anak"), ("P", 9, "Anak"))
SYLLABLES = "ba ci da fe gu ha ji ka lo mu na pe ra si to wu ya za".split()  # noqa: SIM905 -- reads better


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Measure on the database that the environment names: SQLite, or a PostgreSQL."""
    with database.fresh() as vendor:
        options.start()
        measures: list[Measure] = []
        for size in (options.size,) if options.size else SIZES:
            measures += _measured(size, options, say)
        return Result("census", measures, {"database": vendor, "runs": options.runs})


def _measured(size: int, options: Options, say: Callable[[str], None]) -> list[Measure]:
    from pendamping.households import checking

    census = checking.read(WARD, "sensus.csv", made(size), COUNTED)
    office = Office(census)
    seconds: dict[str, list[float]] = {"limit": [], "ours": [], "peer": []}
    say(f"  {size:,} persons")
    office.ours()  # the first time fills caches and makes the file of the database grow
    for turn in range(options.runs):
        office.clear()
        seconds["ours"].append(_timed(office.ours))
        rows = office.rows()
        for kind, way in (("limit", office.limit), ("peer", office.peer)):
            office.clear()
            seconds[kind].append(_timed(way, rows))
        say(f"    run {turn + 1} of {options.runs}")
    office.clear()
    unit = f"a second of {size:,}"
    names = {"limit": "the rows by the driver", "ours": "the import", "peer": "bulk_create"}
    return [
        Measure(name, unit, tuple(census.members / one for one in seconds[kind]), kind)
        for kind, name in names.items()
    ]


def _timed(work: Callable[..., object], *arguments: object) -> float:
    began = perf_counter()
    work(*arguments)
    return perf_counter() - began


Rows = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]  # model: columns and rows


class Office:
    """One ward whose census is stored again and again, and the tables emptied between."""

    def __init__(self, census: Any) -> None:
        from django.apps import apps

        from pendamping.access import queries as access

        self.census, self.by, self.turn = census, access.system(), 0
        # the bench measures the tables themselves, so it looks them up as Django knows them
        self.models = {
            each._meta.model_name: each for each in apps.get_app_config("households").get_models()
        }

    def ours(self) -> None:
        """The action that `pendamping census import` calls."""
        from pendamping.households import actions

        self.turn += 1
        content = f"{self.census.members} {self.turn}".encode()  # a file comes in once
        actions.import_census(
            by=self.by, ward=WARD, filename="sensus.csv", content=content, census=self.census,
        )  # fmt: skip

    def limit(self, rows: Rows) -> None:
        """COPY or executemany of ready rows through the driver."""
        from django.db import connection, transaction

        if connection.vendor == "sqlite":  # indexes stay in memory meanwhile, as with ours
            connection.connection.execute("PRAGMA cache_size = -400000")
        with transaction.atomic():
            for name, (columns, values) in rows.items():
                table = self.models[name]._meta.db_table
                if connection.vendor == "sqlite":
                    places = ", ".join("?" * len(columns))
                    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
                    connection.connection.executemany(sql, values)
                    continue
                copy_sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
                with connection.connection.cursor() as cursor, cursor.copy(copy_sql) as copy:
                    for row in values:
                        copy.write_row(row)

    def peer(self, rows: Rows) -> None:
        """The same rows as objects."""
        from django.db import transaction

        from pendamping.trail.writing import migrating

        with migrating(), transaction.atomic():
            for name, (columns, values) in rows.items():
                model = self.models[name]
                made_of = (dict(zip(columns, row, strict=True)) for row in values)
                model.objects.bulk_create([model(**each) for each in made_of], batch_size=2_000)

    def rows(self) -> Rows:
        """What the import left, as the driver gives it."""
        from django.db import connection

        found: Rows = {}
        for name in TABLES:
            columns = tuple(field.column for field in self.models[name]._meta.concrete_fields)
            table = self.models[name]._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
                found[name] = (columns, cursor.fetchall())
        return found

    def clear(self) -> None:
        """Empty the tables; the time for it is not measured.

        Marks of the poor stand for ever, so the triggers are taken off meanwhile, as only who owns a database
        can: this one is made for the bench and goes with it. They are back before anything is measured.
        """
        from django.db import connection

        from pendamping.trail.writing import migrating

        names = [*reversed(TABLES), *KEPT_BY_TRIGGERS]
        tables = [self.models[name]._meta.db_table for name in names]
        if connection.vendor == "sqlite":
            connection.connection.execute("PRAGMA cache_size = -32000")  # as the site has it
        with migrating(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # within a transaction none may wait
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with database.unsealed(cursor, tables):
                for table in tables:  # one by one: rooms above keep what they hold of a person
                    cursor.execute(f"DELETE FROM {table}")


def made(persons: int) -> bytes:
    """A made-up list in households of four, as CSV; three of four have a NIK."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(_people(persons))
    return text.getvalue().encode()


def _people(persons: int) -> Iterator[list[str]]:
    for place in range(persons):
        number, who = divmod(place, len(FAMILY))
        sex, age, relation = FAMILY[who]
        born = date(2003 - age - number % 9, number % 12 + 1, number % 28 + 1)
        rt = number // 60
        yield [
            str(number + 1), "", f"{rt // 10 % 90 + 1:02d}", f"{rt % 10 + 1:02d}", f"Gang {rt}/{number % 60}",
            f"{_word(place * 7919)} {_word(number)}", _nik(born, sex, place) if who < 3 else "", sex,
            born.strftime("%d/%m/%Y"), relation, "ya" if number % 5 == 0 else "tidak",
        ]  # fmt: skip


def _word(number: int) -> str:
    found = ""
    for _ in range(4):
        number, rest = divmod(number, len(SYLLABLES))
        found += SYLLABLES[rest]
    return found.capitalize()


def _nik(born: date, sex: str, place: int) -> str:
    district = f"32{place // 9999 % 70 + 1:02d}{place // 699930 + 1:02d}"
    return f"{district}{born.day + (40 if sex == 'P' else 0):02d}{born:%m%y}{place % 9999 + 1:04d}"
