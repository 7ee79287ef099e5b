"""The cycle of a ward at a glance, and on paper for the wall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf
from pendamping.access.gate import page
from pendamping.cycle import papers, reading, wording
from pendamping.cycle.rules import whole_end
from pendamping.cycle.steps import steps
from pendamping.cycle.views.shown import may, now

DRAFT = ("draft",)


@require_safe
@page("cycle.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """Where the ward stands, what is next, the picture, every stage."""
    found = now(ward)
    running = [key for key, one in found.standings.items() if one.state == "running"]
    verdicts = found.verdicts(running)
    stopped = [one for own in verdicts.values() for one in own if one.stops]
    shown = {
        "chart": wording.chart(found),
        "steps": wording.steps(found, steps(found, verdicts), request.user),  # type: ignore[arg-type]
        "stopped": wording.gates(found, stopped, lambda reason: ""),
        "rows": [wording.row(found, one) for one in found.standings.values()],
        "overdue": sum(one.overdue for one in found.standings.values()),
        "done": sum(one.state == "finished" for one in found.standings.values()),
        "all": sum(one.state != "skipped" for one in found.standings.values()),
        "end": whole_end(found.stages, found.standings),
        "with_terms": wording.with_terms(found),
        "today": found.on,
        "began": found.first_day or found.plan,
        "may_begin": access.may(request.user, "desk.begin_programme", ward),
        "ever": bool(found.runs),
        "otherwise": wording.otherwise(found),
        "draft": next((one for one in reading.plans(ward) if one.status == "draft"), None),
        "may": may(request, ward),
        "handover": access.may(request.user, "handover.read", ward),  # type: ignore[arg-type]
    }
    return render(request, "cycle/home.html", shown)


@require_safe
@page("cycle.read")
def cycle_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The picture and what is next as a sheet: A3 for the wall, A4 for the file."""
    size = "a3" if request.GET.get("paper") == "a3" else "a4"
    name = request.ward.name  # type: ignore[attr-defined]
    content = papers.sheet(now(ward), name, address(request, "cycle:home"), size)
    return answer_pdf(content, f"siklus-{ward}-{size}.pdf")
