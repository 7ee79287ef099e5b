"""Which factors are planted in which of many wards, so that each is in about as many."""

from collections.abc import Iterator

from pendamping.insight.rules import FACTORS
from pendamping.simulation.rules.setting import Setting, setting

EVERY = 5
"""One ward of so many has noise only."""
APART = frozenset(
    frozenset((FACTORS[one], FACTORS[other])) for one, other in ((2, 12), (3, 9), (5, 13))
)
"""What cannot be true of one ward together: turnout that falls and is strong, offices that are stuck and support,
groups that let go and pay in time."""


def assigned(seed: int, count: int, months: int) -> Iterator[Setting]:
    """Wards from 1 on; every fifth without a plant, the others with two, each pair of factors in its turn."""
    pairs = [
        {one, other}
        for step in range(1, len(FACTORS) // 2)
        for number, one in enumerate(FACTORS)
        if frozenset((one, other := FACTORS[(number + step) % len(FACTORS)])) not in APART
    ]
    turn = 0
    for number in range(1, count + 1):
        planted: set[str] = set()
        if number % EVERY:
            planted = pairs[turn % len(pairs)]
            turn += 1
        yield setting(seed, number, months, frozenset(planted))
