"""The kiosk: opened and closed by the committee; a page of its own on which whoever holds a stub votes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pendamping.access import queries as access
from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page, public, standing_in
from pendamping.access.throttle import TooManyTries, address, guess
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Refusal, refuse
from pendamping.planning import actions, facts, kiosks, labels, queries
from pendamping.planning.actions.kiosk import CODE
from pendamping.planning.forms_kiosk import BallotForm
from pendamping.planning.models import Kiosk
from pendamping.planning.views.shown import station_or_404, status
from pendamping.planning.views.stations import render_station

TRIES, SECONDS = 30, 10 * 60
Shown = dict[str, Any]


@require_POST
@page("planning.open_kiosk")
def open_kiosk(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    """Open it; its address then stands on the page of the station."""
    found = station_or_404(ward, station)
    tried = carry_out(actions.open_kiosk, by=request.user, ward=ward, station_id=station)
    return _back(request, found, tried)


@require_POST
@page("planning.close_kiosk")
def close_kiosk(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    """Close it; the ballots on paper are typed then."""
    found = station_or_404(ward, station)
    tried = carry_out(actions.close_kiosk, by=request.user, ward=ward, station_id=station)
    return _back(request, found, tried)


def _back(request: HttpRequest, found: Any, tried: Any) -> HttpResponse:
    if tried.done:
        return redirect("planning:station", ward=found.vote.ward, station=found.id)
    return render_station(request, found, tried.reasons)


@never_cache
@public
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """A code, then the ballot, then thanks; the next voter begins with a code of their own."""
    found = kiosks.by_token(token)
    shown: Shown = {"token": token, "closed": found is None or not kiosks.is_open(found)}
    if found is None or shown["closed"]:
        return render(request, "planning/kiosk.html", shown, status=404 if found is None else 200)
    shown |= {"station": found.station, "done": "done" in request.GET}
    if request.user.is_authenticated:
        return render(request, "planning/kiosk.html", {**shown, "signed_in": True})
    code = request.POST.get("code", "")
    if not code:
        return render(request, "planning/kiosk.html", shown)
    try:
        with guess("kiosk", address(request), wrong=CODE, tries=TRIES, seconds=SECONDS):
            return _vote(request, found, code, shown)
    except TooManyTries:
        return render(request, "planning/kiosk.html", {**shown, "blocked": True}, status=429)
    except Refusal as refusal:
        shown["reasons"] = refusal.reasons
        return render(request, "planning/kiosk.html", shown, status=409)


def _vote(request: HttpRequest, found: Kiosk, code: str, shown: Shown) -> HttpResponse:
    vote = found.station.vote
    with standing_in(vote.ward):
        if kiosks.number(found.station, code) is None:
            raise refuse(CODE, _("This code is unknown, or it was used already."))
        kept, options = facts.rule(vote), queries.options(vote)
        names = [
            (one.number, f"{one.title}, {labels.place(one.place)}, {format_rupiah(one.cost)}")
            for one in options
        ]
        sent = request.POST if "cast" in request.POST else None
        form = BallotForm(sent, options=names, holds=kept.form)
        tried = attempt(form, actions.cast_ballot, by=access.system(), ward=vote.ward,
                        token=found.token, code=code)  # fmt: skip
    if not form.is_bound or not tried.done:
        told = {
            **shown, "form": form, "code": code, "reasons": tried.reasons, "ask": labels.marks(kept),
            "name": queries.components(vote.ward, vote.held_on).get(vote.component, ""),
            "apart": labels.apart(kept.exclusive),
        }  # fmt: skip
        return render(request, "planning/kiosk.html", told, status=status(tried.reasons, form))
    return redirect(reverse("planning:kiosk", kwargs={"token": found.token}) + "?done=1")
