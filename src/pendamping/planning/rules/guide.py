"""What the guideline says about a vote on proposals."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from pendamping.planning.rules.contest import Method, Reserve, Rule, Tie

SILENT: dict[str, Any] = {
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

    ``ballot_marks``: a ballot marks at most so many proposals. ``poorest_share_percent`` of the budget goes
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

    def clause(self, key: str) -> str:
        """The id under which a reason names a rule of the vote."""
        return f"vote.{self.code}.{key}"

    def method(self, of_the_poorest: frozenset[str]) -> Method:
        """How the ballots become a funded set; equal shares and Phragmén are completed greedily."""
        share = Fraction(self.poorest_share_percent, 100)
        return Method(
            rule=self.rule,
            completion="none" if self.rule == "greedy" else "greedy",
            skip=self.skip,
            threshold=self.votes_min,
            ties=self.ties,
            reserve=Reserve(share, of_the_poorest) if share and of_the_poorest else None,
        )

    def as_json(self) -> dict[str, Any]:
        """As a vote keeps it."""
        return {**asdict(self), "ties": list(self.ties)}


def read_rule(section: Mapping[str, Any], code: str) -> VoteRule:
    """From the section ``vote``; a text that is silent on a point gets what the P2KP-2 text says of it."""
    said = {**SILENT, **{key: value for key, value in section.items() if key in SILENT}}
    return VoteRule(**{"code": code, **said, "ties": tuple(said["ties"])})


def kept_rule(kept: Mapping[str, Any]) -> VoteRule:
    """The rule that was kept."""
    return VoteRule(**{**kept, "ties": tuple(kept["ties"])})


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
