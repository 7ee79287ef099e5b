"""Entries that are one person: who stays for whom, and what speaks against it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pendamping.households.rules.life import leaving_problems
from pendamping.kernel.refusal import Reason


def survivor(person: str, same: Mapping[str, str]) -> str:
    """The entry that stays for this one; ``same``: entry taken out to the one it was joined with.

    An entry that was joined with another, which was then joined with a third, ends at the third.
    """
    seen = {person}
    while (after := same.get(person)) is not None and after not in seen:
        person = after
        seen.add(person)
    return person


def selves(people: Iterable[str], same: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Every entry of the person behind each id, itself among them."""
    behind: dict[str, set[str]] = {}
    for entry in {*same, *same.values()}:
        behind.setdefault(survivor(entry, same), set()).add(entry)
    return {
        person: frozenset(behind.get(survivor(person, same), {person}) | {person})
        for person in people
    }


@dataclass(frozen=True, slots=True)
class Joining:
    """Two entries of residents that are to be one. ``members``: pairs of person and relation of the
    household of the entry that goes. ``loses_poor``: that household ends, counts as poor, and the
    one that stays does not. ``new_head``: who leads the others from then on.
    """

    kept: str
    removed: str
    members: Sequence[tuple[str, str]]
    loses_poor: bool = False
    new_head: str = ""


def joining_problems(asked: Joining) -> list[Reason]:
    """Why the second entry cannot go into the first, as far as the census knows."""
    found = leaving_problems([asked.removed], asked.members, asked.new_head)
    if asked.loses_poor:
        found.append(
            Reason(
                "households.same.poor",
                "The household of the entry that goes counts as poor and would end; the other one does "
                "not count as poor. Keep the entry of the poor household.",
                where={"person": asked.removed},
            )
        )
    return found


def parting_problems(*, joined: bool, home_ended_since: bool, nik_taken: str) -> list[Reason]:
    """Why an entry cannot live on by itself again. ``nik_taken``: who has its NIK by now."""
    found = []
    if not joined:
        found.append(
            Reason("households.same.not_joined", "This entry was not joined with another one.")
        )
    if home_ended_since:
        found.append(
            Reason(
                "households.same.home_ended",
                "The household of this entry has ended since. Enter the person as a new member "
                "where they live now.",
            )
        )
    if nik_taken:
        found.append(
            Reason(
                "households.same.nik_taken",
                "{name} of this ward has this NIK by now. Correct that first.",
                {"name": nik_taken},
            )
        )
    return found
