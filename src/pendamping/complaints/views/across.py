"""Complaints of several wards that lie in the reader's hands: for who answers above the ward."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import page, standing_in
from pendamping.complaints import labels, queries
from pendamping.complaints.views import shown
from pendamping.kernel import clock
from pendamping.territory import queries as territory

MOST = 200


@require_safe
@page("complaints.read")
def across(request: HttpRequest) -> HttpResponse:
    """What runs in the wards of the reader: theirs first, then by limit."""
    wards = territory.wards(access.scopes(request.user, "complaints.read"))  # type: ignore[arg-type]
    real = {one.code: one for one in wards if not one.practice_of}
    rows: list[dict[str, Any]] = []
    for code in queries.wards_running(list(real)):
        rows += _rows(request, real[code])
    rows.sort(key=lambda row: (not row["mine"], row["due"] is None, row["due"] or row["received"]))
    found = {
        "rows": rows[:MOST],
        "hidden": max(len(rows) - MOST, 0),
        "mine": sum(row["mine"] for row in rows),
        "late": sum(row["late"] or row["overdue"] for row in rows),
        "wards": len(real),
    }
    return render(request, "complaints/across.html", found)


def _rows(request: HttpRequest, ward: Any) -> list[dict[str, Any]]:
    with standing_in(ward.code):
        today = clock.today()
        levels = labels.names(ward.code, "levels", today)
        lines = queries.running(ward.code, today, request.user)  # type: ignore[arg-type]
        return [{**shown.row(one, request, levels), "ward": ward.name} for one in lines]
