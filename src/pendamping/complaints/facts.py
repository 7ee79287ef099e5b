"""What the rules of complaints need to know, gathered from the tables and the rooms below."""

from dataclasses import replace
from datetime import date, timedelta

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.complaints.models import Complaint
from pendamping.complaints.rules import (
    ComplaintRule,
    Standing,
    after_workdays,
    area_of,
    concerned,
    kept_rule,
    read_rule,
    standing,
    turns_of,
)
from pendamping.complaints.rules.hands import ABOVE_HANDS, WARD_HANDS
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import memory
from pendamping.territory.rules import real_code

SECTIONS = {
    "channels": "complaint_channels",
    "kinds": "complaint_kinds",
    "scopes": "complaint_scopes",
}


def rule_on(ward: str, on: date) -> ComplaintRule:
    """The guideline's rule of complaints on a day."""
    text = guidelines.in_force(ward, on)
    per_week = text.section("accompanying").get("workdays_per_week", 5)
    return read_rule(
        text.section("complaints"), text.section("complaint_levels"), text.code, per_week
    )


def level_name(one: Complaint, key: str) -> dict[str, str]:
    """What a level is called, in every language of the guideline."""
    levels = guidelines.section("complaint_levels", one.ward, one.received_on)
    return dict(levels[key]["name"]) if key in levels else {"id": key, "en": key}


def known(ward: str, on: date) -> dict[str, list[str]]:
    """The keys of ways, kinds and scopes by the guideline of a day."""
    text = guidelines.in_force(ward, on)
    return {name: list(text.section(section)) for name, section in SECTIONS.items()}


def rule(one: Complaint) -> ComplaintRule:
    """The rule that was kept with a complaint."""
    return kept_rule(one.rule)


def stands(one: Complaint, on: date) -> Standing:
    """Where a complaint stands on a day; reads its steps, or takes those that were read with it."""
    steps = sorted(one.steps.all(), key=lambda step: step.number)
    rows = [(step.kind, step.on, step.level) for step in steps if step.on <= on]
    turns = turns_of(rows)
    if one.origin and turns:
        elsewhere = one.entered_on - timedelta(days=1)
        turns[0] = replace(turns[0], due=one.due_on, elsewhere=elsewhere)
    return standing(turns, rule(one), on)


def acknowledge_by(one: Complaint) -> date:
    """The last day on which the complainant is to be told that it came in."""
    kept = rule(one)
    return after_workdays(one.received_on, kept.acknowledge_days, kept.workdays_per_week)


def confirm_by(one: Complaint) -> date:
    """The last day on which the complainant is waited for; of what is answered."""
    kept = rule(one)
    return after_workdays(
        one.answered_on or one.received_on, kept.confirm_days, kept.workdays_per_week
    )


def hands(ward: str, level: str) -> tuple[User, ...]:
    """Who handles complaints at a level of a ward, whatever a complaint is about."""
    area = area_of(level, ward)
    if area != ward:
        return memory.once(
            ("complaint hands", area), lambda: access.holding([area], list(ABOVE_HANDS))
        )
    parts = real_code(ward).split(".")
    around = ["", ward, *(".".join(parts[:depth]) for depth in range(1, len(parts) + 1))]
    return memory.once(("complaint hands", ward), lambda: access.holding(around, list(WARD_HANDS)))


def is_concerned(one: Complaint, by: User) -> bool:
    """Whether a complaint is about somebody, or about the body that they belong to."""
    named = any(each.user_id == by.pk for each in one.concerns.all())
    return concerned(one.about, access.roles(by, one.ward), named)


def doers(one: Complaint, level: str) -> tuple[str, list[User]]:
    """The level that has somebody to act, from ``level`` up, and who that is.

    Where nobody is there, the nearest level below acts; where all are concerned, nobody does.
    """
    kept = rule(one)
    place = kept.levels.index(kept.level(level))
    for there in (*kept.levels[place:], *kept.levels[:place][::-1]):
        found = [user for user in hands(one.ward, there.key) if not is_concerned(one, user)]
        if found:
            return there.key, found
    return level, []


def acts(one: Complaint, by: User, on: date) -> bool:
    """Whether it is for somebody to act on a complaint now."""
    return by.pk in {user.pk for user in doers(one, stands(one, on).level)[1]}
