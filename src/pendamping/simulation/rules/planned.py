"""Planning of a made-up ward: its stages, and the day on which money can first come."""

from datetime import date, timedelta

from pendamping.insight.rules import FACTORS
from pendamping.simulation.rules.setting import Row, Rows, Setting, entered

SLOW = FACTORS[1]
STAGES = (
    ("orientation", 21), ("readiness", 14), ("reflection", 21), ("mapping", 25), ("board", 22), ("plan", 17),
)  # fmt: skip
"""Days planned for each: four months together, as the guideline plans (handbook 11 no. 12)."""


def stages(ward: Setting) -> tuple[Rows, date]:
    """Planned and real days of each stage of planning, then the works; and the day on which planning was done.

    A stage takes a little less or more than planned, and what was lost is partly caught up; where planning is slow
    each stage takes longer than the one before it.
    """
    told = ward.chance("stages")
    rows: list[Row] = []
    plan = real = ward.start
    for number, (stage, days) in enumerate(STAGES):
        plan_end = plan + timedelta(days=days - 1)
        behind = (real - plan).days
        slow = 1.0 + 0.24 * (number + 1) if ward.has(SLOW) else 1.0
        takes = max(5, round(days * told.gauss(0.97, 0.1) * slow - (0 if ward.has(SLOW) else 0.4 * behind)))  # fmt: skip
        ends = real + timedelta(days=takes - 1)
        rows.append(_row(ward, stage, (plan, plan_end), (real, ends)))
        plan, real = plan_end + timedelta(days=1), ends + timedelta(days=1)
    works = (plan, plan + timedelta(days=330))
    lasts = (works[1] - works[0]).days
    rows.append(
        _row(ward, "funds", works, (real, real + timedelta(days=lasts - told.randint(5, 40))))
    )
    return {"stages": [row for row in rows if row["started"]]}, real


def _row(ward: Setting, stage: str, plan: tuple[date, date], real: tuple[date, date]) -> Row:
    told = ward.chance(f"stage {stage}")
    started = real[0] if real[0] < ward.end else None
    ended = real[1] if real[1] < ward.end else None
    return {
        "stage": stage, "planned_start": plan[0], "planned_end": plan[1], "started": started, "ended": ended,
        "entered_on": entered(told, real[0]) if started else None,
        "ended_entered_on": entered(told, real[1]) if ended else None,
    }  # fmt: skip
