"""The page of a ward's practice ward: what it is, how to get in, begin it anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import Attempt, carry_out
from pendamping.access.gate import page
from pendamping.practice import actions
from pendamping.territory import queries as territory


@require_safe
@page("practice.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """Where to practise, for everybody who has a role in the ward."""
    return _show(request, ward, Attempt())


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
    tried = carry_out(actions.begin_anew, by=request.user, ward=ward)
    return _done(request, ward, tried, _("The practice ward begins anew."))


def _done(request: HttpRequest, ward: str, tried: Attempt, said: str) -> HttpResponse:
    if not tried.done:
        return _show(request, ward, tried)
    messages.success(request, said)
    return redirect("desk:today", ward=tried.made)


def _show(request: HttpRequest, ward: str, tried: Attempt) -> HttpResponse:
    shown = {
        "there": territory.practice_ward(ward),
        "may_open": access.may(request.user, "practice.open_practice_ward", ward),  # type: ignore[arg-type]
        "reasons": tried.reasons,
    }
    return render(request, "practice/home.html", shown, status=409 if tried.reasons else 200)
