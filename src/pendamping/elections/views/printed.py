"""Papers of the board and its election."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pendamping.access.answers import address, answer_pdf
from pendamping.access.gate import page
from pendamping.elections import papers, queries
from pendamping.elections.views.shown import round_or_404, station_or_404


def _ward(request: HttpRequest) -> str:
    return str(request.ward.name)  # type: ignore[attr-defined]


@require_safe
@page("elections.read")
def board_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    pdf = papers.board(ward, _ward(request), address(request, "elections:board"))
    return answer_pdf(pdf, "pengurus-bkm.pdf")


@require_safe
@page("elections.read")
def minutes_pdf(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    this = round_or_404(ward, vote)
    pdf = papers.minutes(this, _ward(request), address(request, "elections:round", vote=vote))
    return answer_pdf(pdf, "berita-acara-pemilihan.pdf")


@require_safe
@page("elections.read_voters")
def sheets_pdf(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    this = round_or_404(ward, vote)
    stations = [row.station for row in queries.stations(this)]
    addresses = {one.id: address(request, "elections:station", station=one.id) for one in stations}
    return answer_pdf(papers.sheets(stations, _ward(request), addresses), "lembar-hitung.pdf")


@require_safe
@page("elections.read_voters")
def sheet_pdf(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    one = station_or_404(ward, station)
    where = {one.id: address(request, "elections:station", station=one.id)}
    return answer_pdf(
        papers.sheets([one], _ward(request), where), f"lembar-hitung-{one.number}.pdf"
    )


@require_safe
@page("elections.read_voters")
def ballots_pdf(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    one = station_or_404(ward, station)
    pdf = papers.ballots(one, _ward(request))
    return answer_pdf(pdf, f"surat-suara-{one.number}.pdf")


@require_safe
@page("elections.read_voters")
def voters_pdf(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    one = station_or_404(ward, station)
    where = address(request, "elections:station", station=one.id)
    return answer_pdf(papers.voters(one, _ward(request), where), f"daftar-pemilih-{one.number}.pdf")
