"""Whether a row of figures falls, so that one odd meeting decides nothing."""

from collections.abc import Sequence
from itertools import combinations
from math import sqrt


def falls(figures: Sequence[int]) -> bool:
    """Mann-Kendall, one-sided at 5 %, normal approximation with ties (Mann 1945, Kendall 1975).

    >>> falls([40, 38, 39, 33, 30, 28, 22])
    True
    >>> falls([40, 38, 41, 39, 40, 38, 41])
    False
    """
    n = len(figures)
    score = sum((later > first) - (later < first) for first, later in combinations(figures, 2))
    ties = sum(t * (t - 1) * (2 * t + 5) for t in map(figures.count, set(figures)))
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    return variance > 0 and (score + 1) / sqrt(variance) < -1.645
