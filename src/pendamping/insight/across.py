"""Wards side by side by factor, for those who have more than one: as a page, and as a file with every factor."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import page, standing_in
from pendamping.insight import labels, queries
from pendamping.kernel import clock
from pendamping.territory import queries as territory

MOST = (
    30  # wards on a page, those first in which most was urgent at the last look; the file holds all
)
MANY = 1_000
NAMES = ("ward", "name", "on", "factor", "severity", "since", "records", "evidence")


def _wards(request: HttpRequest) -> list[Any]:
    """The wards of the reader; practice wards beside a real one are left out."""
    found = territory.wards(access.scopes(request.user, "insight.read"))  # type: ignore[arg-type]
    return [one for one in found if not one.practice_of]


def _look(ward: Any) -> tuple[date, queries.Look]:
    with standing_in(ward.code):
        today = clock.today()
        return today, queries.look_and_keep(ward.code, today)


@require_safe
@page("insight.read")
def across(request: HttpRequest) -> HttpResponse:
    """Each ward with what holds it back and what carries it, the most urgent first."""
    wards = _wards(request)
    asked = request.GET.get("q", "").strip().lower()
    chosen = [one for one in wards if asked in one.name.lower() or one.code.startswith(asked)]
    kept = queries.urgent_of(one.code for one in chosen)
    chosen.sort(
        key=lambda one: -kept.get(one.code, (MANY, None))[0]
    )  # first where nobody has looked yet
    rows = sorted((_row(one) for one in chosen[:MOST]), key=lambda row: row["order"])
    shown = {
        "rows": rows,
        "q": request.GET.get("q", ""),
        "hidden": max(len(chosen) - MOST, 0),
        "any": bool(wards),
    }
    return render(request, "insight/across.html", shown)


def _row(ward: Any) -> dict[str, Any]:
    _on, look = _look(ward)
    named = {
        word: [labels.name(one.factor) for one in look.warned if one.severity == word]
        for word in ("act", "watch", "strength", "unknown")
    }
    return {
        "name": ward.name,
        "url": reverse("insight:home", kwargs={"ward": ward.code}),
        "order": (-len(named["act"]), -len(named["watch"]), ward.name),
        "unknown_count": len(named["unknown"]),
        **{word: "; ".join(names) or "–" for word, names in named.items()},
    }


@require_safe
@page("insight.read")
def across_csv(request: HttpRequest) -> HttpResponse:
    """Every factor of every ward of the reader, a row each, by the names that ``pendamping warn`` uses."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="warnings.csv"'
    out = csv.writer(answer)
    out.writerow(NAMES)
    for ward in _wards(request):
        out.writerows(_lines(ward))
    return answer


def _lines(ward: Any) -> Iterator[list[Any]]:
    on, look = _look(ward)
    for one in look.warned:
        yield [
            ward.code, ward.name, on, one.factor, one.severity, one.since or "", one.seen, " ".join(one.evidence),
        ]  # fmt: skip
