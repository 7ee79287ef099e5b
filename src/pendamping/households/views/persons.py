"""One person's entry: corrected, taken back, its number seen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.gate import page
from pendamping.households import actions, queries
from pendamping.households import forms as typed
from pendamping.households.views.life import data_of, event_page, get_or_post, resident_or_404
from pendamping.households.views.lists import home_or_404
from pendamping.households.words import word
from pendamping.kernel.refusal import Refusal


@page("households.correct_person")
@get_or_post
def correct(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """Put right what was written down wrong."""
    who, home = resident_or_404(ward, person)
    born = ""
    if who.born:
        born = f"{who.born:%d/%m/%Y}" if who.born_precision == "day" else str(who.born.year)
    names = ("name", "sex", "relation", "occupation", "education")
    first = {**{name: getattr(who, name) for name in names}, "born": born}
    form = typed.CorrectForm(data_of(request), initial=first)

    def act(_data: dict[str, Any]) -> tuple[str, str]:
        changed = actions.correct_person(
            by=request.user, ward=ward, person_id=person, **form.changes()
        )
        return home.id, _("The entry of %(name)s is corrected.") % {"name": changed.name}

    lead = _("For mistakes in what was written down. What has changed since is an event.")
    return event_page(request, form, act, home, title=_("Correct a person"), lead=lead)


@page("households.take_back_person")
@get_or_post
def take_back(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """Somebody was entered by mistake."""
    who, home = resident_or_404(ward, person)
    form = typed.MistakeForm(data_of(request))

    def act(data: dict[str, Any]) -> tuple[str, str]:
        actions.take_back_person(
            by=request.user, ward=ward, person_id=person, reason=data["reason"]
        )
        return home.id, _("The entry of %(name)s is taken back.") % {"name": who.name}

    lead = _("%(name)s was entered by mistake and counts for no day. Nothing is deleted.")
    title = _("Recorded by mistake")
    return event_page(request, form, act, home, title=title, lead=lead % {"name": who.name})


@page("households.take_back_household")
@get_or_post
def take_back_home(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """A household was entered by mistake, with everybody in it."""
    home = home_or_404(ward, household)
    form = typed.MistakeForm(data_of(request))

    def act(data: dict[str, Any]) -> tuple[str, str]:
        actions.take_back_household(
            by=request.user, ward=ward, household_id=household, reason=data["reason"]
        )
        return household, _("The household of %(name)s is taken back.") % {"name": home.head_name}

    lead = _("This household and its people were entered by mistake and count for no day.")
    return event_page(request, form, act, home, title=_("Recorded by mistake"), lead=lead)


@page("households.reveal_nik")
@get_or_post
def reveal(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """The NIK, once, after saying why."""
    who, home = resident_or_404(ward, person)
    form = typed.RevealForm(data_of(request))
    digits, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            digits = actions.reveal_nik(
                by=request.user,  # type: ignore[arg-type]
                ward=ward,
                person_id=person,
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            typed.add_reasons(form, refusal)
            status = 409
    context = {"form": form, "home": home, "person": who, "digits": digits}
    answer = render(request, "households/reveal.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@page("households.read")
@require_safe
def similar(request: HttpRequest, ward: str) -> HttpResponse:
    """Residents whose name is like the one being typed (a fragment)."""
    name = request.GET.get("name", "")[:120]
    people = queries.similar_names(ward, name)
    return render(request, "households/similar.html", {"people": people, "word": word})
