"""Who would no longer stand on the poor list, and for whom of them groups and loans hang on it.

Groups and loans stand above this room, and it knows none of them. The desk, which reads them, says once at
the start whom to ask (ADR 0032); without it nobody is known to be concerned.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.targeting.models import ListEntry, PoorList

OPEN = ("draft", "posted")


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody of a household with a part in a loan, or who belongs to a group.

    ``role``: what they are in the group; ``record``: the loan or the group, with its ``address``; ``means``:
    what becomes of it. All in the reader's language.
    """

    household: str
    person: str
    name: str
    role: str
    record: str
    address: str
    means: str


Tied = Callable[[str, Collection[str], date], Iterable[Tie]]
"""The ties of the people of so many households of a ward on a day."""

_known: dict[str, Tied] = {}


def ask_who_is_tied(tied: Tied) -> None:
    """Say once, at the start, who knows of groups and loans."""
    _known["tied"] = tied


def homes_leaving(found: PoorList) -> set[str]:
    """Ids of the households that count as poor today and would no longer, were this open list ratified."""
    if found.status not in OPEN:
        return set()
    listed = ListEntry.objects.filter(list=found, listed=True)
    return households.poor_households(found.ward) - set(
        listed.values_list("household_id", flat=True)
    )


def leaving(found: PoorList) -> list[Tie]:
    """Borrowers and members of groups whose household an open list no longer holds."""
    homes = homes_leaving(found)
    tied = _known.get("tied")
    return list(tied(found.ward, homes, clock.today())) if tied and homes else []
