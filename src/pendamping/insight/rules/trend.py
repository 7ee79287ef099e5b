"""Whether figures fall, or a share is surely reached, so that one odd meeting or a few papers decide nothing."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import sqrt
from statistics import median

EDGE = 3  # figures at the beginning and at the end whose medians are compared
FIRST, LAST = slice(EDGE), slice(-EDGE, None)
CERTAIN = 2.576  # one-sided at 0.5 %
LIKELY = 1.645  # one-sided at 5 %
NOISE = 2  # standard deviations of a difference of counts


def falls(series: Sequence[Sequence[int]], percent: Fraction | int = 0) -> bool:
    """Mann-Kendall over rows of figures, each compared within itself alone, one-sided at 0.5 %, normal approximation with
    ties (Mann 1945, Kendall 1975; over several places: Helsel and Frans 2006); and the medians of the last three lie,
    taken together, so many percent below those of the first three, and their sums by more than counts of that size
    differ by chance (two standard deviations, a count's variance being the count).

    >>> falls([[40, 38, 39, 33, 30, 28, 22]], 25)
    True
    >>> falls([[40, 38, 39, 33, 32, 31, 30]], 25), falls([[40, 38, 41, 39, 40, 38, 41]])
    (False, False)

    What no place shows for itself several show together:

    >>> falls([[40, 38, 39, 33, 36, 31]], 10), falls([[40, 38, 39, 33, 36, 31]] * 4, 10)
    (False, True)
    """
    score, variance = 0, Fraction(0)
    for figures in series:
        n = len(figures)
        ties = sum(t * (t - 1) * (2 * t + 5) for t in map(figures.count, set(figures)))
        variance += Fraction(n * (n - 1) * (2 * n + 5) - ties, 18)
        score += sum((later > first) - (later < first) for first, later in combinations(figures, 2))
    if variance <= 0 or (score + 1) / sqrt(variance) >= -CERTAIN:
        return False
    before, after = (sum(sum(one[part]) for one in series) for part in (FIRST, LAST))
    if (before - after) ** 2 < NOISE**2 * (before + after):
        return False
    first, last = ends(series)
    return 100 * last <= (100 - percent) * first


def ends(series: Sequence[Sequence[int]]) -> tuple[int, int]:
    """The medians of the first three figures of each row together, and those of the last three."""
    first = sum(median(figures[FIRST]) for figures in series)
    last = sum(median(figures[LAST]) for figures in series)
    return round(first), round(last)


def surely(part: int, whole: int, percent: int) -> bool:
    """Whether a share is at least so many percent, and so clearly that chance does not explain it: the lower end of
    Wilson's interval (1927), one-sided at 5 %.

    >>> surely(10, 10, 80), surely(11, 11, 80), surely(27, 30, 80), surely(28, 30, 80)
    (False, True, False, True)
    """
    if not whole:
        return False
    share, square = part / whole, LIKELY**2 / whole
    spread = LIKELY * sqrt(share * (1 - share) / whole + square / (4 * whole))
    return 100 * (share + square / 2 - spread) >= percent * (1 + square)
