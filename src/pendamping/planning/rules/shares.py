"""The method of equal shares: everybody gets the same share of the money and pays for what they chose.

Source: Dominik Peters, Grzegorz Pierczyński, Piotr Skowron, "Proportional Participatory Budgeting with Additive
Utilities" (2021). A project is bought where its supporters can pay for it; the one first whose price for a unit of
satisfaction is lowest. Each supporter pays the price, or all they have left where that is less.

Exact, and quick all the same. What a voter has left is their share less the prices of those rounds in which they
paid in full, so that sums over many voters need only counts, and one common denominator for all prices; those are
Python's whole numbers of any size. Beside them stands a picture of everybody's money in whole steps of 64 bits,
whose error is known. It finds the poor of a project and prices up to a known error; where that decides (one
project's price is surely the lowest, a voter surely poor) nothing else is asked, where it does not, the exact
numbers are compared. Money only shrinks, so that an old price is a lower bound: only projects that could still be
first are priced anew.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING

from pendamping.planning.rules.contest import Contest, Pick
from pendamping.planning.rules.purses import Purses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pendamping.planning.rules.purses import Backers, Guess, Offer


def equal_shares(contest: Contest) -> list[Pick]:
    """The projects that their supporters can pay for out of equal shares of the money; nothing completes them.

    Worked example: budget 100, two voters with 50 each. Both want a (cost 60): each pays 30 and has 20 left. One
    wants b (cost 40) too and cannot pay for it. Bought: a.
    """
    field = Field(contest)
    return _run(field, contest.money)


def add1(contest: Contest) -> list[Pick]:
    """Equal shares, run again and again with ``step`` more for each voter, on paper only.

    It ends with the first outcome that leaves no room for another project that somebody wants, or with the last
    one before the real budget would be exceeded.
    """
    field = Field(contest)
    more = contest.method.step * contest.election.unit * contest.election.voters
    before: list[Pick] = []
    for number in count():
        ties = len(contest.ties)
        picks = _run(field, contest.money + number * more)
        spent = sum(field.costs[pick.project] for pick in picks)
        if spent > contest.money:
            del contest.ties[ties:]
            return before
        if not _room(contest, field, picks, contest.money - spent):
            del contest.ties[:ties]
            return picks
        del contest.ties[:ties]
        before = picks
    raise AssertionError


def _room(contest: Contest, field: Field, picks: list[Pick], left: int) -> bool:
    """Whether another project would still fit."""
    taken = {pick.project for pick in picks}
    shut = taken.union(*(contest.rivals[number] for number in taken))
    return any(field.costs[number] <= left for number in contest.open if number not in shut)


class Field:
    """Who backs which project with which weight; made once, for every run with more or less money."""

    def __init__(self, contest: Contest) -> None:
        import numpy as np

        election = contest.election
        self.contest = contest
        self.voters = election.voters
        self.costs = [project.cost for project in election.projects]
        voter = np.frombuffer(election.voter, dtype=np.int64)
        choice = np.frombuffer(election.choice, dtype=np.int64)
        weight = np.frombuffer(election.weight, dtype=np.int64)
        small = (
            np.uint16 if len(self.costs) < 1 << 16 else np.int64
        )  # sorted by radix, which is quicker
        order = np.argsort(choice.astype(small), kind="stable")
        ends = np.searchsorted(choice[order], np.arange(len(self.costs) + 1))
        voter, weight = voter[order], weight[order]
        all_count = bool(weight.min(initial=1) > 0)
        self.heaviest = int(weight.max(initial=1))
        self.backers: dict[int, Backers] = {}
        for number in contest.open:
            part = slice(ends[number], ends[number + 1])
            who, heavy = voter[part], weight[part]
            self.backers[number] = (who, heavy) if all_count else (who[heavy > 0], heavy[heavy > 0])
        self.weights = contest.tally


@dataclass(slots=True)
class _Bid:
    """A project's price for a unit of satisfaction: between ``low`` and ``high``."""

    low: float
    high: float
    number: int
    guess: Guess


def _run(field: Field, money: int) -> list[Pick]:
    """One run in which all voters together have ``money``."""
    contest = field.contest
    purses = Purses(field.voters, money, field.heaviest, field.backers, field.costs)
    waiting = [
        (
            purses.steps(field.costs[number])
            / field.weights[number]
            / _worth(contest, number)
            * (1 - 1e-9),
            number,
        )
        for number in contest.open
        if field.costs[number] <= money
    ]  # nobody can pay less than an even part of the cost
    heapq.heapify(waiting)
    gone, picks = set[int](), list[Pick]()
    while waiting:
        bids = list(_fresh(contest, purses, waiting, gone))
        if not bids:
            break
        offers = _offers(purses, bids, gone)
        if offers:
            chosen = _lowest(contest, offers)
            picks.append(Pick(chosen, purses.buy(chosen, offers[chosen])))
            gone |= {chosen} | contest.rivals[chosen]
        for bid in bids:
            if bid.number not in gone:
                heapq.heappush(waiting, (bid.low, bid.number))
    return picks


def _worth(contest: Contest, number: int) -> int:
    """What a unit of weight on a project is worth to its voter."""
    cost = contest.election.projects[number].cost
    return cost if contest.method.satisfaction == "cost" else 1


def _fresh(
    contest: Contest, purses: Purses, waiting: list[tuple[float, int]], gone: set[int]
) -> Iterator[_Bid]:
    """Those that could be first, priced anew; who cannot be paid for any more is not asked again."""
    best = float("inf")
    while waiting and waiting[0][0] <= best:
        _low, number = heapq.heappop(waiting)
        if number in gone:
            continue
        guess = purses.guess(number)
        if guess is None:
            continue
        worth = _worth(contest, number)
        low, high = guess.low / worth * (1 - 1e-12), guess.high / worth * (1 + 1e-12)
        best = min(best, high)
        yield _Bid(low, high, number, guess)


def _offers(purses: Purses, bids: list[_Bid], gone: set[int]) -> dict[int, Offer]:
    """The exact prices of those that could be lowest; who cannot be paid for is gone."""
    best = min(bid.high for bid in bids)
    found = {}
    for bid in bids:
        if bid.low <= best:
            offer = purses.offer(bid.number, bid.guess)
            if offer is None:
                gone.add(bid.number)
            else:
                found[bid.number] = offer
    return found


def _lowest(contest: Contest, offers: dict[int, Offer]) -> int:
    """The project whose price is lowest, exactly; of equals the one that the method puts first."""
    if len(offers) == 1:
        return next(iter(offers))
    prices = {
        number: Fraction(offer.need, offer.weight * _worth(contest, number))
        for number, offer in offers.items()
    }
    lowest = min(prices.values())
    return contest.first([number for number, price in prices.items() if price == lowest])
