"""Joint liability as accounting: what each member owes, who paid it, who owes whom. Pure Python.

Source: handbook 4.1 (all members answer for all loans of the group; the joint-liability money of
accounts 11022 and 21020); the account of who owes whom is our design.

Money belongs to the member for whom it was paid. Where a payment names nobody, it counts first for
what is due that day, by what each lacks of it, then for what is still to come. All of it is worked
out anew from what happened when; the order of entry never matters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pendamping.funds.loans.rules.schedule import Instalment
from pendamping.funds.loans.rules.shares import Due, apportion, shares

RESERVE = ""
"""Who pays where the group's joint-liability savings do."""


@dataclass(frozen=True, slots=True)
class Part:
    """Whole rupiah of a payment that ``payer`` (a person's id, or :data:`RESERVE`) gave for a member."""

    payer: str
    person: str
    amount: int


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment for the group's loan with the parts that its sheet names (none: nobody was named)."""

    on: date
    amount: int
    parts: tuple[Part, ...] = ()
    reversed_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it stands at the end of a day."""
        return self.on <= day and (self.reversed_on is None or day < self.reversed_on)


@dataclass(frozen=True, slots=True)
class PaidBack:
    """A member gives back what was paid for her, to ``creditor`` (or into the reserve)."""

    debtor: str
    creditor: str
    on: date
    amount: int
    reversed_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it stands at the end of a day."""
        return self.on <= day and (self.reversed_on is None or day < self.reversed_on)


@dataclass(frozen=True, slots=True)
class MemberState:
    """A member's account of the group's loan at the end of a day, whole rupiah.

    ``amount``: principal that she borrowed; ``dues``: her part of every instalment; ``due``: what of
    it was due by the day. ``own``, ``others``, ``reserve``, ``unnamed``: what was paid for her by
    herself, by other members, out of the group's savings, and without a name. ``kept``: of what she
    paid too much, what the books keep for the group (21010); the rest of it stands in for others.
    ``carried``: what was paid for her under schedules before the one in force.
    """

    person_id: str
    name: str
    amount: int
    dues: tuple[Due, ...]
    due: int
    own: int = 0
    others: int = 0
    reserve: int = 0
    unnamed: int = 0
    kept: int = 0
    carried: int = 0

    @property
    def paid(self) -> int:
        """All that was paid for her."""
        return self.own + self.others + self.reserve + self.unnamed

    @property
    def owed(self) -> int:
        """Principal and service of the whole loan, as it stands by the schedule in force."""
        return self.carried + _sum(self.dues)

    @property
    def left(self) -> int:
        """What she still owes in all."""
        return max(0, self.owed - self.paid)

    @property
    def behind(self) -> int:
        """What is due and not paid for her."""
        return max(0, self.due - self.paid)

    @property
    def over(self) -> int:
        """What was paid for her beyond all that she owes."""
        return max(0, self.paid - self.owed)

    def missing(self) -> list[int]:
        """What is unpaid of each of her instalments, the oldest filled first."""
        rest, found = self.paid - self.carried, []
        for row in self.dues:
            filled = min(rest, row.total)
            rest -= filled
            found.append(row.total - filled)
        return found


def states(
    stages: Sequence[tuple[date, Sequence[Instalment]]],
    members: Sequence[tuple[str, str, int]],
    payments: Iterable[Paid],
    on: date,
) -> list[MemberState]:
    """Every member's account at the end of a day; ``members``: (person id, name, principal).

    ``stages``: every schedule that was in force, with its first day. A new schedule is shared out by
    what each member still owed under the one before it. Members' dues add up to the group's, what was
    paid for them to what the group paid.
    """
    counting = [one for one in payments if one.counts_on(on)]
    persons = [person for person, _, _ in members]
    weights = [amount for _, _, amount in members]
    carried = [0] * len(members)
    unnamed = [0] * len(members)
    own = shares((), weights)
    ends = [start for start, _ in stages[1:]] + [date.max]
    for (start, rows), end in zip(stages, ends, strict=True):
        own = shares(rows, weights)
        here = [one for one in counting if start <= one.on < end]
        paid, without = _paid(own, persons, here)
        unnamed = [old + new for old, new in zip(unnamed, without, strict=True)]
        if end != date.max:
            lacking = [max(0, _sum(dues) - had) for dues, had in zip(own, paid, strict=True)]
            weights = lacking if any(lacking) else weights
            carried = [old + new for old, new in zip(carried, paid, strict=True)]
    named = _named(counting)
    found = [
        MemberState(
            person,
            name,
            amount,
            tuple(dues),
            before + _sum(row for row in dues if row.due <= on),
            *named.get(person, (0, 0, 0)),
            unnamed=without,
            carried=before,
        )
        for (person, name, amount), dues, without, before in zip(
            members, own, unnamed, carried, strict=True
        )
    ]
    return _with_kept(found)


