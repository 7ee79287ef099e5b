"""What the map of the ward shows: for each RT its place on the grid and how much stands there."""

from collections import Counter
from dataclasses import dataclass

from pendamping.planning import queries
from pendamping.planning.models import Potential, WardMap
from pendamping.planning.rules import schematic
from pendamping.planning.rules.schematic import Marks


@dataclass(frozen=True, slots=True)
class Block:
    """An RT (``01/02``) on the map."""

    place: str
    row: int
    column: int
    marks: Marks


def potentials(ward: str) -> list[Potential]:
    """What residents can build on, by RW and RT."""
    return list(Potential.objects.filter(ward=ward).order_by("rw", "rt", "title", "id"))


def spots(ward: str) -> dict[str, schematic.Spot]:
    """Where each RT of the ward stands."""
    kept = WardMap.objects.filter(ward=ward).first()
    return schematic.placed(queries.places(ward), kept.spots if kept else {})


def blocks(ward: str) -> tuple[list[Block], Marks]:
    """Every RT with its figures, in the order of RW and RT; and the figures of what concerns the whole ward.

    A need counts once, where it has come furthest: waiting, planned with its year, or proposed by a group.
    """
    counted: Counter[tuple[str, str]] = Counter()
    planned = {need for need, line in queries.planned(ward).items() if line.year}
    proposed = {
        one.proposal.line.need_id for one in queries.proposals(ward) if one.state != "dropped"
    }
    for line in queries.needs(ward):
        one = line.need
        if line.status == "withdrawn":
            continue
        kind = "proposed" if one.id in proposed else "planned" if one.id in planned else "waiting"
        counted[f"{one.rw}/{one.rt}" if one.rt else "", kind] += 1
    for each in potentials(ward):
        counted[f"{each.rw}/{each.rt}" if each.rt else "", "potentials"] += 1

    def marks(place: str) -> Marks:
        kinds = ("waiting", "planned", "proposed", "potentials")
        return Marks(*(counted[place, kind] for kind in kinds))

    found = spots(ward)
    return [Block(place, *spot, marks(place)) for place, spot in sorted(found.items())], marks("")
