"""What every book is made of, so that page, paper and workbook show the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.kernel.period import add_months


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the books: its first day, and its last one or today while it runs."""

    first: date
    last: date

    @property
    def key(self) -> str:
        """As it stands in an address: ``2004-05``."""
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> date:
        """The day before it."""
        return self.first - timedelta(days=1)


def month_of(first: date, today: date) -> Month:
    """The month that begins on a day.

    >>> month_of(date(2004, 2, 1), date(2005, 5, 12)).last
    datetime.date(2004, 2, 29)
    """
    end = add_months(first, 1) - timedelta(days=1)
    return Month(first, max(first, min(end, today)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, ``text``, ``date``, ``rupiah`` or ``number``, and its width in letters."""

    label: str
    kind: str = "text"
    width: int = 16


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; ``url``: the page of the record behind the row."""

    cells: tuple[Any, ...]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns, ``foot`` with the sums; the rows are read while they are passed on."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    foot: tuple[Any, ...] | None = None
    next: str | None = None  # the place after which a page goes on


@dataclass(frozen=True, slots=True)
class Tie:
    """Two figures that must be one, each with its name; whole rupiah."""

    here: str
    amount: int
    there: str
    other: int

    @property
    def holds(self) -> bool:
        """Whether they are."""
        return self.amount == self.other


@dataclass(frozen=True, slots=True)
class Book:
    """A book of a month: ``code`` and ``name`` by the guideline.

    ``more``: tables that only the workbook and the binder's paper have room for.
    """

    key: str
    code: str
    name: str
    tables: Sequence[Table]
    ties: Sequence[Tie] = ()
    more: Callable[[], Sequence[Table]] = tuple
