"""All fourteen factors of a ward on a day. Names and severities: doors, `pendamping warn`."""

from collections.abc import Callable, Mapping
from datetime import date

from pendamping.insight.rules import course, money, people
from pendamping.insight.rules.limits import LIMITS, Limits
from pendamping.insight.rules.warned import FACTORS, Rows, Warned

RULES: Mapping[str, Callable[[Rows, date, Limits], Warned]] = {
    "concept-field-mismatch": course.mismatch,
    "planning-too-long": course.planning,
    "participation-falling": course.participation,
    "verification-stuck": course.verification,
    "cadres-unready": people.cadres_unready,
    "arrears-spreading": money.arrears,
    "facilitator-dependence": people.dependence,
    "elite-capture": money.elite,
    "report-late": course.report_late,
    "government-support": money.government,
    "facilitator-capable": people.facilitator_capable,
    "cadres-from-target-group": people.target_group,
    "participation-strong": people.strong,
    "groups-able": money.groups_able,
}


def warnings(rows: Rows, as_of: date, limits: Limits = LIMITS) -> list[Warned]:
    """Every factor of doors, in their order; nothing later than ``as_of``, nor entered later, counts."""
    return [RULES[factor](rows, as_of, limits) for factor in FACTORS]
