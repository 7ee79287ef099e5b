"""When a limit of the guideline was really broken in a made-up ward, by what happened, whenever it was entered.

Each is the limit from which the guideline says that something is so, or that has a consequence; the factors that
carry a ward have none.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from pendamping.insight.rules import Limits, owing
from pendamping.kernel.period import add_months
from pendamping.simulation.rules import gathering
from pendamping.simulation.rules.setting import Rows, Setting

SUSPENDED_PERCENT = 20
"""Groups with three instalments behind, of those with a loan: above it the fund stops lending (handbook 4.3, LAR)."""
BEHIND_DAYS = 62  # three monthly instalments are due and unpaid


def broken(ward: Setting, rows: Rows, factor: str, limits: Limits) -> date | None:
    """The first day on which it was broken, within the programme; ``None`` where it never was."""
    found = LIMITS[factor](ward, rows, limits) if factor in LIMITS else None
    return found if found and found <= ward.end else None


def _departures(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """So many departures from one clause within the days watched."""
    days: dict[str, list[date]] = defaultdict(list)
    for row in sorted(rows["deviations"], key=lambda row: row["on"]):
        days[row["clause"]].append(row["on"])
    many = limits.deviations
    return min(
        (held[at] for held in days.values() for at in range(many - 1, len(held))
         if (held[at] - held[at - many + 1]).days < limits.watched_days),
        default=None,
    )  # fmt: skip


def _planned(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """No money when planning is over its planned months by more than the limit."""
    planned = add_months(ward.start, limits.planning_planned_months)
    late = planned + timedelta(days=limits.planning_over_percent * (planned - ward.start).days // 100 + 1)  # fmt: skip
    return late if min((row["disbursed"] for row in rows["loans"]), default=ward.end) >= late else None  # fmt: skip


def _turnout(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """Those who stay away are fewer by the limit than they were, as they behave, apart from season and chance."""
    who = gathering.who_falls(ward)
    on = ward.start
    while on < ward.end and gathering.left(ward, who, on) > 1 - limits.attendance_fall_percent / 100:  # fmt: skip
        on += timedelta(days=1)
    return on if on < ward.end else None


def _lay(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """A dossier has lain at its tier longer than so many times its limit, or was returned there as often as the limit says."""
    found, back = list[date](), dict[tuple[str, str], int]()
    for row in rows["verification_steps"]:
        day = row["received_on"] + timedelta(days=limits.tier_over_times * row["limit_days"] + 1)
        if (row["decided_on"] or ward.end) >= day:
            found.append(day)
        if row["decision"] == "return":
            tier = row["dossier"], row["tier"]
            back[tier] = back.get(tier, 0) + 1
            found += [row["decided_on"]] if back[tier] == limits.returns else []
    return min(found, default=None)


def _end(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """The day on which the ward stands alone."""
    return ward.end


def _suspended(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """So many groups are three instalments behind that the fund stops lending."""
    on = ward.plants.get("arrears-spreading", ward.start)
    while on < ward.end:
        now = [one for one in owing(rows, on, date.max) if one.runs]
        behind = {one.group for one in now if one.late(on) >= BEHIND_DAYS}
        if len(behind) * 100 > SUSPENDED_PERCENT * len({one.group for one in now}):
            return on
        on += timedelta(days=5)
    return None


def _decided(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """The facilitator decided more than the limit of what was decided within the days watched."""
    said: list[tuple[date, bool]] = sorted((row["on"], row["decided_by"] == "facilitator") for row in rows["log_entries"] if row["decided_by"])  # fmt: skip
    for on in sorted({day for day, _own in said}):
        last = [own for day, own in said if on - timedelta(days=limits.watched_days) < day <= on]
        if len(last) >= 3 * limits.decisions_least and 100 * sum(last) > limits.facilitator_decides_percent * len(last):  # fmt: skip
            return on
    return None


def _few(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """More than the limit of those who borrowed are not of the poor list."""
    poor = {row["person"]: row["poor"] for row in rows["group_members"]}
    parts = defaultdict(list)
    for row in rows["loan_members"]:
        parts[row["loan_id"]].append(row["person"])
    lent: dict[str, date] = {}
    for row in sorted(rows["loans"], key=lambda row: (row["disbursed"], row["loan_id"])):
        lent |= {person: row["disbursed"] for person in parts[row["loan_id"]]}
        others = sum(not poor[person] for person in lent)
        if others >= limits.people_least and 100 * others > limits.non_poor_borrowers_percent * len(lent):  # fmt: skip
            day: date = row["disbursed"]
            return day
    return None


def _reported(ward: Setting, rows: Rows, limits: Limits) -> date | None:
    """A report is later than its due day by more days than the limit."""
    found = [(row["lpj_due"] + timedelta(days=limits.report_late_days + 1), row["lpj_accepted_on"]) for row in rows["tranches"]]  # fmt: skip
    return min((day for day, accepted in found if (accepted or ward.end) >= day), default=None)


LIMITS: Mapping[str, Callable[[Setting, Rows, Limits], date | None]] = {
    "concept-field-mismatch": _departures,
    "planning-too-long": _planned,
    "participation-falling": _turnout,
    "verification-stuck": _lay,
    "cadres-unready": _end,
    "arrears-spreading": _suspended,
    "facilitator-dependence": _decided,
    "elite-capture": _few,
    "report-late": _reported,
}
