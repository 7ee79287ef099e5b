"""Bodies, groups and their members in a made-up ward."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.insight.rules import FACTORS
from pendamping.simulation.rules.residents import RTS, Adult
from pendamping.simulation.rules.setting import Row, Rows, Setting

ELITE = FACTORS[7]
SEATS = (("bkm", "board", 11), ("upk", "unit", 2), ("upl", "unit", 1), ("ups", "unit", 1))


@dataclass(frozen=True, slots=True)
class Group:
    """A self-help group: where most of it lives, when it formed, who is in it."""

    id: str
    rt: tuple[str, str]
    formed: date
    members: tuple[Adult, ...]


def bodies(ward: Setting, adults: Sequence[Adult], on: date) -> tuple[Rows, set[str]]:
    """The board and the units, each seat with somebody else; and the households that sit there."""
    told = ward.chance("bodies")
    homes = {one.household: one for one in adults}
    chosen = told.sample(sorted(homes), sum(count for _id, _kind, count in SEATS))
    seated = set(chosen)
    found: list[Row] = []
    seats: list[Row] = []
    for key, kind, count in SEATS:
        found.append({"id": key, "kind": kind, "name": f"{key.upper()} Contoh", "formed_on": on, "entered_on": on})  # fmt: skip
        for _ in range(count):
            one = homes[chosen.pop()]
            seats.append({"id": f"s{len(seats) + 1:02d}", "body": key, "person": one.id, "name": one.name,
                          "sex": one.sex, "role": "member", "from": on})  # fmt: skip
    return {"bodies": found, "seats": seats}, seated


def groups(ward: Setting, adults: Sequence[Adult], seated: set[str]) -> tuple[Rows, list[Group]]:
    """Groups form from the second month on; members are of the poor list, but for a slip.

    Where the elite captures the fund, those who are not poor, and households that sit in a body, come into the new
    groups, in each a larger part than in the one before.
    """
    told = ward.chance("groups")
    count = told.randint(17, 23)
    free = {place: [one for one in adults if (one.rw, one.rt) == place] for place in RTS}
    made: list[Group] = []
    for number in range(1, count + 1):
        place = RTS[number % len(RTS)]
        spread = 0.15 + 0.4 * number / count
        formed = ward.start + timedelta(days=round((ward.end - ward.start).days * spread * 0.75) - told.randrange(9))  # fmt: skip
        few = 0.85 * min(1.0, 1.5 * ward.grown(ELITE, formed))
        members = [_member(told, free, place, few, seated) for _ in range(told.randint(5, 6))]
        made.append(Group(f"g{number:02d}", place, formed, tuple(members)))
    return _rows(made), made


def _member(
    told: random.Random,
    free: dict[tuple[str, str], list[Adult]],
    place: tuple[str, str],
    few: float,
    seated: set[str],
) -> Adult:
    outside = told.random() < max(few, 0.01)
    near, far = free[place], [one for other in RTS if other != place for one in free[other]]
    fit = [
        [one for one in pool if one.poor != outside and (outside or one.household not in seated)]
        for pool in (near, far)
    ]
    one = told.choice(fit[0] or fit[1])
    free[one.rw, one.rt].remove(one)
    return one


def _rows(made: Sequence[Group]) -> Rows:
    found: list[Row] = []
    inside: list[Row] = []
    for one in made:
        found.append({"id": one.id, "name": f"KSM Contoh {one.id}", "formed_on": one.formed, "kind": "business",
                      "entered_on": one.formed, "status": "active"})  # fmt: skip
        for number, member in enumerate(one.members, start=1):
            inside.append({"id": f"{one.id}-{number}", "group": one.id, "person": member.id, "name": member.name,
                           "sex": member.sex, "poor": member.poor, "from": one.formed})  # fmt: skip
    return {"groups": found, "group_members": inside}


def merged(*parts: Mapping[str, list[Row]]) -> Rows:
    """Rows of several tables in one mapping; a table that several give has the rows of all."""
    found: Rows = {}
    for part in parts:
        for name, rows in part.items():
            found.setdefault(name, []).extend(rows)
    return found
