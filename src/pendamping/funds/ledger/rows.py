"""Entries as plain rows, and the statements that write them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from pendamping.funds.ledger.models import Entry, Line
from pendamping.trail.statements import Statement, insert

_LINE = ("entry_id", "no", "account_id", "amount")


class Row(NamedTuple):
    """An entry as it is stored; the names are those of the columns."""

    id: str
    ward: str
    on: date
    entered_on: date
    entered_at: datetime
    kind: str
    ref: str
    narration: str
    reversal_of_id: str | None = None


def stored(row: Row) -> Entry:
    """The entry that a row has become."""
    entry = Entry(**row._asdict())
    entry._state.adding = False
    return entry


def statements(
    entries: Sequence[Row], legs: Sequence[Sequence[tuple[str, int]]]
) -> list[Statement]:
    """The lines first, the entries last: the database looks at them when an entry arrives."""
    lines = [
        (entry.id, number, account, amount)
        for entry, of_entry in zip(entries, legs, strict=True)
        for number, (account, amount) in enumerate(of_entry, start=1)
    ]
    return [insert(Line, _LINE, lines), insert(Entry, Row._fields, entries)]
