"""A second opinion: what another rule would have funded, and who is left with nothing under each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pendamping.planning.rules.allocation import Outcome, allocate
from pendamping.planning.rules.contest import Completion


@dataclass(frozen=True, slots=True)
class Opinion:
    """An outcome and the other one beside it, from the same ballots, budget and conditions."""

    first: Outcome
    other: Outcome

    @property
    def only_first(self) -> tuple[str, ...]:
        """Funded by the first, not by the other."""
        return tuple(name for name in self.first.selected if name not in self.other.selected)

    @property
    def only_other(self) -> tuple[str, ...]:
        """Funded by the other alone."""
        return tuple(name for name in self.other.selected if name not in self.first.selected)

    @property
    def without_choice(self) -> tuple[int, int]:
        """Voters with nothing of their choice: under the first, under the other."""
        count = self.first.election.without_choice
        return count(self.first.selected), count(self.other.selected)


def second_opinion(outcome: Outcome, *, completion: Completion = "greedy") -> Opinion:
    """Beside any other rule what equal shares would fund; beside equal shares what most votes would fund."""
    if outcome.method.rule == "equal-shares":
        method = replace(
            outcome.method, rule="greedy", satisfaction="cost", completion="none", skip=True
        )
    else:
        method = replace(outcome.method, rule="equal-shares", completion=completion)
    return Opinion(outcome, allocate(outcome.election, method))


def left_out(outcome: Outcome, places: Sequence[str]) -> dict[str, tuple[int, int]]:
    """By place (an RT): voters who named something, and of them those with nothing of it funded.

    ``places``: of each voter, in the order of the ballots. It answers where nobody's choice is funded.
    """
    election = outcome.election
    voted = Counter(places[voter] for voter in set(election.voter))
    without = Counter(places[voter] for voter in election.left_out(outcome.selected))
    return {place: (voted[place], without[place]) for place in sorted(voted)}
