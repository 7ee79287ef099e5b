"""Matching the lines of a bank statement with those of the bank book. Pure Python.

Source: our own design; handbook 4.5 knows the bank book (U4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason

MISSING = "upk.bank.missing"
"""The clause of a month that no statement covers."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the statement or of the book; ``amount`` in positive; ``said``: reference and text."""

    id: str
    on: date
    amount: int
    said: str = ""


def propose(bank: Sequence[Item], book: Sequence[Item], days: int) -> list[tuple[str, str]]:
    """Pairs that belong together: the same amount within so many days; a shared reference first, then
    the nearest day. Each line is used once.

    >>> day = date(2005, 4, 4)
    >>> propose([Item("b", day, 500)], [Item("x", date(2005, 4, 1), 500), Item("y", day, 400)], 5)
    [('b', 'x')]
    """
    able = sorted(
        (not _shared(one, two), abs((one.on - two.on).days), one.on, two.on, one.id, two.id)
        for one in bank
        for two in book
        if one.amount == two.amount and abs((one.on - two.on).days) <= days
    )
    used: set[tuple[str, str]] = set()
    pairs = []
    for *_rank, one_id, two_id in able:
        if ("bank", one_id) in used or ("book", two_id) in used:
            continue
        used |= {("bank", one_id), ("book", two_id)}
        pairs.append((one_id, two_id))
    return pairs


def _shared(one: Item, two: Item) -> bool:
    """Whether both name the same number: a word of four signs or more with a digit in it."""
    words = [
        {
            word
            for word in item.said.lower().split()
            if len(word) > 3 and any(map(str.isdigit, word))
        }
        for item in (one, two)
    ]
    return bool(words[0] & words[1])


def match_problems(bank: Sequence[Item], book: Sequence[Item]) -> list[Reason]:
    """Why these lines cannot be matched by hand."""
    if not bank or not book:
        return [
            Reason(
                "upk.bank.both",
                "Choose lines of the statement and lines of the book.",
                {},
                {"field": "bank"},
            )
        ]
    sums = [sum(one.amount for one in side) for side in (bank, book)]
    if sums[0] == sums[1]:
        return []
    return [
        Reason(
            "upk.bank.sums",
            "The statement's lines come to {bank}, those of the book to {book}.",
            {"bank": format_rupiah(sums[0]), "book": format_rupiah(sums[1])},
            {"field": "bank"},
        )
    ]


@dataclass(frozen=True, slots=True)
class Balances:
    """A bank account at the end of a day; sums in whole rupiah, in positive.

    ``statement``: its balance by the statement, ``None`` where no statement covers the day.
    """

    on: date
    statement: int | None
    book: int
    open_bank: tuple[Item, ...] = ()
    open_book: tuple[Item, ...] = ()

    @property
    def expected(self) -> int:
        """The statement with what the bank does not know yet, without what the book does not know."""
        on_way = sum(one.amount for one in self.open_book)
        return (self.statement or 0) + on_way - sum(one.amount for one in self.open_bank)

    @property
    def difference(self) -> int:
        """What the book holds more than the statement and the open items explain."""
        return self.book - self.expected


def problems(found: Balances, name: str) -> list[Reason]:
    """Why the account is not reconciled."""
    where = {"check": "bank"}
    if found.statement is None:
        return [
            Reason(
                MISSING,
                "{name}: no statement covers {day}.",
                {"name": name, "day": found.on.isoformat()},
                where,
            )
        ]
    wrong = []
    if found.open_bank:
        wrong.append(
            Reason(
                "upk.bank.open",
                "{name}: lines of the statement that the book does not have: {count}.",
                {"name": name, "count": len(found.open_bank)},
                where,
            )
        )
    if found.difference:
        wrong.append(
            Reason(
                "upk.bank.difference",
                "{name}: book and statement differ by {off}, which no open line explains.",
                {"name": name, "off": format_rupiah(found.difference)},
                where,
            )
        )
    return wrong
