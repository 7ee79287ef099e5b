"""A row of a foreign loan book becomes a loan of ours: plain where it can be, else with a segment.

Source: doors, *The loan book, exactly*; a rate is basis points of the principal a month.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from pendamping.funds.foreign.rules import cells
from pendamping.funds.foreign.rules.cells import Dirty, Row
from pendamping.funds.foreign.rules.mapping import ForeignMapping, Source
from pendamping.funds.loans.rules import plan
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.schedule import Instalment
from pendamping.funds.loans.rules.terms import Unit
from pendamping.kernel.money import divide
from pendamping.kernel.period import add_months, whole_months

MOST_RATE = 9_999
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan that came in. Amounts in whole smallest units; ``row``: where it stood."""

    row: Row
    loan_id: str
    ward: str
    group_id: str
    principal: int
    service: int
    instalments: int
    disbursed: date
    first_due: date
    every: tuple[int, Unit]

    @property
    def rate_bp(self) -> int:
        """The whole rate nearest to its service charge."""
        nearest = divide(self.service * 10_000, self.principal * self.instalments, "half-up")
        return min(nearest, MOST_RATE)

    @property
    def grace_months(self) -> int | None:
        """Whole months of grace; ``None`` where the days are not those of a plain loan."""
        if self.every != (1, "months"):
            return None
        months = whole_months(self.disbursed, self.first_due)
        if months < 1 or add_months(self.disbursed, months) != self.first_due:
            return None
        return months - 1

    @property
    def plain(self) -> bool:
        """Whether the columns of ``loans`` alone say all of it."""
        said = divide(self.principal * self.rate_bp * self.instalments, 10_000, "half-up")
        return said == self.service and self.grace_months is not None

    @property
    def schedule(self) -> list[Instalment]:
        """Its instalments."""
        if self.plain:
            return book_schedule(
                principal=self.principal,
                rate_bp=self.rate_bp,
                instalments=self.instalments,
                grace_months=self.grace_months or 0,
                disbursed=self.disbursed,
            )
        return plan.segment_rows(
            principal=self.principal,
            service=self.service,
            instalments=self.instalments,
            first_due=self.first_due,
            every=self.every,
        )


def text_of(row: Row, source: Source) -> str:
    """The text that a source gives in a row."""
    if source.fixed is not None:
        return source.fixed
    found = row.cells[source.column]
    if source.meanings is None:
        return found
    if found not in source.meanings:
        raise Dirty("value" if found else "missing", source.column, found)
    return source.meanings[found]


def name_of(source: Source) -> str:
    """What to call a source where something is wrong with it."""
    return source.column or (source.fixed or "")


class Reader:
    """Reads the values of a row, and keeps what is dirty in it, all at once."""

    def __init__(self, row: Row, values: Mapping[str, Source]) -> None:
        self.row, self.values = row, values

    def get(self, name: str, read: Callable[[str, str], _Read]) -> _Read | None:
        """A value; ``None`` where the cell is dirty."""
        source = self.values[name]
        try:
            return read(text_of(self.row, source), name_of(source))
        except Dirty as error:
            self.row.dirty(error)
            return None

    def wrong(self, name: str, problem: str, **values: object) -> None:
        """A value that does not go with the others."""
        source = self.values[name]
        self.row.dirty(Dirty(problem, name_of(source), text_of(self.row, source), **values))


def word(text: str, column: str) -> str:
    """A text that is there."""
    if not text:
        raise Dirty("missing", column, text)
    return text


def lent(row: Row, mapping: ForeignMapping) -> Lent | None:
    """The loan of a row; ``None`` where it is dirty, with every reason kept in the row."""
    values, writing = mapping.loans.values, mapping.writing
    reader = Reader(row, values)
    loan_id, ward, group = (reader.get(name, word) for name in ("loan_id", "ward", "group_id"))
    principal = reader.get("principal", lambda t, c: cells.amount(t, c, writing, least=1))
    disbursed = reader.get("disbursed", lambda t, c: cells.day(t, c, writing))
    instalments = reader.get("instalments", lambda t, c: cells.count(t, c, writing))
    first_due = _first_due(reader, mapping, disbursed)
    service = _service(reader, mapping, principal, instalments)
    if row.reasons or not (loan_id and ward and group and principal and instalments):
        return None
    if disbursed is None or first_due is None or service is None:
        return None
    return Lent(row, loan_id, ward, group, principal, service, instalments,
                disbursed, first_due, mapping.loans.every)  # fmt: skip


def _first_due(reader: Reader, mapping: ForeignMapping, disbursed: date | None) -> date | None:
    """The first day on which something is due: as the file says, or one period after the loan."""
    if "first_due" in reader.values:
        found = reader.get("first_due", lambda t, c: cells.day(t, c, mapping.writing))
        if found and disbursed and found <= disbursed:
            reader.wrong("first_due", "due", disbursed=disbursed)
        return found
    if disbursed is None:
        return None
    number, unit = mapping.loans.every
    if unit == "months":
        return add_months(disbursed, number)
    return disbursed + timedelta(days=number * (7 if unit == "weeks" else 1))


def _service(
    reader: Reader, mapping: ForeignMapping, principal: int | None, instalments: int | None
) -> int | None:
    """The whole service charge: as it stands, as what is due above the principal, or by a rate."""
    writing = mapping.writing
    if "service" in reader.values:
        return reader.get("service", lambda t, c: cells.amount(t, c, writing))
    if "total_due" in reader.values:
        due = reader.get("total_due", lambda t, c: cells.amount(t, c, writing))
        if due is None or principal is None:
            return None
        if due < principal:
            reader.wrong("total_due", "owed")
        return due - principal
    rate = reader.get("rate_percent", lambda t, c: cells.number(t, c, writing))
    if rate is None or principal is None or instalments is None:
        return None
    if rate < 0:
        reader.wrong("rate_percent", "least", least=0)
        return None
    return divide(principal * instalments * rate.numerator, 100 * rate.denominator, "half-up")
