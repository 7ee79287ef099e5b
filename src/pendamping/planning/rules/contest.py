"""What a rule is asked: who may be funded, with how much money, and who comes first of equals."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pendamping.planning.rules.election import Election

Rule = Literal["greedy", "equal-shares", "phragmen"]
Satisfaction = Literal["cost", "cardinality"]
Completion = Literal["none", "greedy", "add1", "add1u"]
Tie = Literal["votes", "cheaper", "dearer"]


@dataclass(frozen=True, slots=True)
class Reserve:
    """At least this share of the budget goes first to these projects: those of the poorest RTs."""

    share: Fraction
    projects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Method:
    """How votes become a funded set.

    ``satisfaction``: what a funded choice is worth to its voter: its weight on the ballot, times its cost
    (``cost``) or not (``cardinality``). ``skip``: greedy goes on after a project that does not fit.
    ``threshold``: the least tally to be funded. ``ties``: what decides between equals, in this order; at last
    the order of their ids as texts. ``step``: what ``add1`` adds to each voter's money at a time, in the
    currency. ``exclusive``: of each set one project at most is funded.
    """

    rule: Rule = "greedy"
    satisfaction: Satisfaction = "cost"
    completion: Completion = "none"
    skip: bool = True
    threshold: int = 0
    ties: tuple[Tie, ...] = ()
    step: int = 1
    exclusive: tuple[frozenset[str], ...] = ()
    reserve: Reserve | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A project that a rule funds; ``price``: what each of its supporters pays at most, where the rule says so."""

    project: int
    price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Tie_:
    """Projects that a rule could not tell apart, and the one that came first."""

    among: tuple[int, ...]
    taken: int


@dataclass(slots=True)
class Contest:
    """One run of a rule. ``open``: whom it may fund, by number; ``money``: with how much.

    ``rivals[p]``: the projects that may not be funded beside ``p``. ``ties`` is filled by the run.
    """

    election: Election
    method: Method
    tally: list[int]
    rank: list[int]
    rivals: list[frozenset[int]]
    open: list[int]
    money: int
    ties: list[Tie_]

    def first(self, equals: list[int]) -> int:
        """The project that comes first of equals; remembers that it had to be decided."""
        taken = min(equals, key=self.rank.__getitem__)
        if len(equals) > 1:
            self.ties.append(Tie_(tuple(sorted(equals, key=self.rank.__getitem__)), taken))
        return taken


def contest(election: Election, method: Method) -> Contest:
    """All projects with enough support, the whole budget."""
    tally = election.tallies(by_numpy=method.rule != "greedy")
    enough = max(method.threshold * election.point, 1)
    return Contest(
        election,
        method,
        tally,
        _ranks(election, method.ties, tally),
        _rivals(election, method.exclusive),
        [number for number, sum_ in enumerate(tally) if sum_ >= enough],
        election.budget,
        [],
    )


def _ranks(election: Election, ties: tuple[Tie, ...], tally: list[int]) -> list[int]:
    """The place of each project in the order that decides between equals."""
    signs = {
        "votes": lambda number: -tally[number],
        "cheaper": lambda number: election.projects[number].cost,
        "dearer": lambda number: -election.projects[number].cost,
    }

    def key(number: int) -> tuple[list[int], str]:
        return [signs[tie](number) for tie in ties], election.projects[number].id

    ranks = [0] * len(election.projects)
    for place, number in enumerate(sorted(range(len(ranks)), key=key)):
        ranks[number] = place
    return ranks


def _rivals(election: Election, exclusive: Iterable[frozenset[str]]) -> list[frozenset[int]]:
    """Who excludes whom; ids that are not in this election are left out."""
    found: list[set[int]] = [set() for _project in election.projects]
    place = {project.id: number for number, project in enumerate(election.projects)}
    for group in exclusive:
        members = {place[name] for name in group if name in place}
        for member in members:
            found[member] |= members - {member}
    return [frozenset(rivals) for rivals in found]
