"""Greedy: the most wanted first, as long as the money lasts."""

from fractions import Fraction

from pendamping.planning.rules.contest import Contest, Pick


def greedy(contest: Contest) -> list[Pick]:
    """Fund in the order of satisfaction for each rupiah: of tallies, or of tallies divided by costs.

    A project that no longer fits, or whose rival was funded, is passed over; without ``skip`` the first that
    does not fit ends it. Worked example, budget 100: a costs 60 (5 votes), b 50 (4 votes), c 40 (3 votes). By
    votes a comes first, b does not fit, c does: a and c. Without skipping: a alone.
    """
    left, chosen, shut = contest.money, list[Pick](), set[int]()
    for number in in_order(contest):
        if number in shut:
            continue
        cost = contest.election.projects[number].cost
        if cost <= left:
            left -= cost
            shut |= contest.rivals[number]
            chosen.append(Pick(number))
        elif not contest.method.skip:
            break
    return chosen


def in_order(contest: Contest) -> list[int]:
    """Those that may be funded, the most satisfying first; ties by the order that the method declares."""
    worth = {number: _worth(contest, number) for number in contest.open}
    ordered = sorted(contest.open, key=lambda number: (-worth[number], contest.rank[number]))
    equals: dict[Fraction, list[int]] = {}
    for number in ordered:
        equals.setdefault(worth[number], []).append(number)
    for tied in equals.values():
        contest.first(tied)
    return ordered


def _worth(contest: Contest, number: int) -> Fraction:
    cost = contest.election.projects[number].cost
    by_votes = contest.method.satisfaction == "cost"
    return Fraction(contest.tally[number], 1 if by_votes else cost)
