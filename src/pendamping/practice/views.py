"""The page of a ward's practice ward: what it is, how to get in, begin it anew."""

import io

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import Attempt, carry_out
from pendamping.access.gate import page
from pendamping.practice import actions, logins
from pendamping.practice import census_file as files
from pendamping.territory import queries as territory


@require_safe
@page("practice.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """Where to practise, for everybody who has a role in the ward."""
    return _show(request, ward, Attempt())


@require_safe
@page("practice.read")
def census_file(request: HttpRequest, ward: str) -> HttpResponse:
    """A census of six households to try the upload with, mistakes and all."""
    return FileResponse(
        io.BytesIO(files.workbook()),
        as_attachment=True,
        filename=files.NAME,
        content_type=files.XLSX,
    )


@require_POST
@page("practice.open_practice_ward")
def open_ward(request: HttpRequest, ward: str) -> HttpResponse:
    """Open it with one press."""
    tried = carry_out(actions.open_practice_ward, by=request.user, ward=ward)
    return _done(request, ward, tried, _("The practice ward is open."))


@require_POST
@page("practice.begin_anew")
def anew(request: HttpRequest, ward: str) -> HttpResponse:
    """Put it away and open a fresh one."""
    tried = carry_out(
        actions.begin_anew, by=request.user, ward=ward, there=request.POST.get("there", "")
    )
    return _done(request, ward, tried, _("The practice ward begins anew."))


def _logins(code: str) -> list[dict[str, str]]:
    """Each made-up login that there is, its role and what to begin with as it."""
    found = [(one, one.username(code)) for one in logins.LOGINS]
    there = access.names(name for _one, name in found)
    return [
        {"role": _(one.role_name), "username": name, "begin": _(one.begin)}
        for one, name in found
        if name in there
    ]


def _done(request: HttpRequest, ward: str, tried: Attempt, said: str) -> HttpResponse:
    if not tried.done:
        return _show(request, ward, tried)
    messages.success(request, said)
    return redirect("desk:today", ward=tried.made)


def _show(request: HttpRequest, ward: str, tried: Attempt) -> HttpResponse:
    there = territory.practice_ward(ward)
    shown = {
        "there": there,
        "left": request.GET.get("from", ""),
        "logins": _logins(there.code) if there else [],
        "slips": bool(there) and access.may(request.user, "access.reset_password", there.code),  # type: ignore[arg-type,union-attr]
        "may_open": access.may(request.user, "practice.open_practice_ward", ward),  # type: ignore[arg-type]
        "reasons": tried.reasons,
    }
    return render(request, "practice/home.html", shown, status=409 if tried.reasons else 200)
