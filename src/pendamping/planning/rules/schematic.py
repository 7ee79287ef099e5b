"""A schematic map: each RT a block on a grid, as a ward draws it by hand; no scale, no coordinates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pendamping.kernel.refusal import N_, Reason

WIDE = 12  # blocks beside each other before a row goes on below
MOST = 40  # rows and columns of a grid
EMPTY = "-"

Spot = tuple[int, int]  # row from the north, column from the west; from 0


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on the block of an RT: how many needs wait, how many are planned, how many became proposals;
    what residents can build on."""

    waiting: int = 0
    planned: int = 0
    proposed: int = 0
    potentials: int = 0


def in_order(places: Iterable[str]) -> dict[str, Spot]:
    """A grid to begin with: a row for each RW, its RTs in their order.

    >>> in_order(["01/01", "01/02", "02/01"])
    {'01/01': (0, 0), '01/02': (0, 1), '02/01': (1, 0)}
    """
    found: dict[str, Spot] = {}
    row, column, before = -1, 0, None
    for place in sorted(places):
        rw = place.partition("/")[0]
        if rw != before or column == WIDE:
            row, column, before = row + 1, 0, rw
        found[place] = (row, column)
        column += 1
    return found


def placed(places: Sequence[str], kept: Mapping[str, Sequence[int]]) -> dict[str, Spot]:
    """Where each RT stands: as it was set; an RT that came later stands below, in order."""
    found = {place: (kept[place][0], kept[place][1]) for place in places if place in kept}
    below = 1 + max((row for row, _column in found.values()), default=-1)
    new = in_order([place for place in places if place not in found])
    return found | {place: (row + below, column) for place, (row, column) in new.items()}


def written(spots: Mapping[str, Spot]) -> str:
    """A grid as it is typed: a line for each row, ``-`` where no block stands.

    >>> written({"01/01": (0, 0), "01/02": (0, 2)})
    '01/01 - 01/02'
    """
    at = {spot: place for place, spot in spots.items()}
    lines = []
    for row in range(1 + max((row for row, _column in at), default=-1)):
        columns = [column for one, column in at if one == row]
        lines.append(
            " ".join(at.get((row, column), EMPTY) for column in range(1 + max(columns, default=-1)))
        )
    return "\n".join(lines)


def read(text: str, places: Sequence[str]) -> tuple[dict[str, Spot], list[Reason]]:
    """The grid that was typed, and what is wrong with it by line; ``places``: the RTs of the ward.

    >>> read("01/01 - 01/02", ["01/01", "01/02"])
    ({'01/01': (0, 0), '01/02': (0, 2)}, [])
    """
    found: dict[str, Spot] = {}
    reasons = []
    known = set(places)
    for row, line in enumerate(text.rstrip().splitlines()):
        for column, word in enumerate(line.split()):
            if word == EMPTY:
                continue
            if row >= MOST or column >= MOST:
                reasons.append(_reason(row, N_("Line {row}: a map has at most 40 rows and 40 columns."), ""))  # fmt: skip
            elif word not in known:
                reasons.append(_reason(row, N_("Line {row}: there is no RT {word} in this ward."), word))  # fmt: skip
            elif word in found:
                reasons.append(_reason(row, N_("Line {row}: RT {word} stands on the map twice."), word))  # fmt: skip
            found.setdefault(word, (row, column))
    if missing := [place for place in places if place not in found]:
        text = N_("Not on the map yet: {places}.")
        reasons.append(Reason("planning.map", text, {"places": ", ".join(missing[:8])}, {"field": "grid"}))  # fmt: skip
    return found, reasons


def _reason(row: int, text: str, word: str) -> Reason:
    return Reason("planning.map", text, {"row": row + 1, "word": word[:12]}, {"field": "grid"})
