"""What the guideline says about a vote on proposals."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from pendamping.planning.rules.ballots import Form
from pendamping.planning.rules.contest import Method, Reserve, Rule, Tie
from pendamping.planning.rules.election import Kind

SILENT: dict[str, Any] = {
    "ballot": "approval",
    "points": 10,
    "points_most": 5,
    "by_sex": False,
    "ballot_marks": 3,
    "voter_age": 17,
    "rule": "greedy",
    "skip": True,
    "votes_min": 1,
    "ties": ["cheaper"],
    "spare_ballots_percent": 5,
    "witnesses_min": 2,
    "poorest_rts_percent": 25,
    "poorest_share_percent": 20,
}

Place = tuple[str, str]  # RW, RT


@dataclass(frozen=True, slots=True)
class VoteRule:
    """The rule of a vote as it is kept with it; percentages and ages are whole numbers.

    ``ballot``: what voters mark; ``ballot_marks``: at most so many proposals; ``points`` to give out, at most
    ``points_most`` for one proposal; ``by_sex``: ballots say whether a woman or a man voted. ``exclusive``: sets of
    numbers on the ballot of which one at most is funded. ``poorest_share_percent`` of the budget goes
    first to proposals of the ``poorest_rts_percent`` of the RTs with the largest share of poor households.
    """

    code: str
    ballot_marks: int
    voter_age: int
    rule: Rule
    skip: bool
    votes_min: int
    ties: tuple[Tie, ...]
    spare_ballots_percent: int
    witnesses_min: int
    poorest_rts_percent: int
    poorest_share_percent: int
    ballot: Kind = "approval"
    points: int = 10
    points_most: int = 5
    by_sex: bool = False
    exclusive: tuple[tuple[int, ...], ...] = ()

    @property
    def form(self) -> Form:
        """What may stand on a ballot."""
        marks = 1 if self.ballot == "one" else self.ballot_marks
        return Form(self.ballot, marks, self.points, self.points_most, self.by_sex)

    def clause(self, key: str) -> str:
        """The id under which a reason names a rule of the vote."""
        return f"vote.{self.code}.{key}"

    def method(
        self, of_the_poorest: frozenset[str], exclusive: tuple[frozenset[str], ...] = ()
    ) -> Method:
        """How the ballots become a funded set; equal shares and Phragmén are completed greedily."""
        share = Fraction(self.poorest_share_percent, 100)
        return Method(
            rule=self.rule,
            completion="none" if self.rule == "greedy" else "greedy",
            skip=self.skip,
            threshold=self.votes_min,
            ties=self.ties,
            exclusive=exclusive,
            reserve=Reserve(share, of_the_poorest) if share and of_the_poorest else None,
        )

    def as_json(self) -> dict[str, Any]:
        """As a vote keeps it."""
        sets = [list(one) for one in self.exclusive]
        return {**asdict(self), "ties": list(self.ties), "exclusive": sets}


def read_rule(section: Mapping[str, Any], code: str) -> VoteRule:
    """From the section ``vote``; a text that is silent on a point gets what the P2KP-2 text says of it."""
    said = {**SILENT, **{key: value for key, value in section.items() if key in SILENT}}
    return VoteRule(**{"code": code, **said, "ties": tuple(said["ties"])})


def kept_rule(kept: Mapping[str, Any]) -> VoteRule:
    """The rule that was kept; a vote of before there were other ballots ticks proposals."""
    sets = tuple(tuple(one) for one in kept.get("exclusive", ()))
    return VoteRule(**{**kept, "ties": tuple(kept["ties"]), "exclusive": sets})


def exclusive_sets(
    letters: Mapping[str, str], numbers: Mapping[str, int]
) -> tuple[tuple[int, ...], ...]:
    """Sets of numbers on the ballot from the letter of each need; a letter that stands alone excludes nothing.

    >>> exclusive_sets({"x": "A", "y": "A", "z": "B"}, {"x": 4, "y": 1, "z": 2})
    ((1, 4),)
    """
    found: dict[str, list[int]] = {}
    for need, letter in letters.items():
        if letter and need in numbers:
            found.setdefault(letter, []).append(numbers[need])
    return tuple(tuple(sorted(one)) for _letter, one in sorted(found.items()) if len(one) > 1)


def poorest(homes: Mapping[Place, tuple[int, int]], percent: int) -> list[Place]:
    """The RTs with the largest share of poor households: so many percent of all, rounded up.

    ``homes``: poor households and all households of each RT. An RT without a poor household is never among
    them; of equals the one with more poor households, then in the order of RW and RT.

    >>> poorest({("01", "01"): (5, 10), ("01", "02"): (1, 10), ("01", "03"): (0, 9), ("01", "04"): (8, 20)}, 50)
    [('01', '01'), ('01', '04')]
    """
    most = -(-len(homes) * percent // 100)
    order = sorted(
        (place for place, (poor, _all) in homes.items() if poor),
        key=lambda place: (-Fraction(*homes[place]), -homes[place][0], place),
    )
    return order[:most]
