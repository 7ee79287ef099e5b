"""The report of a study as page, PDF and DOCX; its paragraphs written part by part; the guide on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.evidence import actions, papers, queries, reporting
from pendamping.evidence.forms import ParagraphForm
from pendamping.evidence.views import shown

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@page("evidence.read")
def show(request: HttpRequest, ward: str) -> HttpResponse:
    """The report as it stands: drafted from what is coded, with what who analyses wrote."""
    told = {
        "sheet": reporting.sheet(request.ward),  # type: ignore[attr-defined]
        "study": queries.study(ward),
        "may_write": access.may(request.user, "evidence.write_paragraph", ward),
    }
    return render(request, "evidence/report.html", told)


@page("evidence.write_paragraph")
def write(request: HttpRequest, ward: str, part: str) -> HttpResponse:
    """The analysis of one part."""
    named = reporting.parts(ward)
    if part not in named:
        raise Http404
    form = ParagraphForm(
        request.POST or None, initial={"text": queries.paragraphs(ward).get(part, "")}
    )
    tried = attempt(form, actions.write_paragraph, by=request.user, ward=ward, part=part)
    if tried.done:
        messages.success(request, _("It stands in the report."))
        return redirect("evidence:report", ward=ward)
    told = {"form": form, "name": named[part], "reasons": tried.reasons}
    return render(request, "evidence/write.html", told, status=shown.status(tried.reasons, form))


def _printed(request: HttpRequest) -> dict[str, Any]:
    with translation.override("id"):
        return reporting.sheet(request.ward)  # type: ignore[attr-defined]


@require_safe
@page("evidence.read")
def pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The report on paper."""
    return answer_pdf(
        papers.report(_printed(request), address(request, "evidence:report")), f"kajian-{ward}.pdf"
    )


@require_safe
@page("evidence.read")
def docx(request: HttpRequest, ward: str) -> HttpResponse:
    """The report as a text that can be edited."""
    from pendamping.evidence import office  # takes a tenth of a second to load; few ask for it

    response = HttpResponse(office.docx(_printed(request)), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="kajian-{ward}.docx"'
    return response


@require_safe
@page("evidence.read_sources")
def guide(request: HttpRequest, ward: str) -> HttpResponse:
    """The guide along which informants are asked."""
    content = papers.guide(request.ward, address(request, "evidence:home"))  # type: ignore[attr-defined]
    return answer_pdf(content, f"panduan-wawancara-{ward}.pdf")
