"""Upload, look, confirm: three pages, and the papers that go with them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendamping.access.gate import page
from pendamping.households import actions, queries, staging, workbooks
from pendamping.households.forms import UploadForm, started_today
from pendamping.households.models import CensusUpload
from pendamping.kernel.refusal import Refusal

SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("households.stage_upload")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, ward: str) -> HttpResponse:
    """Choose a file; what is wrong in it is shown on the next page."""
    form = UploadForm(request.POST or None, request.FILES or None, initial=started_today())
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            staged = actions.stage_upload(
                by=request.user,  # type: ignore[arg-type]
                ward=ward,
                filename=form.cleaned_data["file"].name,
                content=form.cleaned_data["file"].read(),
                on=form.cleaned_data["on"],
            )
            return redirect("households:findings", ward=ward, upload=staged.id)
        except Refusal as refusal:
            reasons = refusal.reasons
    context = {"form": form, "reasons": reasons, "uploads": queries.uploads(ward)}
    return render(request, "households/upload.html", context, status=409 if reasons else 200)


@page("households.stage_upload")
@require_safe
def template(request: HttpRequest, ward: str) -> HttpResponse:
    """The empty template."""
    return _file(workbooks.template(_), XLSX, "templat-sensus.xlsx")


@page("households.stage_upload")
@require_safe
def findings(request: HttpRequest, ward: str, upload: str) -> HttpResponse:
    """What was found in a staged file, and the button that stores it."""
    staged = _staged(ward, upload)
    found = staging.findings(staged.id, _)
    context = {
        "upload": staged,
        "errors": found["errors"][:SHOWN],
        "warnings": found["warnings"][:SHOWN],
        "duplicates": found["duplicates"][:SHOWN],
        "unknown": sorted({each["column"] for each in found["unknown_columns"]})[:60],
        "shown": SHOWN,
    }
    return render(request, "households/findings.html", context)


@page("households.stage_upload")
@require_safe
def error_list(request: HttpRequest, ward: str, upload: str, form: str) -> HttpResponse:
    """Every wrong and doubtful cell, to take along."""
    found = staging.findings(_staged(ward, upload).id, _)
    cells = found["errors"] + found["warnings"]
    if form == "csv":
        text = "\ufeff" + workbooks.findings_csv(cells, _)
        return _file(text.encode(), "text/csv; charset=utf-8", "periksa-sensus.csv")
    return _file(workbooks.findings_workbook(cells, _), XLSX, "periksa-sensus.xlsx")


@page("households.confirm_import")
@require_POST
def confirm(request: HttpRequest, ward: str, upload: str) -> HttpResponse:
    """Store the file, all or nothing."""
    _staged(ward, upload)
    actions.confirm_import(by=request.user, ward=ward, upload_id=upload)  # type: ignore[arg-type]
    return redirect("households:findings", ward=ward, upload=upload)


@page("households.discard_upload")
@require_POST
def discard(request: HttpRequest, ward: str, upload: str) -> HttpResponse:
    """Throw the file away."""
    _staged(ward, upload)
    actions.discard_upload(by=request.user, ward=ward, upload_id=upload)  # type: ignore[arg-type]
    return redirect("households:upload", ward=ward)


def _staged(ward: str, upload: str) -> CensusUpload:
    found = queries.upload(ward, upload)
    if found is None:
        raise Http404
    return found


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
