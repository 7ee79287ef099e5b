"""What each group of voters named: the voters of an RT, women and men; never so few that a ballot is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from pendamping.planning.rules.election import Election

FEW = 5
"""Of fewer ballots than these nothing is shown: neighbours would know whose they are (default, ours)."""


@dataclass(frozen=True, slots=True)
class Group:
    """Voters of one kind. ``tally``: the sum of weights of each project; ``None`` where they are too few."""

    key: str
    ballots: int
    tally: tuple[int, ...] | None


def groups(election: Election, of: Sequence[str], *, few: int = FEW) -> list[Group]:
    """What each group named, by its key; ``of``: the group of each voter, empty where it is not known.

    Ballots of no group are left out. Worked by hand: two of RT 01 tick 1, one of RT 02 ticks 2, with ``few`` 2:
    RT 02 shows nothing, and so does RT 01, from which and the total it could be told.

    >>> from pendamping.planning.rules.election import Project, of as made
    >>> vote = made(9, [Project("1", 6), Project("2", 5)], [{"1": 1}, {"2": 1}, {"1": 1}])
    >>> [(one.key, one.ballots, one.tally) for one in groups(vote, ["01", "02", "01"], few=1)]
    [('01', 2, (2, 0)), ('02', 1, (0, 1))]
    >>> [one.tally for one in groups(vote, ["01", "02", "01"], few=2)]
    [None, None]
    """
    sums = {key: [0] * len(election.projects) for key in of if key}
    for voter, choice, weight in zip(election.voter, election.choice, election.weight, strict=True):
        if of[voter]:
            sums[of[voter]][choice] += weight
    many = {key: sum(one == key for one in of) for key in sums}
    hidden = [key for key, count in many.items() if count < few]
    if (
        len(hidden) == 1 and len(many) > 1
    ):  # one alone could be told from the total: the next smallest hides it
        hidden.append(min((key for key in many if key not in hidden), key=lambda key: (many[key], key)))  # fmt: skip
    return [
        Group(key, many[key], None if key in hidden else tuple(sums[key])) for key in sorted(many)
    ]
