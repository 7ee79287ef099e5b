"""Meetings of a made-up ward: every month in each RT and in the ward; who comes, whose roll was kept."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pendamping.insight.rules import FACTORS
from pendamping.simulation.rules import seasons
from pendamping.simulation.rules.residents import RTS, Adult
from pendamping.simulation.rules.setting import Row, Rows, Setting, entered

FALLS_TO = 0.45
"""Of their usual turnout, where participation has fallen as far as it does."""
NO_ROLL_PERCENT = 12
FALLING, STRONG = FACTORS[2], FACTORS[12]


def meetings(ward: Setting, adults: Sequence[Adult]) -> Rows:
    """Meetings and their rolls."""
    told = ward.chance("meetings")
    held: list[Row] = []
    rolls: list[Row] = []
    for kind, level, rw, rt, people in _series(adults):
        usual = told.uniform(19, 27) if level == "rt" else told.uniform(38, 50)
        for month in range(ward.months):
            on = ward.month(month) + timedelta(days=told.randint(8, 26))
            if on >= ward.end:
                continue
            row = {"id": f"{kind}-{rw}{rt}-{month:02d}", "kind": kind, "level": level, "rw": rw, "rt": rt,
                   "held_on": on, "status": "held", "place": "Balai warga"}  # fmt: skip
            there = _there(ward, told, on, usual, people)
            held.append(_counted(ward, told, row, there, rolls))
    return {"meetings": held, "attendance": rolls}


def _series(
    adults: Sequence[Adult],
) -> Iterator[tuple[str, str, str | None, str | None, Sequence[Adult]]]:
    for rw, rt in RTS:
        here = [one for one in adults if (one.rw, one.rt) == (rw, rt)]
        yield "neighbourhood", "rt", rw, rt, here
    yield "citizens", "ward", None, None, adults


def who_falls(ward: Setting) -> str:
    """Who stays away where participation falls: everybody, or the women, or the poor."""
    return ward.chance("who falls").choice(("all", "all", "all", "women", "poor"))


def left(ward: Setting, who: str, on: date) -> float:
    """The part of its usual turnout that a group of people still has on a day."""
    if who_falls(ward) not in ("all", who):
        return 1.0
    return 1.0 - (1.0 - FALLS_TO) * ward.grown(FALLING, on)


def _there(
    ward: Setting, told: random.Random, on: date, usual: float, people: Sequence[Adult]
) -> list[Adult]:
    """Who comes: the season, the evening, and for women and the poor what they make of it."""
    count = usual * seasons.turnout(on) * max(0.5, told.gauss(1, 0.11))
    strong = ward.has(STRONG)
    women = (0.52 if strong else 0.34) + told.gauss(0, 0.03)
    poor = (0.5 if strong else 0.32) + told.gauss(0, 0.03)
    there: list[Adult] = []
    for sex, sex_part in (("P", women), ("L", 1 - women)):
        for is_poor, poor_part in ((True, poor), (False, 1 - poor)):
            pool = [one for one in people if one.sex == sex and one.poor == is_poor]
            come = count * sex_part * poor_part
            come *= min(
                left(ward, "women", on) if sex == "P" else left(ward, "men", on),
                left(ward, "poor", on) if is_poor else left(ward, "others", on),
            )
            there += told.sample(pool, min(len(pool), round(come + told.uniform(-0.5, 0.5))))
    return there


def _counted(
    ward: Setting, told: random.Random, row: Row, there: Sequence[Adult], rolls: list[Row]
) -> Row:
    """What somebody wrote down of it: a roll, or the heads, or the heads alone without women and poor."""
    quorum = 99 if ward.has(STRONG) else 84
    women = sum(one.sex == "P" for one in there)
    poor = sum(one.poor for one in there)
    row |= {"entered_on": entered(told, row["held_on"]), "quorum_met": told.randrange(100) < quorum,
            "attended": len(there), "attended_women": women, "attended_poor": poor}  # fmt: skip
    if told.randrange(100) >= NO_ROLL_PERCENT:
        rolls += [
            {"meeting": row["id"], "number": number, "person": one.id, "name": one.name, "sex": one.sex,
             "poor": one.poor, "rw": one.rw, "rt": one.rt, "guest": False}
            for number, one in enumerate(there, start=1)
        ]  # fmt: skip
    elif told.randrange(100) < 25:
        row |= {"attended_women": None, "attended_poor": None}
    return row
