"""Whether a row of figures falls, so that one odd meeting decides nothing."""

from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from statistics import median

EDGE = 3  # figures at the beginning and at the end whose medians are compared


def falls(figures: Sequence[int], percent: int = 0) -> bool:
    """Mann-Kendall, one-sided at 5 %, normal approximation with ties (Mann 1945, Kendall 1975); and the median
    of the last three lies so many percent below that of the first three.

    >>> falls([40, 38, 39, 33, 30, 28, 22], 25)
    True
    >>> falls([40, 38, 39, 33, 32, 31, 30], 25), falls([40, 38, 41, 39, 40, 38, 41])
    (False, False)
    """
    n = len(figures)
    score = sum((later > first) - (later < first) for first, later in combinations(figures, 2))
    ties = sum(t * (t - 1) * (2 * t + 5) for t in map(figures.count, set(figures)))
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    if variance <= 0 or (score + 1) / sqrt(variance) >= -1.645:
        return False
    return 100 * median(figures[-EDGE:]) <= (100 - percent) * median(figures[:EDGE])
