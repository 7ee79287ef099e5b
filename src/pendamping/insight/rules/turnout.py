"""How many different persons came to each meeting: all, women, the poor; each apart, never added.

Source: handbook 1.2.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from pendamping.insight.rules.warned import Row, Rows, known
from pendamping.kernel.period import add_months

COLUMNS = ("all", "women", "poor")


@dataclass(frozen=True, slots=True)
class Came:
    """One meeting: how many persons came; ``None`` where nobody counted them apart."""

    meeting: Row
    all: int
    women: int | None
    poor: int | None


def came(rows: Rows, as_of: date) -> list[Came]:
    """Every meeting that is known to have been held, oldest first, guests left out.

    Where its roll is kept, each person counts once however often the roll names them; else the head count.
    """
    roll: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows.get("attendance", ()):
        if not row.get("guest"):
            roll[row["meeting"]][row.get("person") or row["name"]] = row
    found = []
    for meeting in known(rows, "meetings", "held_on", as_of):
        there = list(roll[meeting["id"]].values())
        if there:
            women = sum(row.get("sex") == "P" for row in there)
            poor = sum(bool(row.get("poor")) for row in there)
            found.append(Came(meeting, len(there), women, poor))
        elif meeting.get("attended") is not None:
            heads = meeting.get("attended_women"), meeting.get("attended_poor")
            found.append(Came(meeting, meeting["attended"], *heads))
    return found


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year: meetings whose roll names people, attendances there, and different persons."""

    first: date
    meetings: int
    attendances: int
    persons: int
    women: int
    poor: int


def quarters(rows: Rows, as_of: date) -> list[Quarter]:
    """Different persons by quarter, from the rolls that name them, from the first quarter with such a roll to the
    last; a quarter between them without one is empty.

    Somebody who was poor at one meeting of the quarter counts as poor in it.
    """
    held = {row["id"]: row["held_on"] for row in known(rows, "meetings", "held_on", as_of)}
    inside: dict[date, list[Row]] = defaultdict(list)
    for row in rows.get("attendance", ()):
        day = held.get(row["meeting"])
        if day is not None and not row.get("guest"):
            inside[date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)].append(row)
    if not inside:
        return []
    first, last = min(inside), max(inside)
    between = ((last.year - first.year) * 12 + last.month - first.month) // 3
    every = [add_months(first, 3 * number) for number in range(between + 1)]
    return [_quarter(one, inside.get(one, [])) for one in every]


def _quarter(first: date, there: list[Row]) -> Quarter:
    def different(rows: list[Row]) -> int:
        return len({row.get("person") or row["name"] for row in rows})

    return Quarter(
        first,
        len({row["meeting"] for row in there}),
        len({(row["meeting"], row.get("person") or row["name"]) for row in there}),
        different(there),
        different([row for row in there if row.get("sex") == "P"]),
        different([row for row in there if row.get("poor")]),
    )
