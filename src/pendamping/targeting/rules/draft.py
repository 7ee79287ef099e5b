"""Two people at one draft: what a page changes is what its sender changed on it. Pure Python.

Source: handbook 3.2 (each household by name, its criteria ticked); house plan (nothing that somebody
entered is lost unsaid).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Said:
    """A household on a draft: whether it stands on the list, and the keys of its criteria."""

    listed: bool = False
    ticks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What a page says of a household: as the page was made (``seen``), as it was sent (``said``)."""

    seen: Said
    said: Said


def merged(change: Change, now: Said) -> Said:
    """The household as it is, with what the sender changed, and nothing else.

    >>> page = Change(Said(True), Said(True, frozenset({"wall"})))
    >>> sorted(merged(page, Said(True, frozenset({"meals"}))).ticks)
    ['meals', 'wall']
    """
    seen, said = change.seen, change.said
    return Said(
        said.listed if said.listed != seen.listed else now.listed,
        (now.ticks | (said.ticks - seen.ticks)) - (seen.ticks - said.ticks),
    )


def clash(change: Change, now: Said) -> bool:
    """Whether one of two people took the household off and the other one said more of it.

    >>> clash(Change(Said(True), Said(False)), Said(True, frozenset({"meals"})))
    True
    """
    seen, said = change.seen, change.said
    mine_off = seen.listed and not said.listed and now.listed
    theirs_off = seen.listed and not now.listed and said.listed
    return (mine_off and now.ticks != seen.ticks) or (theirs_off and said.ticks != seen.ticks)


def clash_problems(
    changes: Mapping[str, Change], now: Mapping[str, Said], names: Mapping[str, str]
) -> list[Reason]:
    """Each household, by name, of which two people said what does not go together."""
    return [
        Reason(
            "targeting.list.clash",
            "{name}: meanwhile somebody else changed this household. Look at it again, then keep.",
            {"name": names.get(home, home)},
            {"household": home},
        )
        for home, change in changes.items()
        if home in now and clash(change, now[home])
    ]
