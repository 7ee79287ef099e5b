"""Upload, look, confirm: three pages, and the papers that go with them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from pendamping.access.answers import part_asked
from pendamping.access.gate import page
from pendamping.households import actions, background, queries, staging, workbooks
from pendamping.households.forms import UploadForm, started_today
from pendamping.households.models import CensusUpload
from pendamping.households.rules.stages import STAGES
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal

SAME_NIK = "households.census.nik_twice"
SHOWN = 100  # likely doubles
GROUPS, FIRST_CELLS, FOLDED_CELLS = 20, 3, 25  # sentences shown; cells of each, at once and folded
# what is still done within a request; more goes to the background worker
AT_ONCE_ROWS = 2_000
AT_ONCE_BYTES = 250_000
AT_ONCE_RESIDENTS = 5_000
LATE_SECONDS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("households.stage_upload")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, ward: str) -> HttpResponse:
    """Choose a file; what is wrong in it is shown on the next page."""
    form = UploadForm(request.POST or None, request.FILES or None, initial=started_today())
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            staged = _take(request, ward, form.cleaned_data)
            return redirect("households:findings", ward=ward, upload=staged.id)
        except Refusal as refusal:
            reasons = refusal.reasons
    day_wrong = any(each.clause == "households.upload.future" for each in reasons)
    context = {
        "form": form,
        "reasons": reasons,
        "day_wrong": day_wrong,
        "kept_days": queries.term_days(ward, clock.today()),
        "uploads": [_listed(ward, each) for each in queries.uploads(ward)],
    }
    return render(request, "households/upload.html", context, status=409 if reasons else 200)


def _listed(ward: str, upload: CensusUpload) -> dict[str, Any]:
    """A row of the list of earlier uploads; ``kept``: until when its file is on the server."""
    place = {"ward": ward, "upload": upload.id}
    looked_at = upload.status not in {"waiting", "failed"}
    return {
        "file": upload.filename,
        "day": upload.counted_on,
        "households": upload.households if looked_at else None,
        "errors": upload.errors if looked_at else None,
        "status": upload.status,
        "kept": queries.kept_until(upload) if upload.status in queries.UNSTORED else None,
        "url": reverse("households:findings", kwargs=place),
    }


def _take(request: HttpRequest, ward: str, told: dict[str, Any]) -> CensusUpload:
    """Small files are checked at once, large ones by the background worker."""
    content = told["file"].read()
    at_once = len(content) <= AT_ONCE_BYTES and queries.has_at_most(ward, AT_ONCE_RESIDENTS)
    take = actions.stage_upload if at_once else actions.receive_upload
    return take(
        by=request.user,  # type: ignore[arg-type]
        ward=ward,
        filename=told["file"].name,
        content=content,
        on=told["on"],
    )


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
    asking = part_asked(request)
    if staged.status in {"waiting", "storing"}:
        part = "working_part.html" if asking else "working.html"
        return render(request, f"households/{part}", _working(staged))
    if asking:
        return HttpResponseClientRefresh()
    found = staging.findings(staged.id, _)
    failure = staging.failure(staged.failure)
    context = {
        "upload": staged,
        "failure": failure,
        "stopped": any(each.clause == background.INTERRUPTED for each in failure),
        "unreadable": bool(failure) and all(_about_file(each) for each in failure),
        "kept": queries.kept_until(staged) if staged.status in queries.UNSTORED else None,
        "kept_days": queries.kept_days(staged),
        "errors": in_groups(found["errors"]),
        "warnings": in_groups(found["warnings"]),
        "duplicates": found["duplicates"][:SHOWN],
        "blocked": any(each["clause"] == SAME_NIK for each in found["errors"]),
        "unknown": sorted({each["column"] for each in found["unknown_columns"]})[:60],
        "all_groups": len({(e["reason"], e["column"], e["sheet"]) for e in found["errors"]}),
    }
    return render(request, "households/findings.html", context)


def in_groups(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cells of one column with one sentence together, the largest group first: ``reason, column,
    sheet, count``, the first cells (``first``) and some more to unfold (``folded``); ``left``: how
    many only the list to download has.
    """
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for each in cells:
        groups.setdefault((each["reason"], each["column"], each["sheet"]), []).append(each)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        {
            "reason": reason, "column": column, "sheet": sheet, "count": len(some),
            "first": some[:FIRST_CELLS], "folded": some[FIRST_CELLS:FOLDED_CELLS],
            "left": max(len(some) - FOLDED_CELLS, 0),
        }
        for (reason, column, sheet), some in ordered[:GROUPS]
    ]  # fmt: skip


def _about_file(reason: Reason) -> bool:
    """Whether a reason is about the file itself, not about the server or the reader's role."""
    return reason.clause.startswith(("households.file.", "households.census."))


def _working(upload: CensusUpload) -> dict[str, Any]:
    """How far the background work on a file is."""
    progress = staging.progress(upload.id)
    return {
        "upload": upload,
        "stages": [_(said) for said in STAGES.values()],
        "now": list(STAGES).index(progress["stage"]) + 1 if progress else 0,
        "progress": progress,
        "late": progress is None and staging.waited_seconds(upload.id) >= LATE_SECONDS,
    }


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
    staged = _staged(ward, upload)
    store = actions.confirm_import if staged.members <= AT_ONCE_ROWS else actions.ask_import
    store(by=request.user, ward=ward, upload_id=upload)  # type: ignore[operator]
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
