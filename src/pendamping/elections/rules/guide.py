"""What the guideline says about electing a board."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

LEVELS = ("rt", "rw", "ward")
SILENT: dict[str, Any] = {
    "levels": ["rt", "ward"],
    "by_election_levels": ["ward"],
    "names_per_rw": 3,
    "names_per_ballot": 3,
    "adult_age": 17,
    "second_voters_percent": 0,
    "delegates_electable": True,
    "women_way": "ties",
    "ties": ["runoff", "lot"],
    "spare_ballots_percent": 5,
    "witnesses_min": 2,
}


@dataclass(frozen=True, slots=True)
class ElectionRule:
    """The rule of an election as it is kept with it. Percentages are whole numbers, ages in years.

    ``levels``: from below, the last one is the ward. ``ties``: ways to tell equal names apart, in order.
    """

    code: str
    levels: tuple[str, ...]
    by_election_levels: tuple[str, ...]
    names_per_rt: int
    names_per_rw: int
    names_per_ballot: int
    adult_age: int
    voters_percent: int
    second_voters_percent: int
    delegates_percent: int
    second_delegates_percent: int
    delegates_electable: bool
    women_percent: int
    women_way: str
    ties: tuple[str, ...]
    size_min: int
    size_max: int
    odd: bool
    term_years: int
    spare_ballots_percent: int
    witnesses_min: int

    def clause(self, key: str) -> str:
        """The id under which a reason names a rule of the election, or of the board."""
        of_board = key.startswith(("size", "odd", "term", "women_percent"))
        if key == "delegates_percent":
            return f"meetings.{self.code}.board_election"
        return f"{'board' if of_board else 'election'}.{self.code}.{key}"

    def winners(self, level: str, size: int) -> int:
        """How many each place of a level elects: delegates below, the board in the ward."""
        return {"rt": self.names_per_rt, "rw": self.names_per_rw, "ward": size}[level]

    def threshold(self, adults: bool, attempt: int) -> int:
        """The least turnout in percent; lower where the election is repeated for want of voters."""
        if adults:
            return self.voters_percent if attempt == 1 else self.second_voters_percent
        return self.delegates_percent if attempt == 1 else self.second_delegates_percent

    def as_json(self) -> dict[str, Any]:
        """As an election keeps it."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ElectionRule":
        """The rule that was kept."""
        told: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()
        }
        return cls(**told)


def read_rule(
    election: Mapping[str, Any], board: Mapping[str, Any], quorum: Mapping[str, Any], code: str
) -> ElectionRule:
    """From the sections ``election`` and ``board`` and the quorum of the meeting that elects.

    A text that is silent on a point gets what the P2KP-2 text says of it.
    """
    percent = quorum.get("present_percent", 0)
    said = {**SILENT, **election}
    return ElectionRule(
        code=code,
        levels=_upward(said["levels"]),
        by_election_levels=_upward(said["by_election_levels"]),
        delegates_percent=percent,
        second_delegates_percent=quorum.get("second_present_percent", percent),
        ties=tuple(said["ties"]),
        **{key: said[key] for key in _OF_ELECTION},
        **{key: board[key] for key in _OF_BOARD},
    )


_OF_ELECTION = (
    "names_per_rt", "names_per_rw", "names_per_ballot", "adult_age", "voters_percent",
    "second_voters_percent", "delegates_electable", "women_way", "spare_ballots_percent", "witnesses_min",
)  # fmt: skip
_OF_BOARD = ("women_percent", "size_min", "size_max", "odd", "term_years")


def _upward(levels: Sequence[str]) -> tuple[str, ...]:
    """From below, whatever the order of the text; the ward is always the last."""
    return tuple(level for level in LEVELS if level in levels or level == "ward")
