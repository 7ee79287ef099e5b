"""What each member of a loan has paid, kept from payment to payment. Pure Python.

The same as :func:`.joint.states` on the whole history, to the rupiah, where a loan runs by its first
schedule of the usual terms and a payment comes on a later day than all before it: then what was paid for
each member so far is all that the next payment needs to know. Source: :mod:`.joint`.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from operator import add
from typing import NamedTuple

from pendamping.funds.loans.rules.joint import RESERVE, MemberState, Part, give
from pendamping.funds.loans.rules.plain import PlainTerms
from pendamping.funds.loans.rules.shares import apportion


class Kept(NamedTuple):
    """A member's part of the loan, and what was paid for it as in :class:`.joint.MemberState`, whole rupiah."""

    amount: int
    own: int = 0
    others: int = 0
    reserve: int = 0
    unnamed: int = 0

    @property
    def paid(self) -> int:
        """All that was paid for her."""
        return self.own + self.others + self.reserve + self.unnamed


def of_states(states: Iterable[MemberState]) -> list[Kept]:
    """What is kept of members' accounts, in their order."""
    return [Kept(one.amount, one.own, one.others, one.reserve, one.unnamed) for one in states]


def written(kept: Iterable[Kept]) -> str:
    """As it is stored with the loan.

    >>> written([Kept(500_000, own=57_500), Kept(250_000, unnamed=20)])
    '[[500000,57500,0,0,0],[250000,0,0,0,20]]'
    """
    return _AS_TEXT(list(kept))


_AS_TEXT = json.JSONEncoder(separators=(",", ":")).encode


def read(text: str) -> list[Kept]:
    """From what is stored; raises ``ValueError`` or ``TypeError`` where it is damaged."""
    rows, end = _FROM_TEXT(text)
    if end != len(text):
        raise ValueError("more than is kept of members")
    return [Kept(*row) for row in rows]


_FROM_TEXT = json.JSONDecoder().raw_decode


def owed(terms: PlainTerms, kept: Sequence[Kept], upto: int) -> list[int]:
    """What each member owes of the first so many instalments, whole rupiah.

    >>> loan = PlainTerms(1_000_000, 150, 10, 1, date(2004, 5, 12))
    >>> owed(loan, [Kept(500_000), Kept(300_000), Kept(200_000)], 1)
    [57500, 34500, 23000]
    """
    weights = [one.amount for one in kept]
    principal, service = terms.first(upto)
    return list(map(add, apportion(principal, weights), apportion(service, weights)))


def unnamed(terms: PlainTerms, kept: Sequence[Kept], on: date, amount: int) -> list[Kept]:
    """With a payment that names nobody: first for what is due on its day, then for what is to come."""
    paid, given = [one.paid for one in kept], [0] * len(kept)
    rest = amount
    for upto in (terms.due(on), terms.instalments):
        if not rest:
            break
        whole = owed(terms, kept, upto)
        lacking = [max(0, due - had) for due, had in zip(whole, paid, strict=True)]
        rest = give(min(rest, sum(lacking)), lacking, paid, given, rest)
    if rest:
        weights = apportion(terms.principal, [one.amount for one in kept])
        give(rest, weights, paid, given, rest)
    return [
        Kept(one.amount, one.own, one.others, one.reserve, one.unnamed + more)
        for one, more in zip(kept, given, strict=True)
    ]


def named(kept: Sequence[Kept], persons: Sequence[str], parts: Iterable[Part]) -> list[Kept]:
    """With a payment whose parts say who gave for whom; ``persons``: the members' ids in their order."""
    found = list(kept)
    for part in parts:
        place = persons.index(part.person)
        amount, own, others, reserve, without = found[place]
        if part.payer == RESERVE:
            reserve += part.amount
        elif part.payer == part.person:
            own += part.amount
        else:
            others += part.amount
        found[place] = Kept(amount, own, others, reserve, without)
    return found


def behind(terms: PlainTerms, kept: Sequence[Kept], on: date) -> list[int]:
    """What is due of each by the end of a day and not paid for her."""
    return _lacking(owed(terms, kept, terms.due(on)), kept)


def left(terms: PlainTerms, kept: Sequence[Kept]) -> list[int]:
    """What each still owes in all."""
    return _lacking(owed(terms, kept, terms.instalments), kept)


def _lacking(whole: Iterable[int], kept: Iterable[Kept]) -> list[int]:
    lacking = [
        due - own - others - reserve - unnamed
        for due, (_, own, others, reserve, unnamed) in zip(whole, kept, strict=True)
    ]
    return [one if one > 0 else 0 for one in lacking]
