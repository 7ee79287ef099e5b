"""Reading the stop on new lending."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from pendamping.funds.loans.models import LendingStop
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share


def standing_stop(ward: str) -> LendingStop | None:
    """The stop that nobody has lifted yet."""
    return LendingStop.objects.filter(ward=ward, lifted_on=None).first()


def stopped_wards(wards: Collection[str]) -> set[str]:
    """Those of these wards in which a stop stands that nobody has lifted yet."""
    return set(
        LendingStop.objects.filter(ward__in=wards, lifted_on=None).values_list("ward", flat=True)
    )


def stop_until(ward: str, month: date) -> LendingStop | None:
    """A stop that was lifted when the month ending on this day was over already."""
    found = LendingStop.objects.filter(ward=ward, lifted_on__gte=month)
    return found.order_by("-lifted_on").first()


def stops(ward: str) -> list[LendingStop]:
    """All stops of a ward, the latest first."""
    return list(LendingStop.objects.filter(ward=ward).order_by("-since", "-id"))


def findings(stop: LendingStop) -> list[dict[str, Any]]:
    """What fell into the band: ``short``, ``share``."""
    return [
        {"short": one["short"], "share": Share(int(one["part"]), int(one["whole"]))}
        for one in stop.findings
    ]


def stopped(ward: str, on: date) -> list[Reason]:
    """Why nothing may be lent on a day: a stop that held then, or that nobody has lifted yet."""
    found = (
        LendingStop.objects.filter(ward=ward)
        .filter(Q(lifted_on=None) | Q(since__lte=on, lifted_on__gt=on))
        .order_by("-since")
        .first()
    )
    if found is None:
        return []
    what = ", ".join(f"{one['short']} {one['share'].percent()}" for one in findings(found))
    return [
        Reason(
            found.clause,
            "New lending is stopped since {since} ({what}): {effect}. A meeting lifts the stop.",
            {"since": found.since.isoformat(), "what": what, "effect": effect(ward, on)},
            {"stop": found.id},
        )
    ]


def effect(ward: str, on: date) -> str:
    """What the stop does, as the guideline words it."""
    found = guidelines.section("suspension", ward, on).get("effect", {})
    lang = "en" if get_language() == "en" else "id"
    return str(found.get(lang, "")) if found else ""
