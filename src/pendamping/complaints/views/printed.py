"""Papers and workbooks of complaints."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import address, answer_pdf, carry_out
from pendamping.access.gate import page
from pendamping.complaints import actions, papers, queries, sheets
from pendamping.complaints.views.shown import found_or_404

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _ward(request: HttpRequest) -> str:
    return str(request.ward.name)  # type: ignore[attr-defined]


@require_POST
@page("complaints.print_slip")
def slip_pdf(request: HttpRequest, ward: str, complaint: str) -> HttpResponse:
    """The slip for the complainant; the trail keeps that it was printed."""
    found = found_or_404(request, ward, complaint)
    tried = carry_out(actions.print_slip, by=request.user, ward=ward, complaint_id=found.id)
    if not tried.done:
        raise Http404
    link = request.build_absolute_uri(reverse("complaints:follow"))
    return answer_pdf(papers.slip(found, tried.made, _ward(request), link), "slip-pengaduan.pdf")


@require_safe
@page("complaints.read")
def register_pdf(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    """The register of a year on paper, without names."""
    lines = queries.of_year(ward, year, request.user)  # type: ignore[arg-type]
    where = address(request, "complaints:year", year=str(year))
    return answer_pdf(papers.register(lines, ward, _ward(request), year, where), f"ppm-{year}.pdf")


@require_safe
@page("complaints.read")
def register_xlsx(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    """The register of a year and its months as a workbook, without names."""
    lines = queries.of_year(ward, year, request.user)  # type: ignore[arg-type]
    response = HttpResponse(sheets.register(lines, ward, _ward(request), year), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="ppm-{year}.xlsx"'
    return response


@require_safe
@page("complaints.read")
def poster_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """A sheet for the notice board with the code of the form."""
    where = request.build_absolute_uri(reverse("complaints:complain", kwargs={"ward": ward}))
    return answer_pdf(papers.poster(_ward(request), ward, where), "poster-pengaduan.pdf")
