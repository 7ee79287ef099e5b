"""From votes to seats: the order of the names, ties at the last seat, the share of women.

The *strength* of a name is ``(votes, votes of the first run-off, …, lot)``: a later figure tells apart only
those whom the earlier ones leave equal.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

SHOWN, TIES, RESERVED = "shown", "ties", "reserved"

Strength = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who has a seat for sure (strongest first), who is equal at the last seats, how many those are.

    ``following``: everybody else, strongest first, as they would move up.
    """

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    open: int
    following: tuple[str, ...]
    women: int
    needed: int

    @property
    def decided(self) -> bool:
        """Whether no seat waits for a run-off or a lot."""
        return not self.tied


def strength(
    votes: Mapping[str, int],
    runoffs: Sequence[Mapping[str, int]] = (),
    lots: Iterable[Sequence[str]] = (),
) -> dict[str, Strength]:
    """The strength of every name: its votes, then those of each run-off, then the lot (first drawn first).

    >>> strength({"A": 4, "B": 4}, [{"A": 7, "B": 9}])
    {'A': (4, 7, 0), 'B': (4, 9, 0)}
    """
    drawn: dict[str, int] = {}
    for order in lots:
        drawn |= {person: len(order) - place for place, person in enumerate(order)}
    return {
        person: (count, *(again.get(person, 0) for again in runoffs), drawn.get(person, 0))
        for person, count in votes.items()
    }


def women_needed(seats: int, percent: int) -> int:
    """The least number of women whose share of the seats reaches the percentage.

    >>> women_needed(9, 30)
    3
    """
    return -(-seats * percent // 100)


def ordered(standing: Mapping[str, Strength]) -> list[list[str]]:
    """Groups of equal names, strongest first."""
    names = sorted(standing, key=lambda person: (tuple(-n for n in standing[person]), person))
    return [list(group) for _key, group in groupby(names, key=lambda person: standing[person])]


def _by_votes(
    equal: Sequence[Sequence[str]], standing: Mapping[str, Strength]
) -> list[list[list[str]]]:
    """The same groups, those with as many votes together: run-offs and lots order within them."""
    return [
        [list(group) for group in alike]
        for _votes, alike in groupby(equal, key=lambda group: standing[group[0]][0])
    ]


def _turned(alike: Sequence[Sequence[Sequence[str]]], turn: int) -> list[list[str]]:
    """Names by votes, where equal ones begin further on: each is once the first and once the last."""
    return [
        [
            person
            for group in groups
            for person in (*group[turn % len(group) :], *group[: turn % len(group)])
        ]
        for groups in alike
    ]


def elect(
    standing: Mapping[str, Strength],
    seats: int,
    *,
    women: Collection[str] = (),
    women_percent: int = 0,
    way: str = SHOWN,
) -> Outcome:
    """Fill the seats in order of strength.

    ``way``: how women count towards ``women_percent``: ``shown`` (only told), ``ties`` (where votes are
    equal at the last seats, women come first until the share is reached), ``reserved`` (so many seats
    go to the strongest women, the others to the strongest of all the rest). Who would be in or out by
    the order alone in which equal names are written is tied.
    """
    needed = women_needed(seats, women_percent)
    is_woman = frozenset(women)
    groups = ordered(standing)
    alike = _by_votes(groups, standing)
    sure = possible = _filled(_turned(alike, 0), seats, is_woman, needed, way)
    if any(0 < len(sure & set(group)) < len(group) for group in groups):
        for turn in range(1, max(len(group) for group in groups)):
            filled = _filled(_turned(alike, turn), seats, is_woman, needed, way)
            sure, possible = sure & filled, possible | filled
    names = [person for group in groups for person in group]
    tied = possible - sure
    return Outcome(
        elected=tuple(person for person in names if person in sure),
        tied=tuple(person for person in names if person in tied),
        open=min(seats, len(names)) - len(sure),
        following=tuple(person for person in names if person not in possible),
        women=len(sure & is_woman),
        needed=needed,
    )


def _filled(
    groups: Sequence[Sequence[str]], seats: int, women: frozenset[str], needed: int, way: str
) -> set[str]:
    """Who sits, where names with as many votes come in the order of their group."""
    taken: list[str] = []
    if way == RESERVED:
        taken = [person for group in groups for person in group if person in women]
        taken = taken[: min(needed, seats)]
    for group in groups:
        rest = [person for person in group if person not in taken]
        room = seats - len(taken)
        if way == TIES and len(rest) > room:
            rest = _women_first(rest, women, needed - sum(one in women for one in taken))
        taken += rest[:room]
    return set(taken)


def _women_first(equal: Sequence[str], women: frozenset[str], wanted: int) -> list[str]:
    """Equal names with as many women in front as are wanted."""
    first = [person for person in equal if person in women][: max(wanted, 0)]
    return first + [person for person in equal if person not in first]


def following(
    standing: Mapping[str, Strength], without: Collection[str]
) -> tuple[tuple[str, ...], int]:
    """Who moves up when a seat falls free: the strongest names that are not among ``without``.

    One name, or several that are equal (a lot decides); and how many votes each has. Nobody: ``((), 0)``.

    >>> following({"A": (5,), "B": (3,), "C": (3,)}, {"A"})
    (('B', 'C'), 3)
    """
    left = {person: key for person, key in standing.items() if person not in without}
    groups = ordered(left)
    if not groups:
        return (), 0
    return tuple(groups[0]), left[groups[0][0]][0]
