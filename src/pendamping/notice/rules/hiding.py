"""Figures of a few people are not shown, nor such that they could be worked out from."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


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


def shown_count(count: int, least: int) -> int | None:
    """A number of persons as it may be shown; ``None``: they are few.

    >>> shown_count(7, 5), shown_count(4, 5), shown_count(0, 5)
    (7, None, 0)
    """
    return None if 0 < count < least else count


def shown_part(part: int, whole: int, least: int) -> int | None:
    """Those of a kind among all who came, as it may stand beside how many came; ``None``: not shown.

    >>> shown_part(20, 36, 5), shown_part(3, 36, 5), shown_part(33, 36, 5), shown_part(0, 9, 5)
    (20, None, None, 0)
    """
    rest = whole - part
    return None if 0 < part < least or 0 < rest < least else part
