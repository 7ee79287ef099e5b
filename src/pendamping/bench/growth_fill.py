"""Earlier payments in bulk: a loan that was really paid back, copied with all its rows under new ids.

The template is a loan of the stage, paid back in ten sheets through the rooms' own actions. A copy has its
own ids, numbers and months; the seals of the trail are worked out one after the other, as they have to be.
So the books hold what the actions would have left there: ``pendamping books check`` finds no break in them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from pendamping.bench import database
from pendamping.kernel.period import add_months

EACH = 10  # payments of a loan
TOGETHER = 100  # loans that begin in the same month
MONTHS = 400  # so many months lie between the first loans and the last; then from the first again
AT_ONCE = 5_000  # loans in a transaction
IDS = 1_000  # ids of a copy at most
KEYED = ("loans_loan", "loans_sheet", "loans_repayment", "ledger_entry", "loans_consent")
NUMBERED = ("loans_loanmember", "loans_repaymentpart", "loans_sheetline", "ledger_line")
"""Tables by what the key of a row is: an id of ours, or a number that the database gives."""
VOUCHERS, EVENTS = "ledger_voucher", "trail_event"
_ID = re.compile(r"[0-9A-Z]{26}")


class Copies:
    """Copies of a loan that is paid back; ``made``: how many there are."""

    def __init__(self, ward: str, loan: str) -> None:
        from django.db import connection

        self.ward, self.loan, self.made = ward, loan, 0
        self.connection, self.postgres = connection, connection.vendor == "postgresql"
        self.places: dict[str, int] = {}
        self.deeds: list[tuple[Any, ...]] = []
        self.end: tuple[int, str] = (0, "")

    def upto(self, payments: int) -> None:
        """Make copies until there are so many payments in them."""
        from django.db import transaction

        from pendamping.trail.writing import migrating

        wanted = max(payments // EACH, 1)
        with migrating(), self.connection.cursor() as cursor:
            if not self.places:
                self._take_template(cursor)
            while self.made < wanted:
                until = min(self.made + AT_ONCE, wanted)
                with transaction.atomic():
                    self._add(cursor, until)
                self.made = until
            self._settle(cursor)

    def _add(self, cursor: Any, until: int) -> None:
        """The copies up to a number, in a transaction; the triggers are back at its end."""
        if self.postgres:  # within a transaction none may wait
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with database.unsealed(cursor, (*KEYED, *NUMBERED, VOUCHERS, EVENTS)):
            cursor.execute("DELETE FROM bench_copy")
            cursor.execute(_COPIES.format(first=self.made, last=until - 1))
            for table in (*KEYED, *NUMBERED):
                cursor.execute(self._copied(cursor, table))
            cursor.execute("DELETE FROM bench_last")
            year, entry = self._year(), self._new("t.entry_id")
            cursor.execute(_LAST.format(year=year))
            cursor.execute(_VOUCHERS.format(year=year, entry=entry))
            self._add_events(cursor, range(self.made, until))
        if self.postgres:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def _settle(self, cursor: Any) -> None:
        """The database knows its new size, and has nothing left to write of it."""
        cursor.execute("ANALYZE")
        if not self.connection.in_atomic_block:
            cursor.execute("CHECKPOINT" if self.postgres else "PRAGMA wal_checkpoint(TRUNCATE)")

    # --- the template, and what becomes of each of its columns ------------------------------------

    def _take_template(self, cursor: Any) -> None:
        """Its rows stand in small tables of their own; each id has its place."""
        for table in (*KEYED, *NUMBERED, VOUCHERS):
            cursor.execute(
                f"CREATE TABLE bench_{table} AS SELECT * FROM {table} WHERE {self._own(table)}"
            )
        for table in KEYED:
            cursor.execute(f"SELECT id FROM bench_{table} ORDER BY id")
            found = [one for (one,) in cursor.fetchall()]
            self.places |= {one: len(self.places) + at for at, one in enumerate(found)}
        cursor.execute("CREATE TABLE bench_of (old varchar(40) PRIMARY KEY, place integer)")
        cursor.executemany("INSERT INTO bench_of VALUES (%s, %s)", list(self.places.items()))
        cursor.execute("CREATE TABLE bench_copy (n bigint PRIMARY KEY, months integer)")
        cursor.execute("CREATE TABLE bench_last (year integer, model varchar(1), number integer)")
        cursor.execute(
            'SELECT verb, actor, record, "on", entered_at, data FROM trail_event'
            f" WHERE record = 'loan:{self.loan}' ORDER BY seq"
        )
        self.deeds = cursor.fetchall()

    def _own(self, table: str) -> str:
        """SQL that is true of the template's rows of a table."""
        of_loan = f"loan_id = '{self.loan}'"
        paid = f"SELECT id FROM loans_repayment WHERE {of_loan}"
        entries = (
            f"SELECT id FROM ledger_entry WHERE ref = 'loan:{self.loan}'"
            f" OR ref IN (SELECT 'repayment:' || id FROM ({paid}) paid)"
        )
        return {
            "loans_loan": f"id = '{self.loan}'",
            "loans_sheet": f"id IN (SELECT sheet_id FROM loans_repayment WHERE {of_loan})",
            "loans_repaymentpart": f"repayment_id IN ({paid})",
            "ledger_entry": f"id IN ({entries})",
            "ledger_line": f"entry_id IN ({entries})",
            "ledger_voucher": f"entry_id IN ({entries})",
        }.get(table, of_loan)

    def _copied(self, cursor: Any, table: str) -> str:
        """The statement that copies the template's rows of a table, in the order of the copies."""
        look, quote = self.connection.introspection, self.connection.ops.quote_name
        kinds = {
            one.name: look.get_field_type(one.type_code, one)
            for one in look.get_table_description(cursor, table)
            if one.name != "id" or table in KEYED
        }
        names = ", ".join(map(quote, kinds))
        values = ", ".join(
            self._value(table, name, str(kind), f"t.{quote(name)}") for name, kind in kinds.items()
        )
        return (
            f"INSERT INTO {table} ({names}) SELECT {values} FROM bench_copy c"
            f" CROSS JOIN bench_{table} t ORDER BY c.n, t.id"
        )

    def _value(self, table: str, name: str, kind: str, column: str) -> str:
        """What a copy has in a column: its own ids, numbers and months; all else as the template."""
        if name in ("id", "loan_id", "sheet_id", "repayment_id", "entry_id"):
            return self._new(column)
        if name == "ref":
            key = f"substr({column}, length({column}) - 25)"
            return f"substr({column}, 1, length({column}) - 26) || {self._new(key)}"
        if name == "number":
            return f"{column} + {_STEP[table]}"
        if kind == "DateField" and name != "entered_on":
            return self._later(column)
        return column

    def _new(self, column: str) -> str:
        """The id of a copy of a row: sorted as the copies are, and before every id made since."""
        place = f"c.n * {IDS} + (SELECT place FROM bench_of WHERE old = {column})"
        if self.postgres:
            return f"'0' || lpad(({place})::text, 25, '0')"
        return f"printf('0%025d', {place})"

    def _later(self, column: str) -> str:
        if self.postgres:
            return f"({column} + make_interval(months => c.months))::date"
        return f"date({column}, '+' || c.months || ' months')"

    def _year(self) -> str:
        """The year in which the entry of a copied voucher lies."""
        day = self._later('e."on"')
        return (
            f"extract(year FROM {day})::integer"
            if self.postgres
            else f"CAST(strftime('%Y', {day}) AS integer)"
        )

    # --- the trail --------------------------------------------------------------------------------

    def _add_events(self, cursor: Any, copies: Sequence[int]) -> None:
        """The template's events for each copy, sealed after the end of the ward's chain."""
        cursor.execute("SELECT seq, seal FROM trail_head WHERE ward = %s", [self.ward])
        self.end = cursor.fetchone()
        names = ", ".join(map(self.connection.ops.quote_name, _EVENT))
        if self.postgres:
            with cursor.copy(f"COPY {EVENTS} ({names}) FROM STDIN") as copy:
                for row in self._events(copies):
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(_EVENT))
            cursor.executemany(
                f"INSERT INTO {EVENTS} ({names}) VALUES ({marks})", self._events(copies)
            )
        sql = "UPDATE trail_head SET seq = %s, seal = %s WHERE ward = %s"
        cursor.execute(sql, [*self.end, self.ward])

    def _events(self, copies: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        from pendamping.trail import rules

        for n in copies:
            months = n // TOGETHER % MONTHS
            for verb, actor, record, on, entered_at, data in self.deeds:
                moment = entered_at if entered_at.tzinfo else entered_at.replace(tzinfo=UTC)
                event = rules.Sealed(
                    self.ward, self.end[0] + 1, verb, actor, self._renamed(record, n),
                    add_months(on, months), moment, self._renamed(data, n), self.end[1],
                )  # fmt: skip
                self.end = event.seq, rules.seal(event)
                day, at = (event.on, moment) if self.postgres else (str(event.on), str(entered_at))
                yield (
                    event.ward, event.seq, verb, actor, event.record, day, at, event.data,
                    event.previous, self.end[1],
                )  # fmt: skip

    def _renamed(self, text: str, n: int) -> str:
        """A text of the template with the ids of a copy."""
        return _ID.sub(lambda found: self._id(found.group(), n), text)

    def _id(self, old: str, n: int) -> str:
        place = self.places.get(old)
        if place is None:
            return old
        return f"0{n * IDS + place:025d}"


_STEP = {
    "loans_loan": "c.n + 1",
    "loans_sheet": f"c.n * {EACH} + {EACH}",
    "loans_repayment": f"c.n * {EACH} + {EACH}",
}
_EVENT = (
    "ward", "seq", "verb", "actor", "record", "on", "entered_at", "data", "previous", "seal",
)  # fmt: skip
_COPIES = f"""
INSERT INTO bench_copy
WITH RECURSIVE made(n) AS (SELECT {{first}} UNION ALL SELECT n + 1 FROM made WHERE n < {{last}})
SELECT n, n / {TOGETHER} - n / {TOGETHER} / {MONTHS} * {MONTHS} FROM made
"""
_OF = (
    "bench_copy c CROSS JOIN bench_ledger_voucher t JOIN bench_ledger_entry e ON e.id = t.entry_id"
)
_LAST = f"""
INSERT INTO bench_last
SELECT series.year, series.model, (SELECT COALESCE(MAX(number), 0) FROM ledger_voucher v
    WHERE v.ward = series.ward AND v.year = series.year AND v.model = series.model)
FROM (SELECT DISTINCT t.ward, {{year}} AS year, t.model FROM {_OF}) series
"""
_VOUCHERS = f"""
INSERT INTO ledger_voucher (entry_id, ward, year, model, number)
SELECT made.entry, made.ward, made.year, made.model, bench_last.number
    + row_number() OVER (PARTITION BY made.year, made.model ORDER BY made.n, made.number)
FROM (SELECT {{entry}} AS entry, t.ward, {{year}} AS year, t.model, c.n, t.number FROM {_OF}) made
JOIN bench_last ON bench_last.year = made.year AND bench_last.model = made.model
ORDER BY made.n, made.number
"""
