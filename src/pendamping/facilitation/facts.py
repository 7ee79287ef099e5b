"""What the rules ask about: the guideline's values, what is logged and planned already."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Sum

from pendamping.access.models import User
from pendamping.facilitation.models import LogEntry, Plan
from pendamping.facilitation.rules import ROLES, AccompanyingRule, Day, read_rule
from pendamping.guidelines import queries as guidelines

SEPARATOR = ";"


def rule(ward: str, on: date) -> AccompanyingRule:
    """What the guideline says about accompanying this ward on a day."""
    text = guidelines.in_force(ward, on)
    return read_rule(text.section("accompanying"), text.code)


def joined(roles: Any) -> str:
    """Roles as an entry keeps them."""
    had = set(roles)
    return SEPARATOR.join(role for role in ROLES if role in had)


def parted(kept: str) -> list[str]:
    """Roles of an entry, from how it keeps them."""
    return kept.split(SEPARATOR) if kept else []


def standing_entries() -> Any:
    """The entries that stand: neither corrected since nor taken back."""
    return LogEntry.objects.filter(replaced_by__isnull=True, taken_back=False)


def day(
    by: User, told: Mapping[str, Any], but: str = "", earlier: Mapping[date, int] | None = None
) -> Day:
    """An entry as it is typed, for the rules; ``but``: id of the entry that it takes the place of.

    ``earlier``: minutes of days that are known already, with those typed before this one.
    """
    on = told["on"]
    before = (logged_minutes(by, [on], but) if earlier is None else earlier)[on]
    return Day(
        on=on,
        stage=told["stage"],
        roles=list(told["roles"]),
        minutes=told["minutes"],
        decided_by=told["decided_by"],
        women=told["women"],
        men=told["men"],
        before=before,
    )


def logged_minutes(by: User, days: Collection[date], but: str = "") -> dict[date, int]:
    """Minutes that somebody has logged of these days, in all wards."""
    found = standing_entries().filter(user=by, on__in=days).exclude(pk=but)
    sums = found.values("on").order_by("on").annotate(all=Sum("minutes"))
    return dict.fromkeys(days, 0) | dict(sums.values_list("on", "all"))


def open_plans(by: User, ward: str, wanted: Collection[str]) -> set[str]:
    """Ids of these that somebody planned in the ward and did not give up."""
    if not wanted:
        return set()
    found = Plan.objects.filter(pk__in=wanted, ward=ward, user=by, dropped_on__isnull=True)
    return set(found.values_list("pk", flat=True))
