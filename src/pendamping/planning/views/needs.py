"""What residents ask for: read, noted, taken off."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.planning import actions, labels, queries
from pendamping.planning.forms import NeedForm, WhyForm
from pendamping.planning.models import Vote
from pendamping.planning.views.shown import component, may, status, tabs


@require_safe
@page("planning.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """What is asked for by component, what is voted on now, what was funded."""
    can = may(request, ward)
    names = queries.components(ward, clock.today())
    lines = queries.needs(ward)
    votes = queries.votes(ward)
    running = {one.component: one for one in votes if one.status == "open"}
    shown = {
        "may": can,
        "tabs": tabs(ward, "home"),
        "parts": [
            _part(ward, key, name, [one for one in lines if one.need.component == key], running)
            for key, name in names.items()
        ],
        "any": bool(lines),
        "votes": [_vote(ward, one) for one in votes],
    }
    return render(request, "planning/home.html", shown)


def _part(
    ward: str, key: str, name: str, lines: list[queries.Line], running: dict[str, Vote]
) -> dict[str, Any]:
    waiting = [one.need for one in lines if one.status in ("open", "carried")]
    return {
        "key": key,
        "name": name,
        "rows": [_row(ward, one) for one in lines],
        "waiting": len(waiting),
        "cost": sum(one.cost for one in waiting),
        "vote": running.get(key),
    }


def _row(ward: str, line: queries.Line) -> dict[str, Any]:
    one = line.need
    text, tone = labels.need(line.status)
    return {
        "id": one.id,
        "title": one.title,
        "note": one.note or one.withdrawn_why,
        "place": labels.place(f"{one.rw}/{one.rt}" if one.rt else ""),
        "cost": one.cost,
        "asked_by": labels.ASKED_BY[one.asked_by],
        "asked_on": one.asked_on,
        "status": text,
        "tone": tone,
        "on": line.on,
        "tried": line.tried,
        "url": reverse("planning:withdraw", kwargs={"ward": ward, "need": one.id})
        if line.status in ("open", "carried")
        else "",
    }


def _vote(ward: str, one: Vote) -> dict[str, Any]:
    text, tone = labels.vote(one)
    return {
        "name": component(ward, one),
        "held_on": one.held_on,
        "budget": one.budget,
        "status": text,
        "tone": tone,
        "url": reverse("planning:vote", kwargs={"ward": ward, "vote": one.id}),
    }


@page("planning.record_need")
def add(request: HttpRequest, ward: str) -> HttpResponse:
    """One need at a time; after it the same meeting goes on with the next."""
    given = {
        "components": queries.components(ward, clock.today()),
        "places": queries.places(ward),
    }
    kept = {name: request.GET[name] for name in ("component", "place", "asked_by", "asked_on") if name in request.GET}  # fmt: skip
    form = NeedForm(request.POST or None, initial=kept, **given)  # type: ignore[arg-type]
    tried = attempt(form, actions.record_need, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("Noted: %(title)s.") % {"title": tried.made.title})
        return redirect("planning:home", ward=ward)
    shown = {"form": form, "reasons": tried.reasons}
    return render(request, "planning/add.html", shown, status=status(tried.reasons, form))


@page("planning.withdraw_need")
def withdraw(request: HttpRequest, ward: str, need: str) -> HttpResponse:
    """Take a need off the list, and why."""
    found = queries.need(ward, need)
    if found is None:
        raise Http404
    form = WhyForm(request.POST or None)
    tried = attempt(form, actions.withdraw_need, by=request.user, ward=ward, need_id=need)
    if tried.done:
        messages.success(request, _("Taken off the list."))
        return redirect("planning:home", ward=ward)
    place = labels.place(f"{found.rw}/{found.rt}" if found.rt else "")
    shown = {"form": form, "reasons": tried.reasons, "need": found, "place": place}
    return render(request, "planning/withdraw.html", shown, status=status(tried.reasons, form))
