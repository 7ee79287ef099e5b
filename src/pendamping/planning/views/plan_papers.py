"""The plan on paper and as a workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pendamping.access.answers import address, answer_pdf
from pendamping.access.gate import page
from pendamping.planning import plan_paper, sheets
from pendamping.planning.document import document
from pendamping.planning.views.plans import plan_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _ward(request: HttpRequest) -> str:
    return str(request.ward.name)  # type: ignore[attr-defined]


@require_safe
@page("planning.read")
def plan_pdf(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """The whole version."""
    found = plan_or_404(ward, plan)
    pdf = plan_paper.plan(found, _ward(request), address(request, "planning:plan", plan=plan))
    return answer_pdf(pdf, f"pjm-pronangkis-{found.first_year}-versi-{found.number}.pdf")


@require_safe
@page("planning.read")
def annual_pdf(request: HttpRequest, ward: str, plan: str, year: int) -> HttpResponse:
    """The annual plan of one year."""
    found = plan_or_404(ward, plan)
    if not 1 <= year <= found.years:
        raise Http404
    where = address(request, "planning:plan", plan=plan)
    pdf = plan_paper.annual(found, year, _ward(request), where)
    return answer_pdf(pdf, f"renta-{found.first_year + year - 1}.pdf")


@require_safe
@page("planning.read")
def plan_xlsx(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """The workbook of a version."""
    found = plan_or_404(ward, plan)
    response = HttpResponse(sheets.plan(document(found), _ward(request)), content_type=XLSX)
    name = f"pjm-pronangkis-{found.first_year}-versi-{found.number}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
