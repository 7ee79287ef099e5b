"""The limits that warnings are measured by, as a guideline says them.

Source: guideline sections ``factor_limits``, ``concentration``, ``participation``, ``handover``,
``accompanying``, ``cadre_tasks`` and ``verification_tiers``; where a text is silent, the values here, which are our design.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

Section = Callable[[str], Mapping[str, Any]]

TIERS = frozenset({"pjok", "korkot", "ppk", "satker", "appeal"})
"""Tiers above the ward where no guideline names them (handbook 5.1)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Percentages, days, months and counts; ``planning_planned_months`` 0: the text plans no such time."""

    deviations: int = 3
    watched_days: int = 180
    planning_planned_months: int = 0
    planning_over_percent: int = 25
    early_percent: int = 50
    people_least: int = 2
    members_least: int = 20
    meetings_least: int = 6
    attendance_fall_percent: int = 25
    tier_days: int = 14
    tier_over_times: int = 2
    returns: int = 2
    cadres_ready_before_months: int = 6
    cadres_urgent_months: int = 3
    cadres_active: int = 9
    cadres_active_months: int = 3
    decisions_least: int = 5
    facilitator_decides_percent: int = 50
    facilitator_decides_act_percent: int = 75
    arrears_days: int = 30
    arrears_months: int = 3
    arrears_groups_percent: int = 10
    non_poor_borrowers_percent: int = 10
    loans_percent: int = 10
    grants_percent: int = 10
    offices_percent: int = 20
    report_late_days: int = 7
    office_steps_least: int = 6
    offices_in_time_percent: int = 80
    visited_weeks_percent: int = 75
    cadres_poor_percent: int = 50
    women_percent: int = 30
    poor_percent: int = 0
    able_groups_least: int = 3
    able_groups_percent: int = 80
    able_late_days: int = 7
    office_tiers: frozenset[str] = TIERS
    tasks: tuple[str, ...] = ()


LIMITS = Limits()


def read(section: Section) -> Limits:
    """The limits of a guideline; ``section`` gives the values of one of its sections by key.

    >>> said = {"factor_limits": {"deviations": 2}, "participation": {"women_percent": 40}}
    >>> found = read(lambda name: said.get(name, {}))
    >>> found.deviations, found.women_percent, found.report_late_days
    (2, 40, 7)
    """
    names = {field.name for field in fields(Limits)} - {"office_tiers", "tasks"}
    found: dict[str, Any] = {}
    for name in ("concentration", "participation", "factor_limits"):
        found |= {key: value for key, value in section(name).items() if key in names}
    active = section("handover").get("volunteers_active", {})
    if "at_least" in active:
        found["cadres_active"] = active["at_least"]
    if "within_months" in active:
        found["cadres_active_months"] = active["within_months"]
    if "least_decisions" in section("accompanying"):
        found["decisions_least"] = section("accompanying")["least_decisions"]
    found["tasks"] = tuple(section("cadre_tasks"))
    tiers = section("verification_tiers")
    if tiers:
        above = {key for key, tier in tiers.items() if tier.get("level", "ward") != "ward"}
        found["office_tiers"] = frozenset(above)
    return Limits(**found)
