"""How many of those who may vote did, against the threshold of the guideline."""

from collections.abc import Iterable
from dataclasses import dataclass

from pendamping.elections.rules.tallies import Box, Tally
from pendamping.kernel.share import Share


@dataclass(frozen=True, slots=True)
class Turnout:
    """All stations of a round together. Women are a part of the voters."""

    voters: Share
    women: Share
    percent: int

    @property
    def reached(self) -> bool:
        """Whether the threshold is reached; nobody entitled reaches none."""
        return self.voters.at_least(self.percent)


def turnout_of(counted: Iterable[tuple[Box, Tally | None]], percent: int) -> Turnout:
    """A station without a tally counts with those who may vote there, and no voter."""
    eligible = voters = women = 0
    for box, tally in counted:
        eligible += box.eligible
        if tally is not None:
            voters += tally.voters
            women += tally.women
    return Turnout(Share(voters, eligible), Share(women, voters), percent)
