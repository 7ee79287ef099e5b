"""What every voter has left under equal shares: exact, with a picture of it in 64 bits beside.

Money here is in parts: all voters together have ``money * voters`` of them, each ``money`` at first, so that shares
are whole. A price is a whole number over the common denominator ``scale``. In the picture a full share is
``full`` steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Backers = tuple[Whole, Whole]  # voters, and what the project weighs on their ballots

BITS = 61


@dataclass(frozen=True, slots=True)
class Guess:
    """What a unit of weight would pay for a project, in steps; the true price is from ``low`` to ``high``.

    ``parted``: whoever has less than ``price`` surely pays all they have, whoever has more surely keeps something.
    """

    price: int
    error: int
    parted: bool = False

    @property
    def low(self) -> int:
        """The least that it can be."""
        return max(self.price - self.error, 0)

    @property
    def high(self) -> int:
        """The most that it can be."""
        return self.price + self.error


@dataclass(frozen=True, slots=True)
class Offer:
    """An exact price: ``need / weight`` parts over ``scale`` for a unit of weight.

    ``emptied``: who pays all they have; ``payers``: who pays in full and keeps something.
    """

    need: int
    weight: int
    emptied: Whole
    payers: Whole


class Purses:
    """The money of all voters in one run."""

    def __init__(
        self,
        voters: int,
        money: int,
        heaviest: int,
        backers: dict[int, Backers],
        costs: list[int],
    ) -> None:
        import numpy as np

        self.np = np
        self.voters, self.money, self.costs = voters, money, costs
        self.full = max((1 << BITS) // (voters * heaviest), 1)
        self.scale = 1
        self.prices: list[int] = []  # of each round, over ``scale``
        self.have = np.full(voters, self.full, dtype=np.int64)
        self.error = 1  # how far ``have`` may be from the truth, in steps
        self.heaviest = heaviest
        self.backers = dict(backers)
        most = max((len(who) for who, _heavy in backers.values()), default=0)
        self.down = np.arange(most, 0, -1, dtype=np.int64)
        small = np.uint8 if heaviest < 256 else np.int64
        self.paid = np.zeros((voters, len(backers)), dtype=small)  # weight with which paid in full

    def steps(self, cost: int) -> int:
        """A cost in steps, rounded down."""
        return cost * self.voters * self.full // self.money

    def _alive(self, number: int) -> tuple[Whole, Whole, Whole]:
        """The backers of a project who still have something, their weights and what they have."""
        who, heavy = self.backers[number]
        have = self.have[who]
        some = have > 0
        if not some.all():
            who, heavy, have = who[some], heavy[some], have[some]
            self.backers[number] = (who, heavy)
        return who, heavy, have

    def guess(self, number: int) -> Guess | None:
        """The price of a project, up to a known error; ``None`` where its backers surely cannot pay for it.

        From below: whoever has less than the price pays what they have, the others share the rest, until nobody
        else has less. Where every ballot weighs 1 there is a quicker way.
        """
        if not len(self.backers[number][0]):
            return None
        sure, found = self._even(number) if self.heaviest == 1 else (False, None)
        return found if sure else self._from_below(number)

    def _from_below(self, number: int) -> Guess | None:
        who, heavy, have = self._alive(number)
        cost = self.steps(self.costs[number])
        slack = len(who) * self.error + 1
        together = int(have.sum())
        if together + slack < cost:
            return None
        if together - slack <= cost:
            return self._unknown()
        weight = all_weight = int(heavy.sum())
        price = cost // weight
        while True:
            poor = have < price * heavy
            weight = all_weight - int(heavy[poor].sum())
            if weight <= 0:
                return self._unknown()
            better = (cost - int(have[poor].sum())) // weight
            if better <= price:
                break
            price = better
        return self._bounded(heavy, have, price, (weight, slack))

    def _even(self, number: int) -> tuple[bool, Guess | None]:
        """Whether it is sure, and the price, where every ballot weighs 1.

        Who has least comes first; the price is found where what those have and an even rest reach the cost. It
        is not sure where somebody has about as much as the price.
        """
        who, _heavy = self.backers[number]
        have = self.have[who]
        have.sort()
        many, cost = len(have), self.steps(self.costs[number])
        before = have.cumsum()  # what everybody up to here has
        over, slack = int(before[-1]) - cost, many * self.error + 1
        if over <= slack:
            return over < -slack, None
        reached = have * self.down[-many:]
        reached[1:] += before[
            :-1
        ]  # what would be paid where everybody pays up to what this one has
        first = int(reached.searchsorted(cost))
        given = int(before[first - 1]) if first else 0
        weight = many - first
        price = (cost - given) // weight
        error = 2 * (slack // weight + 2)
        margin = error + self.error
        poorest, richest = int(have[first]), int(have[first - 1]) if first else -margin
        if poorest - price <= margin or price - richest <= margin:
            return False, None
        if not have[many >> 2]:  # a quarter has nothing left: do not ask them again
            self._alive(number)
        return True, Guess(price, error, True)

    def _bounded(self, heavy: Whole, have: Whole, price: int, slope: tuple[int, int]) -> Guess:
        """The price with its error: as far as the weight of those who share the rest can move it.

        Whoever has about as much as they would pay may count among them or not; the error allows for both.
        """
        weight, slack = slope
        error = 2 * (slack // weight + 2)
        near = self._near(heavy, have, price, error)
        parted = not near.any()
        if not parted:
            weight -= int(heavy[near & (have >= price * heavy)].sum())
            if weight <= 0:
                return self._unknown()
            error = 2 * (slack // weight + 2)
            if self._near(heavy, have, price, error).sum() != near.sum():
                return self._unknown()
        return Guess(price, error, parted)

    def _unknown(self) -> Guess:
        """Nothing is known of the price but that it is not more than a share."""
        return Guess(0, self.full + self.error)

    def _near(self, heavy: Whole, have: Whole, price: int, error: int) -> NDArray[np.bool_]:
        """Who may be poor or not, by what the picture knows."""
        near: NDArray[np.bool_] = self.np.abs(have - price * heavy) <= error * heavy + self.error
        return near

    def offer(self, number: int, guess: Guess) -> Offer | None:
        """The exact price of a project; ``None`` where its backers cannot pay for it."""
        np = self.np
        who, heavy, have = self._alive(number)
        poor = have < guess.price * heavy
        if guess.parted:
            emptied_, payers_ = who[poor], who[~poor]
            even = self.heaviest == 1
            weight = len(payers_) if even else int(heavy[~poor].sum())
            return Offer(self._rest(number, emptied_), weight, emptied_, payers_)
        unsure = self._near(heavy, have, guess.price, guess.error)
        poor &= ~unsure
        need, weight = self._rest(number, who[poor]), int(heavy[~poor].sum())
        emptied, payers = [who[poor]], [who[~poor & ~unsure]]
        for left, heavy_, members in self._alike(who[unsure], heavy[unsure]):
            if need * heavy_ > left * weight:
                need -= left * len(members)
                weight -= heavy_ * len(members)
                if weight == 0:
                    return None
                emptied.append(members)
            elif need * heavy_ == left * weight:
                emptied.append(members)
            else:
                payers.append(members)
        if weight == 0:
            return None
        return Offer(need, weight, np.concatenate(emptied), np.concatenate(payers))

    def _rest(self, number: int, who: Whole) -> int:
        """What of the cost remains where these voters give all they have: parts over ``scale``."""
        rounds = len(self.prices)
        spent = self.paid[who, :rounds].sum(axis=0, dtype=self.np.int64).tolist()
        given = len(who) * self.money * self.scale - sum(
            price * weight for price, weight in zip(self.prices, spent, strict=True)
        )
        rest: int = self.costs[number] * self.voters * self.scale - given
        return rest

    def _alike(self, who: Whole, heavy: Whole) -> list[tuple[int, int, Whole]]:
        """Voters by what they have left (exactly) and the weight on their ballot; who runs out first, first."""
        if not len(who):
            return []
        np = self.np
        rows = np.column_stack([heavy, self.paid[who, : len(self.prices)]])
        kinds, which = np.unique(rows, axis=0, return_inverse=True)
        found = []
        for kind, row in enumerate(kinds.tolist()):
            spent = sum(price * many for price, many in zip(self.prices, row[1:], strict=True))
            left = self.money * self.scale - spent
            found.append((left, row[0], who[which.reshape(-1) == kind]))
        return sorted(found, key=lambda one: Fraction(one[0], one[1]))

    def buy(self, number: int, offer: Offer) -> Fraction:
        """Let the backers pay; returns what a unit of weight paid, in the election's unit of money."""
        np = self.np
        need, weight = offer.need, offer.weight
        steps = need * self.full // (weight * self.scale * self.money)
        price = Fraction(need, weight * self.scale * self.voters)
        common = gcd(need, weight)
        self.scale *= weight // common
        self.prices = [old * (weight // common) for old in self.prices] + [need // common]
        paid = self._weights(number, offer.payers)
        self.have[offer.emptied] = 0
        self.have[offer.payers] = np.maximum(
            self.have[offer.payers] - steps * paid, 1
        )  # surely something
        self.paid[offer.payers, len(self.prices) - 1] = paid
        self.error += self.heaviest
        return price

    def _weights(self, number: int, voters: Whole) -> Whole:
        """What the project weighs on the ballots of some of its backers."""
        np = self.np
        if self.heaviest == 1:
            ones: Whole = np.ones(len(voters), dtype=np.int64)
            return ones
        who, heavy = self.backers[number]
        of_all = np.zeros(self.voters, dtype=np.int64)
        of_all[who] = heavy
        found: Whole = of_all[voters]
        return found
