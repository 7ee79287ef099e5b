"""The stages of several wards side by side: what is late, and when each is expected to be through."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import page, standing_in
from pendamping.cycle import reading, wording
from pendamping.cycle.reading import Cycle
from pendamping.cycle.rules import whole_end
from pendamping.kernel import clock
from pendamping.territory import queries as territory

MOST = 100  # wards on one page: the latest of them


@require_safe
@page("cycle.read")
def across(request: HttpRequest) -> HttpResponse:
    """Wards of the reader, the one with the most days late first; each by its own calendar."""
    wards = [
        one
        for one in territory.wards(access.scopes(request.user, "cycle.read"))  # type: ignore[arg-type]
        if not one.practice_of
    ]
    found = [(ward, _cycle(ward)) for ward in wards]
    rows = sorted(
        (_row(ward, one) for ward, one in found), key=lambda row: (-row["worst"], row["name"])
    )
    shown = {
        "rows": rows[:MOST],
        "hidden": max(len(rows) - MOST, 0),
        "late": sum(row["worst"] > 0 for row in rows),
        "overdue": [{"ward": row["name"], **one} for row in rows[:MOST] for one in row["overdue"]],
    }
    return render(request, "cycle/across.html", shown)


def _row(ward: Any, found: Cycle) -> dict[str, Any]:
    overdue = sorted(
        (one for one in found.standings.values() if one.overdue), key=lambda one: -one.days_late
    )
    running = [one for one in found.standings.values() if one.state == "running"]
    end = whole_end(found.stages, found.standings)
    return {
        "name": ward.name,
        "code": ward.code,
        "practice": ward.practice_today is not None,
        "url": reverse("cycle:home", kwargs={"ward": ward.code}),
        "running": ", ".join(wording.stage_name(found, one.stage) for one in running) or "–",
        "done": sum(one.state == "finished" for one in found.standings.values()),
        "all": sum(one.state != "skipped" for one in found.standings.values()),
        "worst": overdue[0].days_late if overdue else 0,
        "end": end,
        "ends_late": end is not None and ward.programme_end is not None and end > ward.programme_end,
        "cells": [wording.row(found, one) for one in found.standings.values()],
        "overdue": [
            {
                "stage": wording.stage_name(found, one.stage),
                "planned": one.planned.ends if one.planned else None,
                "days": one.days_late,
                "expected": one.expected.ends if one.expected else None,
                "url": reverse("cycle:stage", kwargs={"ward": ward.code, "stage": one.stage}),
            }
            for one in overdue
        ],
    }  # fmt: skip


def _cycle(ward: Any) -> Cycle:
    with standing_in(ward.code):
        return reading.cycle(ward.code, clock.today())