def _sum(dues: Iterable[Due]) -> int:
    return sum(row.total for row in dues)


def _with_kept(found: list[MemberState]) -> list[MemberState]:
    group_over = max(0, sum(one.paid - one.owed for one in found))
    kept = apportion(group_over, [one.over for one in found])
    return [replace(one, kept=part) for one, part in zip(found, kept, strict=True)]


def _named(counting: Iterable[Paid]) -> dict[str, tuple[int, int, int]]:
    """(own, others, reserve) by person of all parts that name one."""
    sums: dict[str, list[int]] = {}
    for payment in counting:
        for part in payment.parts:
            into = sums.setdefault(part.person, [0, 0, 0])
            into[2 if part.payer == RESERVE else 0 if part.payer == part.person else 1] += (
                part.amount
            )
    return {person: (into[0], into[1], into[2]) for person, into in sums.items()}


def _paid(
    own: Sequence[Sequence[Due]], persons: Sequence[str], counting: Iterable[Paid]
) -> tuple[list[int], list[int]]:
    """What counts for each member of some payments in all, and of it what names nobody, day by day."""
    payments = list(counting)
    paid = [0] * len(persons)
    unnamed = [0] * len(persons)
    for day in sorted({one.on for one in payments}):
        rest = 0
        for payment in payments:
            if payment.on == day:
                for part in payment.parts:
                    paid[persons.index(part.person)] += part.amount
                rest += 0 if payment.parts else payment.amount
        if not rest:  # every payment of the day says whose it is
            continue
        for until in (day, date.max):
            lacking = [
                max(0, _sum(row for row in dues if row.due <= until) - had)
                for dues, had in zip(own, paid, strict=True)
            ]
            rest = give(min(rest, sum(lacking)), lacking, paid, unnamed, rest)
        give(rest, [sum(row.principal for row in dues) for dues in own], paid, unnamed, rest)
    return paid, unnamed


def give(
    amount: int, weights: Sequence[int], paid: list[int], unnamed: list[int], rest: int
) -> int:
    """Share an amount out among members; returns what is left of ``rest``.

    ``paid``, ``unnamed``: what counts for each, and of it what names nobody; both grow by her share.
    """
    for place, part in enumerate(apportion(amount, weights) if amount else ()):
        paid[place] += part
        unnamed[place] += part
    return rest - amount


def debts(
    payments: Iterable[Paid], paid_back: Iterable[PaidBack], on: date
) -> dict[tuple[str, str], int]:
    """Who owes whom at the end of a day: ``{(debtor, creditor): whole rupiah}``, never nothing.

    Two who paid for each other owe only the difference. A creditor or debtor :data:`RESERVE` is the
    group's joint-liability savings.
    """
    sums: dict[tuple[str, str], int] = {}
    for payment in payments:
        for part in payment.parts if payment.counts_on(on) else ():
            if part.payer != part.person:
                _owe(sums, part.person, part.payer, part.amount)
    for one in paid_back:
        if one.counts_on(on):
            _owe(sums, one.debtor, one.creditor, -one.amount)
    return {pair: amount for pair, amount in sorted(sums.items()) if amount > 0} | {
        (creditor, debtor): -amount
        for (debtor, creditor), amount in sorted(sums.items())
        if amount < 0
    }


def _owe(sums: dict[tuple[str, str], int], debtor: str, creditor: str, amount: int) -> None:
    if (creditor, debtor) in sums:
        sums[creditor, debtor] -= amount
    else:
        sums[debtor, creditor] = sums.get((debtor, creditor), 0) + amount


def least_owed(
    payments: Iterable[Paid],
    paid_back: Iterable[PaidBack],
    pair: tuple[str, str],
    since: date,
) -> int:
    """The least that a debtor owes a creditor at the end of any day from ``since`` on.

    What is entered late may not pay back more than was owed on any day after it.
    """
    known, back = list(payments), list(paid_back)
    days = {since}
    events: list[Paid | PaidBack] = [*known, *back]
    for one in events:
        days |= {day for day in (one.on, one.reversed_on) if day and day > since}
    return min(_signed(known, back, pair, day) for day in days)


def _signed(
    payments: list[Paid], paid_back: list[PaidBack], pair: tuple[str, str], on: date
) -> int:
    found: Mapping[tuple[str, str], int] = debts(payments, paid_back, on)
    return found.get(pair, 0) - found.get((pair[1], pair[0]), 0)
