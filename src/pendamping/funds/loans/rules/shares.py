"""Sharing whole rupiah out among members so that nothing is made and nothing lost.

Source: handbook 4.1 (different amounts per member under one loan of the group), our method: the
largest-divisor method (D'Hondt). It gives nobody less than her part rounded down, it never takes a
rupiah back when the whole grows, and it is exact where the parts come out even.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans.rules.schedule import Instalment


def apportion(whole: int, weights: Sequence[int]) -> list[int]:
    """Whole rupiah shared out by weights; the parts add up to the whole.

    Each gets her part rounded down; the single rupiah that are left go, one by one, to whoever then
    has the fewest for her weight, the first in the list where two are alike. Where all weights are
    nothing, everybody counts alike.

    >>> apportion(100, [500_000, 500_000, 500_000]), apportion(57_500, [3, 2])
    ([34, 33, 33], [34500, 23000])
    """
    many = len(weights)
    if not many:
        return []
    if (
        weights.count(weights[0]) == many
    ):  # all alike: the first in the list have the rupiah that are left
        each, left = divmod(whole, many)
        return [each + 1] * left + [each] * (many - left)
    by, together = weights, sum(weights)
    if whole == together:
        return list(by)
    parts = [whole * weight // together for weight in by]
    for _ in range(whole - sum(parts)):
        best = 0
        for place in range(1, len(by)):
            if by[place] * (parts[best] + 1) > by[best] * (parts[place] + 1):
                best = place
        parts[best] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Due:
    """A member's part of one instalment, whole rupiah."""

    no: int
    due: date
    principal: int
    service: int

    @property
    def total(self) -> int:
        """Both parts."""
        return self.principal + self.service


def shares(rows: Sequence[Instalment], amounts: Sequence[int]) -> list[list[Due]]:
    """For each member what falls due of each instalment, by the amounts that they borrow.

    Members' parts add up to every instalment, principal and service apart; over all instalments of a
    schedule of the whole loan each member's principal adds up to her own amount.
    """
    found: list[list[Due]] = [[] for _ in amounts]
    principal, service = 0, 0
    before = [0] * len(amounts), [0] * len(amounts)
    for row in rows:
        principal += row.principal
        service += row.service
        now = apportion(principal, amounts), apportion(service, amounts)
        for place, own in enumerate(found):
            own.append(
                Due(
                    row.no,
                    row.due,
                    now[0][place] - before[0][place],
                    now[1][place] - before[1][place],
                )
            )
        before = now
    return found
