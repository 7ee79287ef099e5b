"""Papers of a vote."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pendamping.access.answers import address, answer_pdf
from pendamping.access.gate import page
from pendamping.planning import papers
from pendamping.planning.views.shown import station_or_404, vote_or_404


def _ward(request: HttpRequest) -> str:
    return str(request.ward.name)  # type: ignore[attr-defined]


@require_safe
@page("planning.read")
def minutes_pdf(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    found = vote_or_404(ward, vote)
    if found.status != "closed":
        raise Http404
    pdf = papers.minutes(found, _ward(request), address(request, "planning:vote", vote=vote))
    return answer_pdf(pdf, "berita-acara-pemungutan-suara.pdf")


@require_safe
@page("planning.enter_ballots")
def ballots_pdf(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    one = station_or_404(ward, station)
    return answer_pdf(papers.ballots(one, _ward(request)), f"surat-suara-usulan-{one.number}.pdf")


@require_safe
@page("planning.enter_ballots")
def sheet_pdf(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    one = station_or_404(ward, station)
    where = address(request, "planning:station", station=station)
    return answer_pdf(
        papers.sheet(one, _ward(request), where), f"lembar-hitung-usulan-{one.number}.pdf"
    )
