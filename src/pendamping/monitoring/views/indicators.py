"""The indicators of a ward on a day: all of them, one with the records behind it, on paper and as a workbook."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf
from pendamping.access.gate import page
from pendamping.kernel import clock, memory
from pendamping.monitoring import labels, papers, sheets
from pendamping.monitoring.behind import behind
from pendamping.monitoring.queries import Reading
from pendamping.monitoring.reading import FUND
from pendamping.monitoring.views import shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@page("monitoring.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """Every indicator with its target and a small picture over months; ``?on=``: as of a day."""
    on = shown.asked_day(request)
    with memory.remembering(look=True):
        reading = Reading(ward, on)
        names = labels.names(ward, on)
        rows = []
        for one in reading.all():
            told = shown.row(one, ward, names, on)
            told["picture"] = shown.picture(one, reading.over_months(one.aim.key))
            rows.append(told)
    progress = [one for one in rows if one["key"] not in FUND]
    found = {
        "on": on,
        "past": on != clock.today(),
        "progress": progress,
        "fund": [one for one in rows if one["key"] in FUND],
        "reached": sum(one["tone"] == "good" for one in rows),
        "with_target": sum(one["tone"] in ("good", "river", "warn") for one in rows),
        "several": _several(request),
    }
    return render(request, "monitoring/home.html", found)


def _several(request: HttpRequest) -> bool:
    """Whether the reader has more wards than one, or an area above a ward."""
    areas = access.scopes(request.user, "monitoring.read")  # type: ignore[arg-type]
    return len(areas) > 1 or any(area.count(".") < 3 for area in areas)


@require_safe
@page("monitoring.read")
def indicator(request: HttpRequest, ward: str, indicator: str) -> HttpResponse:
    """One indicator: formula, rule, figure, parts, months, the records behind it."""
    on = shown.asked_day(request)
    with memory.remembering(look=True):
        reading = Reading(ward, on)
        if indicator not in reading.aims:
            raise Http404
        one = reading.of(indicator)
        found = {
            "on": on,
            "past": on != clock.today(),
            "row": shown.row(one, ward, labels.names(ward, on), on),
            "formula": labels.formula(ward, on, indicator),
            "rule": labels.rule(one),
            "clause": labels.clause(ward, on, indicator),
            "lacking": labels.lacking(one.figure) if one.band == "none" else "",
            "tables": shown.tables(one, ward, on),
            "points": shown.points(one, reading.over_months(indicator)),
            "percent": one.aim.unit == "percent",
            "target": one.aim.target,
            "behind": behind(ward, on, one.figure.records, request.user),  # type: ignore[arg-type]
            "records": len(one.figure.records),
        }
    return render(request, "monitoring/indicator.html", found)


@require_safe
@page("monitoring.read")
def pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The indicators on paper."""
    on = shown.asked_day(request)
    link = address(request, "monitoring:home")
    return answer_pdf(papers.indicators(ward, _name(request), on, link), "indikator.pdf")


@require_safe
@page("monitoring.read")
def xlsx(request: HttpRequest, ward: str) -> HttpResponse:
    """The indicators as a workbook: figures, parts, months."""
    on = shown.asked_day(request)
    answer = HttpResponse(sheets.indicators(ward, _name(request), on), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="indikator-{ward}-{on.isoformat()}.xlsx"'
    return answer


def _name(request: HttpRequest) -> Any:
    return request.ward.name  # type: ignore[attr-defined]
