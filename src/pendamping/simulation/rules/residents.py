"""Who lives in a made-up ward: five RT in two RW, households, the poor among them."""

from dataclasses import dataclass

from pendamping.simulation.rules.setting import Row, Rows, Setting

RTS = (("01", "01"), ("01", "02"), ("01", "03"), ("02", "01"), ("02", "02"))
HOUSEHOLDS = 40  # in each RT
POOR_PERCENT = 42  # the programme works where the poor live


@dataclass(frozen=True, slots=True)
class Adult:
    """Somebody who comes to meetings, joins a group, sits in a body."""

    id: str
    household: str
    name: str
    sex: str
    poor: bool
    rw: str
    rt: str


def residents(ward: Setting) -> tuple[Rows, list[Adult]]:
    """Households and persons, as rows; and the adults."""
    told = ward.chance("residents")
    households: list[Row] = []
    persons: list[Row] = []
    adults: list[Adult] = []
    for rw, rt in RTS:
        for place in range(HOUSEHOLDS):
            home = f"h{rw}{rt}{place:02d}"
            poor = told.randrange(100) < POOR_PERCENT
            children = told.randint(0, 3)
            for place_in_home in range(2 + children):
                sex = "LP"[place_in_home] if place_in_home < 2 else told.choice("LP")
                key = f"{home}-{place_in_home + 1}"
                row = {"id": key, "household": home, "name": f"Contoh {key}", "sex": sex,
                       "relation": ("head", "spouse", "child")[min(place_in_home, 2)]}  # fmt: skip
                persons.append(row)
                if place_in_home < 2:
                    adults.append(Adult(key, home, row["name"], sex, poor, rw, rt))
            households.append(
                {"id": home, "rw": rw, "rt": rt, "head_name": f"Contoh {home}-1", "members": 2 + children,
                 "poor": poor, "source": "list", "joined_on": ward.start}
            )  # fmt: skip
    return {"households": households, "persons": persons}, adults
