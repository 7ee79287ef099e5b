"""A household goes on in another one: find the other, see who is joined, confirm."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pendamping.access.answers import part_asked
from pendamping.access.gate import page
from pendamping.households import actions, queries
from pendamping.households import forms as typed
from pendamping.households.event_forms import JoinForm, described
from pendamping.households.queries import Home
from pendamping.households.rules.kinship import taken_in
from pendamping.households.views.life import data_of, get_or_post, link_to, say_done, sent_before
from pendamping.households.views.lists import home_or_404, perhaps
from pendamping.households.words import word
from pendamping.kernel.refusal import Refusal

SHOWN = 20


@page("households.join_households")
@get_or_post
def join(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """First a search, then (``into``) both households side by side, with the form."""
    again = sent_before(request, ward)
    home = home_or_404(ward, household)
    chosen = request.POST.get("into") or request.GET.get("into", "")
    other = queries.household(ward, chosen) if chosen else None
    if other is None or other.left_on or other.id == home.id:
        return _search(request, ward, home)
    names = (home.head_name, other.head_name)
    first = {**typed.started_today(), "into": other.id, "head_becomes": "relative"}
    form = JoinForm(data_of(request), initial=first, names=names)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _join(request, ward, home, form.cleaned_data, again)
            return redirect("households:home", ward=ward, household=other.id)
        except Refusal as refusal:
            typed.add_reasons(form, refusal)
            status = 409
    become = str(form["head_becomes"].value() or "relative")
    shown = {
        "home": home,
        "other": other,
        "form": form,
        "coming": [
            f"{described(each)} → {word(taken_in(become, each.relation))}" for each in home.members
        ],
        "there": [described(each) for each in other.members],
    }
    return render(request, "households/join_confirm.html", shown, status=status)


def _join(
    request: HttpRequest, ward: str, home: Home, data: dict[str, Any], again: Home | None
) -> None:
    actions.join_households(by=request.user, ward=ward, household_id=home.id, **data)
    said = _("The household of %(name)s has joined this one.")
    before = link_to(ward, home.id, home.head_name)
    say_done(request, format_html(said % {"name": "{}"}, before), again)


def _search(request: HttpRequest, ward: str, home: Home) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    rows = queries.search(ward, text, size=2 * SHOWN).rows if text else []
    homes = {row["id"]: row for row in reversed(rows) if row["id"] != home.id}
    found = list(reversed(homes.values()))[:SHOWN]
    shown = {"home": home, "q": text, "found": found, "word": word}
    shown["perhaps"] = perhaps(request, ward, {"q": text}, len(found)) if text else []
    part = part_asked(request)
    template = "households/join_found.html" if part else "households/join.html"
    return render(request, template, shown)
