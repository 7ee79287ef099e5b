"""From which tranche a voucher takes its money, window by window.

A window is given a share of each tranche and uses it in the order in which the tranches come; what a meeting moves
to another window takes its tranche with it. Source: handbook 3.5 (restricted windows), 3.4 (90 % of a tranche used).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.funds.grants.rules.windows import USES

ORDER = {"received": 0, "moved-out": 1, "moved-in": 1, **dict.fromkeys(USES, 2)}
"""Of one day: what comes first, then what is moved, then what is used; other movements use nothing."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A movement that stands: ``key`` names it, ``tranche`` what is received (place in the order of coming),
    ``transfer`` the two sides of money moved between windows; ``amount`` in whole rupiah, more than zero.
    """

    key: str
    window: str
    kind: str
    on: date
    amount: int
    tranche: int | None = None
    transfer: str = ""


def parted(flows: Iterable[Flow]) -> dict[str, dict[int, int]]:
    """What each use takes of each tranche, by its key: {place of the tranche: whole rupiah}.

    ``flows``: in the order of their entry, the side that gives before the side that gets. What a window never held
    falls to no tranche; the check of the books names it.

    >>> day = date(2004, 6, 1)
    >>> parted([Flow("a", "social", "received", day, 30, 0), Flow("b", "social", "received", day, 50, 1),
    ...         Flow("c", "social", "given", day, 40)])
    {'c': {0: 30, 1: 10}}
    """
    held: dict[str, dict[int, int]] = {}
    crossing: dict[str, dict[int, int]] = {}
    found: dict[str, dict[int, int]] = {}
    known = (one for one in flows if one.kind in ORDER)
    for one in sorted(known, key=lambda one: (one.on, ORDER[one.kind])):
        there = held.setdefault(one.window, {})
        if one.kind == "received":
            _add(there, {one.tranche or 0: one.amount})
        elif one.kind == "moved-in":
            _add(there, crossing.pop(one.transfer, {}))
        else:
            part = _take(there, one.amount)
            (crossing if one.kind == "moved-out" else found)[one.transfer or one.key] = part
    return found


def _take(there: dict[int, int], amount: int) -> dict[int, int]:
    """Takes a sum out of what is there, the first tranche first: what it takes of each."""
    taken, rest = {}, amount
    for place in sorted(there):
        if part := min(there[place], rest):
            taken[place], there[place], rest = part, there[place] - part, rest - part
    return taken


def _add(there: dict[int, int], more: Mapping[int, int]) -> None:
    for place, part in more.items():
        there[place] = there.get(place, 0) + part
