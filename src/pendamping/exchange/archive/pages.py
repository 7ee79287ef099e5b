"""What a page of the archive holds: words and tables, no markup. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MOST_ROWS = 400  # of a table on one page; the CSV beside it holds all


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. ``numbers``: columns that hold sums or counts; ``nothing``: said where no row is."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    nothing: str = ""
    note: str = ""


@dataclass(slots=True)
class Page:
    """A page: ``name`` of its file without ending; ``texts``: headings with what was written under them."""

    name: str
    title: str
    lead: str = ""
    tables: list[Table] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(
        default_factory=list
    )  # path from the archive's root, what it is


def table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    nothing: str,
    note: str = "",
) -> Table:
    """A table of values: sums grouped, days as they are written, nothing as a dash.

    >>> table("Kas", ["Pos", "Rp"], [["Fisik", 1500000], ["Sosial", None]], "-").rows
    (('Fisik', '1.500.000'), ('Sosial', '–'))
    """
    kinds = zip(*rows, strict=True) if rows else ()
    numbers = {
        at for at, column in enumerate(kinds)
        if any(_is_number(one) for one in column) and all(one is None or _is_number(one) for one in column)
    }  # fmt: skip
    written = tuple(tuple(_written(one) for one in row) for row in rows)
    return Table(caption, tuple(columns), written, frozenset(numbers), nothing, note)


def _is_number(one: Any) -> bool:
    return isinstance(one, int) and not isinstance(one, bool)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def _written(one: Any) -> str:
    if one is None or one == "":
        return "–"
    if isinstance(one, bool):
        return "ya" if one else "tidak"
    if isinstance(one, int):
        return f"{one:,}".replace(",", ".")
    if isinstance(one, date):
        return f"{one.day} {MONTHS[one.month - 1]} {one.year}"
    return str(one)
