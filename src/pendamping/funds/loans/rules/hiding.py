"""Which groups of borrowers stand without figures where everybody reads. Pure Python.

Source: our own design (``transparency.least_shown`` of the guideline).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hidden:
    """The groups whose figures are not shown; ``totals``: what all groups come to is not shown either."""

    groups: frozenset[str]
    totals: bool


def hidden_groups(sizes: Mapping[str, int], least: int) -> Hidden:
    """Which groups of borrowers are left out beside a total over all of them.

    ``sizes``: persons behind each group's figures, by group. A group of fewer than ``least`` is hidden. What the
    hidden ones come to together is the total less what is shown: so they are two at least, of ``least`` persons
    at least together; the next smallest is hidden with them until it is so. Where even all of them are too few
    the totals are hidden.

    >>> hidden_groups({"a": 7, "b": 5, "c": 3}, 5) == Hidden(frozenset({"c", "b"}), False)
    True
    >>> hidden_groups({"a": 7, "b": 5}, 5) == Hidden(frozenset(), False)
    True
    >>> hidden_groups({"a": 4}, 5) == Hidden(frozenset({"a"}), True)
    True
    """
    in_order = sorted(sizes, key=lambda key: (sizes[key], key))
    hidden = {key for key in in_order if sizes[key] < least}
    if not hidden:
        return Hidden(frozenset(), totals=False)
    for key in in_order:
        if _enough(hidden, sizes, least):
            break
        hidden.add(key)
    return Hidden(frozenset(hidden), totals=not _enough(hidden, sizes, least))


def _enough(hidden: set[str], sizes: Mapping[str, int], least: int) -> bool:
    return len(hidden) > 1 and sum(sizes[key] for key in hidden) >= least
