"""The team of the ward, and what each of them brings along."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.facilitation import actions, labels, queries
from pendamping.facilitation.forms import AssignForm, BackgroundForm, EndForm
from pendamping.facilitation.models import Posting
from pendamping.facilitation.views import shown
from pendamping.kernel import clock


def facilitators(ward: str) -> dict[str, str]:
    """Who holds the role of facilitator in the ward, here or from above, by user name."""
    here = access.with_role(ward, "facilitator")
    found = {username: user.name for username, user in here.items()}
    for one in access.reaching(ward):
        if one.role == "facilitator":
            found[one.user.username] = one.user.name
    return found


@page("facilitation.read")
def show(request: HttpRequest, ward: str) -> HttpResponse:
    """Who accompanies the ward, from when to when; who may assigns here."""
    today = clock.today()
    can = shown.may(request, ward, "assign_facilitator", "describe_background")
    people = facilitators(ward)
    form = AssignForm(request.POST or None, people=people) if can["assign_facilitator"] else None
    if form is not None:
        tried = attempt(form, actions.assign_facilitator, by=request.user, ward=ward)
        if tried.done:
            messages.success(request, _("The team is kept."))
            return redirect("facilitation:team", ward=ward)
    team = queries.team(ward)
    there = {one.user.username for one in team if _runs(one, today)}
    reasons = tried.reasons if form is not None else []
    found = {
        "rows": [_row(one, ward, today) for one in team],
        "missing": [name for username, name in people.items() if username not in there],
        "form": form if people else None,
        "nobody": not people,
        "reasons": reasons,
        "can": can,
    }
    return render(request, "facilitation/team.html", found, status=shown.status(reasons, form))


def _runs(one: Posting, today: date) -> bool:
    return one.since <= today and (one.until is None or one.until >= today)


def _row(one: Posting, ward: str, today: date) -> dict[str, Any]:
    known = queries.background(one.user)
    return {
        "name": one.user.name,
        "position": labels.position(one.position),
        "team": one.team,
        "since": one.since,
        "until": one.until,
        "letter": one.letter_no,
        "education": f"{labels.education(known.education)}, {known.field}" if known else None,
        "years": known.years if known else None,
        "experience": known.experience if known else "",
        "end": reverse("facilitation:end", kwargs={"ward": ward, "posting": one.id})
        if one.until is None or one.until > today
        else "",
    }


@page("facilitation.end_posting")
def end(request: HttpRequest, ward: str, posting: str) -> HttpResponse:
    """A facilitator leaves the team."""
    found = queries.posting(ward, posting)
    if found is None:
        raise Http404
    form = EndForm(request.POST or None)
    tried = attempt(form, actions.end_posting, by=request.user, ward=ward, posting_id=posting)
    if tried.done:
        messages.success(request, _("The last day is kept."))
        return redirect("facilitation:team", ward=ward)
    told = {"posting": found, "form": form, "reasons": tried.reasons}
    return render(request, "facilitation/end.html", told, status=shown.status(tried.reasons, form))


@page("facilitation.describe_background")
def me(request: HttpRequest, ward: str) -> HttpResponse:
    """What the reader learned and did before."""
    known = queries.background(request.user)  # type: ignore[arg-type]
    start = (
        {name: getattr(known, name) for name in ("education", "field", "years", "experience")}
        if known
        else {}
    )
    form = BackgroundForm(request.POST or None, initial=start)
    tried = attempt(form, actions.describe_background, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("Kept. What you said before is kept as well."))
        return redirect("facilitation:team", ward=ward)
    told = {"form": form, "reasons": tried.reasons}
    return render(request, "facilitation/me.html", told, status=shown.status(tried.reasons, form))
