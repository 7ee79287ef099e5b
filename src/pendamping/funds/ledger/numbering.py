"""Numbers of vouchers: each entry has one, gapless within ward, model and year, never changed.

They are given as the last step of an action, while it holds the end of the ward's trail, which every
action takes last. So the order is that in which entries come into the books, whatever their dates: a
late entry gets the next number of its year, and nothing waits for a number that could be taken back.
Why not earlier: ADR 0023.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from pendamping.funds.ledger.models import Entry, Voucher
from pendamping.funds.ledger.rules.entries import Leg
from pendamping.funds.ledger.rules.vouchers import model_of
from pendamping.trail.actions import end_of_chain
from pendamping.trail.statements import Statement, insert, read, run
from pendamping.trail.writing import before_the_end

Series = tuple[str, int]
"""Model and year."""

_VOUCHER = ("entry_id", "ward", "year", "model", "number")


def number_later(entry: Entry, legs: Iterable[Leg]) -> None:
    """Give the entry its number when the action ends; ``legs`` by account key."""
    before_the_end(_number, (entry, model_of(legs, entry.kind)))


def _number(waiting: Sequence[tuple[Entry, str]]) -> None:
    for ward in sorted({entry.ward for entry, _ in waiting}):
        own = [one for one in waiting if one[0].ward == ward]
        series = series_of(own)
        _held, *last = run(end_of_chain(ward), *(last_asked(ward, one) for one in series))
        run(given(own, last_read(series, last)))


class Written(Protocol):
    """What a number needs to know of an entry."""

    @property
    def id(self) -> str: ...
    @property
    def ward(self) -> str: ...
    @property
    def on(self) -> date: ...


def series_of(entries: Iterable[tuple[Entry, str]]) -> list[Series]:
    """The series that entries with their models run in."""
    return sorted({(model, entry.on.year) for entry, model in entries})


def last_asked(ward: str, series: Series) -> Statement:
    """Reads the last number of a series; the end of the ward's trail is held before it."""
    sql = "SELECT MAX(number) FROM ledger_voucher WHERE ward = %s AND year = %s AND model = %s"
    return read(sql, ward, series[1], series[0])


def last_read(
    series: Iterable[Series], found: Iterable[Sequence[Sequence[int | None]]]
) -> dict[Series, int]:
    """The last number of each series, from what :func:`last_asked` read of each; 0 before the first."""
    return {one: rows[0][0] or 0 for one, rows in zip(series, found, strict=True)}


def given(entries: Iterable[tuple[Written, str]], last: Mapping[Series, int]) -> Statement:
    """The statement that gives entries, at least one, the numbers after the last of their series."""
    running = dict(last)
    rows = []
    for entry, model in entries:
        series = (model, entry.on.year)
        running[series] += 1
        rows.append((entry.id, entry.ward, entry.on.year, model, running[series]))
    return insert(Voucher, _VOUCHER, rows)
