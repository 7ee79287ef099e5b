"""The ballots of a station as two people typed them: added up, compared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pendamping.elections.rules import Tally
from pendamping.kernel.refusal import N_, Reason
from pendamping.planning.rules.ballots import Ballot


def tally(figures: Mapping[str, int], ballots: Sequence[Ballot]) -> Tally:
    """What a station counted, as the rules of elections reconcile it; votes by number of the proposal."""
    votes = Counter(str(number) for ballot in ballots for number in ballot.numbers)
    return Tally(valid=len(ballots), votes=votes, **figures)


def sex_problems(figures: Mapping[str, int], ballots: Sequence[Ballot]) -> Iterator[Reason]:
    """Where ballots say P or L: no more of either than signed the roll."""
    counted = Counter(ballot.sex for ballot in ballots)
    women, men = figures["women"], figures["voters"] - figures["women"]
    if counted["P"] > women:
        text = N_("{many} ballots say P, but {women} women signed the roll.")
        yield Reason("planning.ballots", text, {"many": counted["P"], "women": women}, {"field": "women"})  # fmt: skip
    if counted["L"] > men:
        text = N_("{many} ballots say L, but {men} men signed the roll.")
        yield Reason("planning.ballots", text, {"many": counted["L"], "men": men}, {"field": "women"})  # fmt: skip


def apart(first: Sequence[Ballot], second: Sequence[Ballot]) -> tuple[list[Ballot], list[Ballot]]:
    """Ballots that only the first typed, and only the second; their order does not matter.

    >>> one, two = Ballot(((1, 1),)), Ballot(((2, 1), (3, 1)))
    >>> apart([one, two, one], [one, one])
    ([Ballot(marks=((2, 1), (3, 1)), sex='')], [])
    """
    one, other = Counter(first), Counter(second)
    return sorted((one - other).elements()), sorted((other - one).elements())


def alike(sheets: Sequence[tuple[Tally, Sequence[Ballot]]]) -> int | None:
    """Which sheet two people typed alike (its place); ``None`` where no two are."""
    for (place, one), (_other, two) in combinations(enumerate(sheets), 2):
        if one[0] == two[0] and apart(one[1], two[1]) == ([], []):
            return place
    return None
