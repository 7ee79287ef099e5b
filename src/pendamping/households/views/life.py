"""Forms for what happens after the census: one page for each, all of one shape."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendamping.access.gate import page
from pendamping.households import actions, event_forms, queries
from pendamping.households import forms as typed
from pendamping.households.queries import Home, Resident
from pendamping.households.views.lists import home_or_404
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
Act = Callable[[dict[str, Any]], tuple[str, str]]


def event_page(
    request: HttpRequest, form: forms.Form, act: Act, home: Home | None, **texts: Any
) -> HttpResponse:
    """Show a form; when it is right, do the action, go to the household and say what was done.

    ``act``: from what was typed to the household's id and the sentence.
    """
    ward = request.ward.code  # type: ignore[attr-defined]
    status = 200
    again = sent_before(request, ward)
    if request.method == "POST" and form.is_valid():
        try:
            household, said = act(form.cleaned_data)
            say_done(request, said, again)
            return redirect("households:home", ward=ward, household=household)
        except Refusal as refusal:
            typed.add_reasons(form, refusal)
            status = 409
    status = 422 if status == 200 and form.errors else status
    context = {"form": form, "home": home, "ward_code": ward, **texts}
    return render(request, "households/form.html", context, status=status)


def sent_before(request: HttpRequest, ward: str) -> Home | None:
    """The household of what this form has made already, where it was sent before.

    Who died or left since cannot be chosen any more: such forms take what was sent as it is, and the action
    tells whether it is the same.
    """
    made = None
    if request.method == "POST":
        made = queries.made_by(ward, request.POST.get("request_id", ""))
    return home_or_404(ward, made.household_id) if made else None


def say_done(request: HttpRequest, said: str, again: Home | None) -> None:
    """Say what was done, or that it was done when the form was sent first."""
    if again:
        messages.info(request, _("This was recorded already; nothing was entered twice."))
    else:
        messages.success(request, said)


def data_of(request: HttpRequest) -> Any:
    """What was sent, or nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


def link_to(ward: str, household: str, name: str) -> str:
    """A household's name as a link, for a message."""
    address = reverse("households:home", kwargs={"ward": ward, "household": household})
    return format_html('<a href="{}">{}</a>', address, name)


def entered_correct(ward: str, person: Any, said: str) -> str:
    """A sentence about somebody who was entered, with the way to put the entry right."""
    address = reverse("households:correct", kwargs={"ward": ward, "person": person.id})
    return format_html('{} <a href="{}">{}</a>', said, address, _("See or correct the entry"))


@page("households.add_household")
@get_or_post
def add(request: HttpRequest, ward: str) -> HttpResponse:
    """A new household, begun with its head."""
    places = queries.neighbourhoods(ward)
    first = typed.started_today()
    form = event_forms.HouseholdForm(data_of(request), initial=first, places=places)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        made = actions.add_household(
            by=request.user,
            ward=ward,
            members=[form.person()],
            **form.where(),
            **{name: data[name] for name in ("on", "address", "kk", "request_id")},
        )
        said = _("The household of %(name)s is entered. Now add the other members.")
        return made.id, said % {"name": made.head_name}

    return event_page(
        request,
        form,
        act,
        None,
        title=_("Add a household"),
        lead=_("Begin with the head; the other members are added on the household's page."),
        similar=reverse("households:similar", kwargs={"ward": ward}),
    )


@page("households.record_birth")
@get_or_post
def birth(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """A child is born."""
    home = home_or_404(ward, household)
    first = {**typed.started_today(), "relation": "child"}
    form = event_forms.BirthForm(data_of(request), initial=first)

    def act(data: dict[str, Any]) -> tuple[str, str]:
        child = actions.record_birth(by=request.user, ward=ward, household_id=household, **data)
        said = _("The birth of %(name)s is recorded.") % {"name": child.name}
        return household, entered_correct(ward, child, said)

    return event_page(request, form, act, home, title=_("Record a birth"))


@page("households.record_move_in")
@get_or_post
def move_in(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """Somebody comes to live here."""
    home = home_or_404(ward, household)
    form = event_forms.MoveInForm(data_of(request), initial=typed.started_today(), but="head")

    def act(data: dict[str, Any]) -> tuple[str, str]:
        came = actions.record_move_in(
            by=request.user,
            ward=ward,
            household_id=household,
            person=form.person(),
            **{name: data[name] for name in ("on", "origin", "request_id")},
        )
        said = _("%(name)s now belongs to this household.") % {"name": came.name}
        return household, entered_correct(ward, came, said)

    similar = reverse("households:similar", kwargs={"ward": ward})
    return event_page(request, form, act, home, title=_("Add a member"), similar=similar)


@page("households.record_move_out")
@get_or_post
def move_out(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """Some or all leave the ward."""
    home = home_or_404(ward, household)
    again = bool(sent_before(request, ward))
    first = typed.started_today()
    form = event_forms.MoveOutForm(
        data_of(request), initial=first, home=home, leaders=_leaders(ward, home), again=again
    )

    def act(data: dict[str, Any]) -> tuple[str, str]:
        actions.record_move_out(by=request.user, ward=ward, household_id=household, **data)
        gone = [each.name for each in home.members if each.id in data["people"]]
        return household, _("Moved out: %(names)s.") % {"names": ", ".join(gone)}

    return event_page(request, form, act, home, title=_("Record who moved out"))


@page("households.split_household")
@get_or_post
def split(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """Some found a household of their own."""
    home = home_or_404(ward, household)
    first = {**typed.started_today(), "place": f"{home.rw}/{home.rt}"}
    places = queries.neighbourhoods(ward)
    form = event_forms.SplitForm(
        data_of(request), initial=first, home=home, places=places, leaders=_leaders(ward, home),
        again=bool(sent_before(request, ward)),
    )  # fmt: skip

    def act(_data: dict[str, Any]) -> tuple[str, str]:
        made = actions.split_household(
            by=request.user, ward=ward, household_id=household, **form.arguments()
        )
        said = _("The household of %(name)s is founded. It came from the household of %(former)s.")
        before = link_to(ward, household, home.head_name)
        return made.id, format_html(said % {"name": "{}", "former": "{}"}, made.head_name, before)

    return event_page(request, form, act, home, title=_("Split the household"))


@page("households.record_death")
@get_or_post
def death(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """A person died."""
    again = sent_before(request, ward)
    name, home = ("", again) if again else _named(*resident_or_404(ward, person))
    first = typed.started_today()
    form = event_forms.DeathForm(
        data_of(request), initial=first, home=home, person=person,
        leaders=_leaders(ward, home, but=person), again=bool(again),
    )  # fmt: skip

    def act(_data: dict[str, Any]) -> tuple[str, str]:
        actions.record_death(by=request.user, ward=ward, person_id=person, **form.arguments())
        return home.id, _("The death of %(name)s is recorded.") % {"name": name}

    return event_page(request, form, act, home, title=_("Record a death"), lead=name)


def _leaders(ward: str, home: Home, but: str = "") -> list[Resident]:
    """Who of the household may be chosen as a head."""
    others = [each for each in home.members if each.id != but]
    return queries.could_lead(ward, others, clock.today())


def _named(who: Resident, home: Home) -> tuple[str, Home]:
    return who.name, home


def resident_or_404(ward: str, person: str) -> tuple[Resident, Home]:
    """Somebody who lives in the ward, with the household."""
    found = queries.person(ward, person)
    if found is None or found.status != "resident":
        raise Http404
    return found, home_or_404(ward, found.household_id)
