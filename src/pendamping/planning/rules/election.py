"""What was voted on and how: projects with their costs, a budget, ballots of one kind."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Literal

Kind = Literal["approval", "ranking", "points", "one"]


@dataclass(frozen=True, slots=True)
class Project:
    """One line of the ballot; ``cost`` in the election's unit of money."""

    id: str
    cost: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Election:
    """Projects, a budget and the choices of all ballots, one after another.

    Choice number *i* is of voter ``voter[i]`` for project ``choice[i]`` and weighs ``weight[i]``: 1 on an
    approval or a ballot with one choice, the points on a ballot with points, on a ranking the longest ranking's
    length for the first place and one less for each place after it.
    ``unit``: so many units of money make one of the currency (1 for rupiah); ``point`` likewise for points.
    ``voters`` counts empty ballots too.
    """

    projects: tuple[Project, ...]
    budget: int
    kind: Kind
    voters: int
    voter: "array[int]"
    choice: "array[int]"
    weight: "array[int]"
    unit: int = 1
    point: int = 1
    meta: Mapping[str, str] = field(default_factory=dict)

    def tallies(self, *, by_numpy: bool = False) -> list[int]:
        """The sum of weights of each project, in the order of ``projects``.

        ``by_numpy``: quicker for a rule that loads numpy anyway.

        >>> of(100, [Project("a", 60), Project("b", 50)], [{"a": 1}, {"a": 1, "b": 1}]).tallies()
        [2, 1]
        """
        if self.kind in ("approval", "one"):
            return self._counted() if by_numpy else self.votes()
        found = [0] * len(self.projects)
        for choice, weight in zip(self.choice, self.weight, strict=True):
            found[choice] += weight
        return found

    def _counted(self) -> list[int]:
        import numpy as np

        choice = np.frombuffer(self.choice, dtype=np.int64)
        named = np.frombuffer(self.weight, dtype=np.int64) > 0
        found: list[int] = np.bincount(choice[named], minlength=len(self.projects)).tolist()
        return found

    def votes(self) -> list[int]:
        """How many ballots name each project with any weight, in the order of ``projects``."""
        found = Counter(compress(self.choice, self.weight))
        return [found[number] for number in range(len(self.projects))]

    def without_choice(self, selected: Iterable[str]) -> int:
        """How many voters named something and have nothing of it among what is selected.

        >>> of(9, [Project("a", 6), Project("b", 5)], [{"a": 1}, {"b": 1}, {}]).without_choice({"a"})
        1
        """
        return len(self.left_out(selected))

    def left_out(self, selected: Iterable[str]) -> list[int]:
        """The voters (by number) who named something and have nothing of it among what is selected."""
        funded = set(selected)
        good = [project.id in funded for project in self.projects]
        named = bytearray(self.voters)
        for voter, choice, weight in zip(self.voter, self.choice, self.weight, strict=True):
            if weight > 0:
                named[voter] |= 2 if good[choice] else 1
        return [voter for voter, sign in enumerate(named) if sign == 1]

    def whole(self, amount: int) -> int | float:
        """An amount in the currency: a whole number where it is one."""
        whole, rest = divmod(amount, self.unit)
        return amount / self.unit if rest else whole


def of(
    budget: int,
    projects: Sequence[Project],
    ballots: Sequence[Mapping[str, int]],
    kind: Kind = "approval",
) -> Election:
    """An election from ballots that map a project's id to its weight; unknown ids are a ``KeyError``."""
    place = {project.id: index for index, project in enumerate(projects)}
    voter, choice, weight = array("q"), array("q"), array("q")
    for number, ballot in enumerate(ballots):
        for name, value in ballot.items():
            voter.append(number)
            choice.append(place[name])
            weight.append(value)
    return Election(tuple(projects), budget, kind, len(ballots), voter, choice, weight)


def ranked(order: Sequence[str], longest: int) -> dict[str, int]:
    """The weights of a ranking, first place first.

    >>> ranked(["mck", "jalan"], 3)
    {'mck': 3, 'jalan': 2}
    """
    return {name: longest - place for place, name in enumerate(order)}
