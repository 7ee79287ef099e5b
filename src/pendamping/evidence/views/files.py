"""The study as a file of other tools: taken in and given out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.evidence import actions, queries
from pendamping.evidence.forms import TakeForm
from pendamping.evidence.rules import qda
from pendamping.evidence.views import shown


@page("evidence.take_in")
def files(request: HttpRequest, ward: str) -> HttpResponse:
    """Take a project or a codebook in; what was taken in before, with what was said of it."""
    form = TakeForm(request.POST or None, request.FILES or None)
    tried = attempt(form, actions.take_in, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The file is taken in. What it brought stands below."))
        return redirect("evidence:files", ward=ward)
    told = {
        "form": form,
        "reasons": tried.reasons,
        "study": queries.study(ward),
        "rows": [_row(one) for one in queries.taken(ward)],
    }
    return render(request, "evidence/files.html", told, status=shown.status(tried.reasons, form))


def _row(one: Any) -> dict[str, Any]:
    return {
        "file": one.file,
        "on": one.on,
        "by": one.user.name,
        "counts": ", ".join(f"{name} {count}" for name, count in one.counts.items()) or "–",
        "told": [_(text).format(**values) for text, values in one.told],
    }


@require_safe
@page("evidence.read_sources")
def project(request: HttpRequest, ward: str) -> HttpResponse:
    """The whole study as a REFI-QDA project."""
    return _file(qda.project(queries.project(ward)), f"kajian-{ward}.qdpx", "application/zip")


@require_safe
@page("evidence.read_sources")
def codebook(request: HttpRequest, ward: str) -> HttpResponse:
    """The codes alone."""
    return _file(qda.codebook(queries.project(ward)), f"kajian-{ward}.qdc", "application/xml")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
