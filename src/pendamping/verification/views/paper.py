"""Dossiers that ran on paper: the empty list, every wrong cell, all or nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pendamping.access.answers import carry_out
from pendamping.access.gate import page
from pendamping.kernel.refusal import Refusal
from pendamping.verification import actions, sheets
from pendamping.verification.forms import PaperForm
from pendamping.verification.views.shown import status

SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("verification.bring_in")
def upload(request: HttpRequest, ward: str) -> HttpResponse:
    form = PaperForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form, "reasons": [], "wrong": [], "found": None}
    if form.is_valid():
        shown |= _read(form.cleaned_data["file"].read(), ward)
        if form.cleaned_data["bring"] and not shown["wrong"] and not shown["reasons"]:
            tried = carry_out(actions.bring_in, by=request.user, area=ward, rows=shown["found"])
            if tried.done:
                messages.success(request, _("The dossiers are brought in."))
                return redirect("verification:list", ward=ward)
            shown["reasons"] = tried.reasons
    code = 422 if shown["wrong"] else status(shown["reasons"], form)
    if shown["found"] is not None:
        many = len(shown["found"])
        shown["fits"] = ngettext("%(num)s dossier can be brought in.", "%(num)s dossiers can be brought in.", many) % {"num": many}  # fmt: skip
    return render(request, "verification/paper.html", shown, status=code)


def _read(data: bytes, ward: str) -> dict[str, Any]:
    try:
        sheet, found, wrong = sheets.read(data, ward)
    except Refusal as refusal:
        return {"reasons": refusal.reasons}
    return {
        "found": None if wrong else found,
        "wrong": [each.as_json(sheet, _) for each in wrong[:SHOWN]],
        "more": max(len(wrong) - SHOWN, 0),
    }


@require_safe
@page("verification.bring_in")
def template(request: HttpRequest, ward: str) -> HttpResponse:
    response = HttpResponse(sheets.template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="berkas-di-kertas.xlsx"'
    return response
