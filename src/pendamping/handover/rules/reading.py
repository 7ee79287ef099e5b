"""What the criteria of the hand-over find in the record, one function each; its docstring is the rule.

Source: handbook 8.4, our design. ``have`` of ``wanted``; ``records``: stable ids of what is behind a figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.kernel.period import add_months

WORDS = ("met", "unmet", "none")
"""``none``: there is nothing to judge, as a loan book before the first loan: neither met nor unmet."""

SILENT: Mapping[str, tuple[int, int]] = {
    # criterion: (at least, within months) where a text is silent
    "volunteers_active": (9, 3),
    "units_trained": (2, 0),
    "books_closed": (3, 0),
    "own_review": (1, 12),
    "complaints_local": (0, 12),
    "user_groups": (100, 0),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as the guideline writes it. ``signs``: it is the signing itself, which nothing else shows."""

    key: str
    at_least: int
    within_months: int
    signs: bool = False


def read_criteria(section: Mapping[str, Mapping[str, Any]]) -> dict[str, Criterion]:
    """The criteria of the section ``handover`` in its order."""
    found = {}
    for key, said in section.items():
        least, months = SILENT.get(key, (1, 12))
        found[key] = Criterion(
            key,
            int(said.get("at_least", least)),
            int(said.get("within_months", months)),
            "signs" in said,
        )
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """What a criterion finds on a day: the word, the figure, the records behind it."""

    criterion: str
    word: str
    have: int = 0
    wanted: int = 0
    records: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether it is met."""
        return self.word == "met"

    def kept(self) -> dict[str, Any]:
        """As a sign-off keeps it."""
        return {"criterion": self.criterion, "word": self.word, "have": self.have, "wanted": self.wanted}  # fmt: skip


def waits_for(found: Iterable[Found]) -> list[Found]:
    """What stands between the ward and the hand-over: criteria that are not met."""
    return [one for one in found if one.word == "unmet"]


def _judged(key: str, have: int, wanted: int, records: Iterable[str]) -> Found:
    return Found(key, "met" if have >= wanted else "unmet", have, wanted, tuple(records))


def volunteers(asked: Criterion, on: date, last: Iterable[tuple[str, date]]) -> Found:
    """Cadres with a sign of work (a roll, a training, a deed; joining is one) within the months named, of those
    who have not left, are at least so many.

    >>> two = [("cadre:a", date(2005, 4, 1)), ("cadre:b", date(2005, 1, 1))]
    >>> found = volunteers(Criterion("volunteers_active", 2, 3), date(2005, 5, 1), two)
    >>> found.word, found.have, found.wanted, found.records
    ('unmet', 1, 2, ('cadre:a',))
    """
    active = [record for record, day in last if add_months(day, asked.within_months) > on]
    return _judged(asked.key, len(active), asked.at_least, active)


def units(asked: Criterion, trained: Iterable[tuple[str, int]], expected: int) -> Found:
    """Each unit (UP) of the guideline is there, and so many of those who sit in it came to a training. ``trained``:
    record of a unit and how many of it came to one; ``expected``: how many units the guideline knows.

    >>> units(Criterion("units_trained", 2, 0), [("body:upk", 3), ("body:upl", 1)], 3).have
    1
    """
    known = list(trained)
    ready = [record for record, count in known if count >= asked.at_least]
    if not expected:
        return Found(asked.key, "none")
    return _judged(asked.key, len(ready), expected, [record for record, _count in known])


@dataclass(frozen=True, slots=True)
class Month:
    """A month whose close is due: its record (empty: not closed), whether in time, approved, what its close left
    open of the cards, the bank and the books (number of objections)."""

    record: str
    in_time: bool
    approved: bool
    objections: int = 0

    @property
    def alone(self) -> bool:
        """Closed in time by the unit, and approved by the board."""
        return bool(self.record) and self.in_time and self.approved


def books(asked: Criterion, months: Sequence[Month]) -> Found:
    """The last months whose close was due, so many, were each closed in time by the unit's own officers and
    approved by the board; a facilitator can do neither. ``months``: the latest first."""
    last = months[: asked.at_least]
    alone = [one.record for one in last if one.alone]
    return _judged(asked.key, len(alone), asked.at_least, [one.record for one in last if one.record])  # fmt: skip


def loan_book(asked: Criterion, months: Sequence[Month], lent: bool) -> Found:
    """The last month whose close was due is closed, and its close found nothing against the cards, the bank and
    the books. Nothing to judge before the first loan."""
    if not lent:
        return Found(asked.key, "none")
    last = months[0] if months else Month("", False, False)
    good = bool(last.record) and not last.objections
    return _judged(asked.key, int(good), 1, [last.record] if last.record else [])


@dataclass(frozen=True, slots=True)
class Behind:
    """A loan that is behind: its record, and whether a step of collection is due that nobody has taken."""

    record: str
    overdue: bool


def arrears(asked: Criterion, behind: Sequence[Behind], lent: bool) -> Found:
    """Of every loan that is behind, each step of collection was taken when it was due. Nothing to judge before the
    first loan; met where nobody is behind."""
    if not lent:
        return Found(asked.key, "none")
    followed = sum(not one.overdue for one in behind)
    return _judged(asked.key, followed, len(behind), [one.record for one in behind])


@dataclass(frozen=True, slots=True)
class Yearly:
    """A yearly meeting that was held with its quorum and whose minutes are signed; who called it."""

    record: str
    on: date
    by_facilitator: bool


def own_review(asked: Criterion, on: date, held: Iterable[Yearly]) -> Found:
    """Within the months named the yearly meeting was held with its quorum, its minutes are signed, and somebody
    else than the facilitator called it."""
    first = add_months(on, -asked.within_months)
    within = [one for one in held if first < one.on <= on]
    own = [one.record for one in within if not one.by_facilitator]
    return _judged(asked.key, min(len(own), 1), 1, own or [one.record for one in within])


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint: its record, the day it came, whether a limit was not kept, whether a facilitator answered or
    closed it."""

    record: str
    on: date
    overdue: bool
    by_facilitator: bool


def complaints(asked: Criterion, on: date, came: Iterable[Case]) -> Found:
    """Every complaint of the months named was kept within its limits, and none was answered or closed by the
    facilitator. Nothing to judge where none came in."""
    first = add_months(on, -asked.within_months)
    within = [one for one in came if first < one.on <= on]
    if not within:
        return Found(asked.key, "none")
    own = [one for one in within if not (one.overdue or one.by_facilitator)]
    return _judged(asked.key, len(own), len(within), [one.record for one in within])


def user_groups(asked: Criterion, works: Iterable[tuple[str, bool]]) -> Found:
    """Of the works that are finished, at least so many per cent have a user group (KPP) that keeps them. Nothing to
    judge before the first is finished. ``works``: record, and whether it has one.

    >>> user_groups(Criterion("user_groups", 100, 0), [("grant:a", True), ("grant:b", False)]).word
    'unmet'
    """
    known = list(works)
    if not known:
        return Found(asked.key, "none")
    kept = sum(has for _record, has in known)
    word = "met" if 100 * kept >= asked.at_least * len(known) else "unmet"
    return Found(asked.key, word, kept, len(known), tuple(record for record, _has in known))
