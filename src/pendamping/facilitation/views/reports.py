"""The monthly report: drafted, analysed, handed in; as page, PDF and DOCX."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.access.models import User
from pendamping.facilitation import actions, labels, papers, queries, reporting
from pendamping.facilitation.forms import ReportForm
from pendamping.facilitation.views import shown
from pendamping.kernel.period import month_named

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@page("facilitation.read_log")
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    """The months of each facilitator of the ward, and whether their report went out."""
    rows = [
        {
            "month": labels.month(one.first),
            "who": one.name,
            "entries": one.entries,
            "handed_in_on": one.handed_in_on,
            "url": _url(ward, one.first, one.username),
        }
        for one in queries.report_months(ward)
    ]
    return render(request, "facilitation/reports.html", {"rows": rows})


def _url(ward: str, first: date, username: str, name: str = "report") -> str:
    return reverse(
        f"facilitation:{name}", kwargs={"ward": ward, "month": f"{first:%Y-%m}", "who": username}
    )


def _asked(ward: str, month: str, who: str) -> tuple[date, User]:
    """The month and the facilitator of an address, or the page of what is not there."""
    span, user = month_named(month), access.user(who)
    if span is None or user is None or not queries.works_here(ward, user):
        raise Http404
    return span[0], user


@page("facilitation.read_log")
def show(request: HttpRequest, ward: str, month: str, who: str) -> HttpResponse:
    """A report as it stands; its author writes the analysis and hands it in."""
    first, user = _asked(ward, month, who)
    report = queries.report(ward, user, first)
    form = ReportForm(request.POST or None, initial={"analysis": report.analysis if report else ""})
    final = report is not None and report.handed_in_on is not None
    mine = user.pk == request.user.pk and access.may(request.user, "facilitation.save_report", ward)
    reasons: list[Any] = []
    if mine and request.method == "POST":
        act = actions.hand_in_report if "hand_in" in request.POST else actions.save_report
        tried = attempt(form, act, by=request.user, ward=ward, month=first)
        if tried.done:
            said = (
                _("The report is handed in.")
                if "hand_in" in request.POST
                else _("The analysis is kept.")
            )
            messages.success(request, said)
            return redirect(_url(ward, first, who))
        reasons = tried.reasons
    analysis = report.analysis if report else ""
    told = reporting.told(ward, user, first, report)
    found = {
        "sheet": reporting.sheet(request.ward, first, told, analysis),  # type: ignore[attr-defined]
        "report": report,
        "final": final,
        "mine": mine and not final,
        "form": form,
        "reasons": reasons,
        "pdf": _url(ward, first, who, "report_pdf"),
        "docx": _url(ward, first, who, "report_docx"),
    }
    return render(
        request,
        "facilitation/report.html",
        found,
        status=shown.status(reasons, form if mine else None),
    )


def _printed(request: HttpRequest, ward: str, month: str, who: str) -> tuple[dict[str, Any], date]:
    first, user = _asked(ward, month, who)
    report = queries.report(ward, user, first)
    told = reporting.told(ward, user, first, report)
    with translation.override("id"):
        return reporting.sheet(request.ward, first, told, report.analysis if report else ""), first  # type: ignore[attr-defined]


@require_safe
@page("facilitation.read_log")
def report_pdf(request: HttpRequest, ward: str, month: str, who: str) -> HttpResponse:
    """The report on paper, to be signed."""
    sheet, first = _printed(request, ward, month, who)
    link = address(request, "facilitation:report", month=month, who=who)
    return answer_pdf(papers.report(sheet, link), f"laporan-{first:%Y-%m}.pdf")


@require_safe
@page("facilitation.read_log")
def report_docx(request: HttpRequest, ward: str, month: str, who: str) -> HttpResponse:
    """The report as a text that can be edited."""
    from pendamping.facilitation import office  # takes a tenth of a second to load; few ask for it

    sheet, first = _printed(request, ward, month, who)
    response = HttpResponse(office.docx(sheet), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="laporan-{first:%Y-%m}.docx"'
    return response
