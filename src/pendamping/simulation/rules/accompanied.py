"""Facilitator and cadres of a made-up ward: visits and who decided, trainings, deeds, tasks, departures."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pendamping.insight.rules import FACTORS
from pendamping.kernel.period import add_months
from pendamping.simulation.rules.residents import Adult
from pendamping.simulation.rules.setting import Row, Rows, Setting, entered

MISMATCH, UNREADY, DEPENDENCE = FACTORS[0], FACTORS[4], FACTORS[6]
CAPABLE, TARGET = FACTORS[10], FACTORS[11]
TASKS = ("meetings", "groups", "training", "poor_data", "complaints", "arrears")
CLAUSES = tuple(f"{section}.{number}" for section in "34567" for number in (1, 2, 3))
KINDS = ("local-decision", "request-refused", "order-changed")


def log(ward: Setting) -> Rows:
    """Visits of the facilitator, and who decided what was decided then."""
    told = ward.chance("log")
    rows: list[Row] = []
    on = ward.start + timedelta(days=told.randint(0, 6))
    while on < ward.end:
        for _ in range(told.randint(2, 4)):
            rows.append(
                {"id": f"l{len(rows) + 1}", "facilitator": "faskel", "on": on,
                 "entered_on": entered(told, on), "roles": told.choice(("facilitative", "educational", "technical")),
                 "minutes": told.randrange(30, 240, 10), "decided_by": _decider(ward, told, on)}
            )  # fmt: skip
        step = told.randint(4, 8) if ward.has(CAPABLE) else told.randint(11, 20)
        on += timedelta(days=step)
    return {"log_entries": rows}


def _decider(ward: Setting, told: random.Random, on: date) -> str | None:
    own = 0.22 + 0.68 * ward.grown(DEPENDENCE, on)
    if told.random() < 0.15:
        return None  # nothing was decided, or nobody says who did
    if told.random() < own:
        return "facilitator"
    return told.choice(("community", "joint"))


def cadres(ward: Setting, adults: Sequence[Adult]) -> Rows:
    """Who joined, what they did from month to month, which task each took over."""
    told = ward.chance("cadres")
    count = told.randint(12, 15)
    poor = round(count * (told.uniform(0.6, 0.85) if ward.has(TARGET) else told.uniform(0.1, 0.3)))
    chosen = [
        *told.sample([one for one in adults if one.poor], poor),
        *told.sample([one for one in adults if not one.poor], count - poor),
    ]
    told.shuffle(chosen)
    found: list[Row] = []
    deeds: list[Row] = []
    for number, one in enumerate(chosen, start=1):
        joined = ward.start + timedelta(days=told.randint(15, 110))
        key = f"k{number:02d}"
        found.append(
            {"id": key, "person": one.id, "from": joined, "name": one.name, "sex": one.sex, "poor": one.poor,
             "status": "active", "entered_on": entered(told, joined)}
        )  # fmt: skip
        deeds += _deeds(ward, found[-1])
    return {"cadres": found, "cadre_deeds": deeds, "cadre_tasks": _tasks(ward, found)}


def _deeds(ward: Setting, cadre: Row) -> Iterator[Row]:
    told = ward.chance(f"deeds {cadre['id']}")
    for month in range(ward.months):
        on = ward.month(month) + timedelta(days=told.randrange(28))
        ready = 0.75 * (1 - 0.95 * min(1.0, 1.6 * ward.grown(UNREADY, on)))
        if told.random() < ready and cadre["from"] <= on < ward.end:
            yield {"id": f"{cadre['id']}-{month}", "cadre": cadre["id"], "on": on,
                   "entered_on": max(entered(told, on), cadre["entered_on"])}  # fmt: skip


def _tasks(ward: Setting, found: Sequence[Row]) -> list[Row]:
    """Tasks pass to cadres one by one until half a year before the end; where cadres are unready they stop."""
    told = ward.chance("tasks")
    last = add_months(ward.end, -7)
    days = max(1, (last - ward.start).days)
    rows = []
    for number, task in enumerate(TASKS):
        on = ward.start + timedelta(days=days * (40 + 10 * number) // 100 + told.randint(0, 12))
        if ward.grown(UNREADY, on) > 0.1 or on >= ward.end:
            continue
        one = told.choice([row for row in found if row["from"] <= on] or [found[0]])
        rows.append({"id": f"t-{task}", "cadre": one["id"], "task": task, "since": max(on, one["from"]),
                     "entered_on": max(entered(told, max(on, one["from"])), one["entered_on"])})  # fmt: skip
    return rows


def trainings(ward: Setting, adults: Sequence[Adult]) -> Rows:
    """Trainings with what people knew before and after."""
    told = ward.chance("trainings")
    held: list[Row] = []
    came: list[Row] = []
    on = ward.start + timedelta(days=told.randint(30, 60))
    while on < ward.end:
        key = f"tr{len(held) + 1}"
        held.append({"id": key, "topic": "pembukuan KSM", "held_on": on, "entered_on": entered(told, on),
                     "hours": 4, "status": "held"})  # fmt: skip
        gain = 12 if ward.has(CAPABLE) else 5
        for one in told.sample(adults, told.randint(12, 22)):
            before = told.randint(30, 70)
            after = min(100, max(0, round(before + told.gauss(gain, 9))))
            came.append({"training": key, "person": one.id, "name": one.name, "sex": one.sex, "came": True,
                         "score_before": before, "score_after": after})  # fmt: skip
        on += timedelta(days=told.randint(50, 75) if ward.has(CAPABLE) else told.randint(100, 160))
    return {"trainings": held, "training_attendance": came}


def deviations(ward: Setting) -> Rows:
    """Departures from the guideline: now and then from any clause; planted, from one clause more and more."""
    told = ward.chance("deviations")
    days: list[tuple[date, str]] = []
    on = ward.start + timedelta(days=told.randint(20, 240))
    while on < ward.end:
        days.append((on, told.choice(CLAUSES)))
        on += timedelta(days=told.randint(90, 270))
    since = ward.plants.get(MISMATCH)
    if since:
        clause, on = told.choice(CLAUSES), since
        while on < ward.end:
            days.append((on, clause))
            on += timedelta(days=told.randint(14, 30) + round(50 * (1 - ward.grown(MISMATCH, on))))
    return {
        "deviations": [
            {"id": f"d{number}", "on": on, "entered_on": entered(told, on), "clause": clause,
             "kind": told.choice(KINDS)}
            for number, (on, clause) in enumerate(sorted(days), start=1)
        ]
    }  # fmt: skip
