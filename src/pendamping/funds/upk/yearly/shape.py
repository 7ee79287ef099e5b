"""What the account of a year is made of, so that page, paper and workbook say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pendamping.funds.upk.books.shape import Book, Column, Row, Table, Tie
from pendamping.funds.upk.rules.yearly import Span

RUPIAH = 18


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: sentences, then tables, then figures that must be one."""

    key: str
    title: str
    says: Sequence[str] = ()
    tables: Sequence[Table] = ()
    ties: Sequence[Tie] = ()

    def as_book(self) -> Book:
        """As a sheet of a workbook; what it says stands under its tables."""
        said = [Table(_("Notes"), [Column("", "text", 34)], [Row((one,)) for one in self.says])]
        return Book(
            self.key, "", self.title, [*self.tables, *(said if self.says else ())], self.ties
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What the meeting is asked: ``subject`` and ``text`` of the decision, the meetings in which it can be recorded
    (id, words), and the meeting that took it (``met``, with what stands against it)."""

    subject: str
    text: str
    kind: str
    places: Sequence[tuple[str, str]] = ()
    met: Any = None
    against: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a year. ``state``: in words how final it is; ``final``: nothing of it can change any more but by
    reopening the year. ``keepers``: who answers for it, as (duty, names)."""

    ward: str
    span: Span
    state: str
    final: bool
    keepers: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    decisions: Sequence[Decision]


Builder = Callable[[str, Span], Part]


def money(label: str) -> Column:
    """A column of whole rupiah."""
    return Column(label, "rupiah", RUPIAH)


def text(label: str, width: int = 34) -> Column:
    """A column of words."""
    return Column(label, "text", width)


def number(label: str, width: int = 14) -> Column:
    """A column of numbers."""
    return Column(label, "number", width)
