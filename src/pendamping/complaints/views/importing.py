"""A ward's own register, typed in a workbook: looked at first, taken in once somebody confirms."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pendamping.access.gate import page
from pendamping.complaints import actions, secrecy
from pendamping.complaints.forms import RegisterForm, WaitingForm
from pendamping.complaints.importing import Found, check, own_map
from pendamping.complaints.workbook import template as made
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import N_, Refusal, refuse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITS_SECONDS = 30 * 60
SHOWN = 60


@page("complaints.import_register")
def register(request: HttpRequest, ward: str) -> HttpResponse:
    """Choose the file; see what is wrong, or what it will do; then take it in."""
    if request.method == "POST" and "waiting" in request.POST:
        return _take_in(request, ward)
    form = RegisterForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(
            request, "complaints/import.html", {"form": form}, status=422 if form.errors else 200
        )
    content, origin = form.cleaned_data["file"].read(), form.cleaned_data["origin"]
    try:
        found = check(ward, content, own_map(origin), clock.today())
    except Refusal as refusal:
        return render(
            request,
            "complaints/import.html",
            {"form": form, "reasons": refusal.reasons},
            status=409,
        )
    told: dict[str, Any] = {"form": form, **_told(found)}
    if not found.reasons and found.rows:
        told["waiting"] = WaitingForm(initial={"waiting": _keep(ward, origin, content)})
    return render(request, "complaints/import.html", told, status=409 if found.reasons else 200)


def _take_in(request: HttpRequest, ward: str) -> HttpResponse:
    form = WaitingForm(request.POST)
    try:
        origin, content = _kept(ward, form)
        found = actions.import_register(
            by=request.user, ward=ward, content=content, mapping=own_map(origin)  # type: ignore[arg-type]
        )  # fmt: skip
    except Refusal as refusal:
        told = {"form": RegisterForm(), "reasons": refusal.reasons}
        return render(request, "complaints/import.html", told, status=409)
    many = len(found.rows)
    text = ngettext("%(num)s complaint was taken in.", "%(num)s complaints were taken in.", many)
    messages.success(request, text % {"num": many})
    return redirect("complaints:home", ward=ward)


def _keep(ward: str, origin: str, content: bytes) -> str:
    """The file between the look and the word, sealed: names of complainants are in it."""
    key = new_id()
    said = {"origin": origin, "content": content.hex()}
    cache.set(
        f"complaints.register:{ward}:{key}", secrecy.seal(key, "register", said), WAITS_SECONDS
    )
    return key


def _kept(ward: str, form: WaitingForm) -> tuple[str, bytes]:
    key = form.cleaned_data["waiting"] if form.is_valid() else ""
    sealed = cache.get(f"complaints.register:{ward}:{key}") if key else None
    if not sealed:
        text = N_("The file waited too long and is no longer here. Choose it again.")
        raise refuse("complaints.waited", text)
    said = secrecy.reveal(key, "register", sealed)
    return said["origin"], bytes.fromhex(said["content"])


def _told(found: Found) -> dict[str, Any]:
    counts = found.counts(clock.today())
    wrong = [
        dict(one.where) | {"reason": one.say(_)} for one in found.reasons if "row" in one.where
    ]
    rest = [one for one in found.reasons if "row" not in one.where]
    return {
        "counts": counts, "wrong": wrong[:SHOWN], "hidden": max(len(wrong) - SHOWN, 0),
        "reasons": rest, "notes": [one.say(_) for one in found.notes[:SHOWN]], "looked": True,
    }  # fmt: skip


@require_safe
@page("complaints.import_register")
def template(_request: HttpRequest, ward: str) -> HttpResponse:
    """The empty workbook; ``ward``: whose people may have it."""
    response = HttpResponse(made(_), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="buku-pengaduan.xlsx"'
    return response
