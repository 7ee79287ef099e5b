"""Forms for what happens after the census: one page for each, all of one shape."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendamping.access.gate import page
from pendamping.households import actions, queries
from pendamping.households import forms as typed
from pendamping.households.queries import Home, Resident
from pendamping.households.views.lists import home_or_404
from pendamping.households.words import word
from pendamping.kernel.refusal import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    home: Home | None,
    **texts: Any,
) -> HttpResponse:
    """Show a form; when it is right, do the action and go to the household that it names."""
    ward = request.ward.code  # type: ignore[attr-defined]
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            household = act(form.cleaned_data)
            return redirect("households:home", ward=ward, household=household)
        except Refusal as refusal:
            typed.add_reasons(form, refusal)
            status = 409
    context = {"form": form, "home": home, "ward_code": ward, **texts}
    return render(request, "households/form.html", context, status=status)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@page("households.add_household")
@get_or_post
def add(request: HttpRequest, ward: str) -> HttpResponse:
    """A new household, begun with its head."""
    form = typed.HouseholdForm(_data(request), initial=typed.started_today())

    def act(data: dict[str, Any]) -> str:
        made = actions.add_household(
            by=request.user,
            ward=ward,
            on=data["on"],
            rw=data["rw"],
            rt=data["rt"],
            address=data["address"],
            kk=data["kk"],
            members=[form.person()],
        )
        return made.id

    return _page(
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
    form = typed.BirthForm(_data(request), initial={**typed.started_today(), "relation": "child"})

    def act(data: dict[str, Any]) -> str:
        actions.record_birth(by=request.user, ward=ward, household_id=household, **data)
        return household

    return _page(request, form, act, home, title=_("Record a birth"))


@page("households.record_move_in")
@get_or_post
def move_in(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """Somebody comes to live here."""
    home = home_or_404(ward, household)
    form = typed.MoveInForm(_data(request), initial=typed.started_today(), but="head")

    def act(data: dict[str, Any]) -> str:
        actions.record_move_in(
            by=request.user,
            ward=ward,
            household_id=household,
            on=data["on"],
            person=form.person(),
            origin=data["origin"],
        )
        return household

    similar = reverse("households:similar", kwargs={"ward": ward})
    return _page(request, form, act, home, title=_("Add a member"), similar=similar)


@page("households.record_move_out")
@get_or_post
def move_out(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """Some or all leave the ward."""
    home = home_or_404(ward, household)
    form = typed.MoveOutForm(_data(request), initial=typed.started_today(), home=home)

    def act(data: dict[str, Any]) -> str:
        actions.record_move_out(by=request.user, ward=ward, household_id=household, **data)
        return household

    return _page(request, form, act, home, title=_("Record who moved out"))


@page("households.split_household")
@get_or_post
def split(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """Some found a household of their own."""
    home = home_or_404(ward, household)
    first = {**typed.started_today(), "rw": home.rw, "rt": home.rt}
    form = typed.SplitForm(_data(request), initial=first, home=home)

    def act(data: dict[str, Any]) -> str:
        made = actions.split_household(by=request.user, ward=ward, household_id=household, **data)
        return made.id

    return _page(request, form, act, home, title=_("Split the household"))


@page("households.join_households")
@get_or_post
def join(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """All go on in another household."""
    home = home_or_404(ward, household)
    form = typed.JoinForm(_data(request), initial=typed.started_today())

    def act(data: dict[str, Any]) -> str:
        into = data["into"].strip().rstrip("/").rsplit("/", 1)[-1]
        actions.join_households(
            by=request.user, ward=ward, household_id=household, into=into, on=data["on"]
        )
        return into

    return _page(request, form, act, home, title=_("Join with another household"))


def _resident(ward: str, person: str) -> tuple[Resident, Home]:
    found = queries.person(ward, person)
    if found is None or found.status != "resident":
        raise Http404
    return found, home_or_404(ward, found.household_id)


@page("households.record_death")
@get_or_post
def death(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """A person died."""
    who, home = _resident(ward, person)
    form = typed.DeathForm(_data(request), initial=typed.started_today(), home=home)

    def act(data: dict[str, Any]) -> str:
        actions.record_death(by=request.user, ward=ward, person_id=person, **data)
        return home.id

    return _page(request, form, act, home, title=_("Record a death"), lead=who.name)


@page("households.correct_person")
@get_or_post
def correct(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """Put right what was written down wrong."""
    who, home = _resident(ward, person)
    born = ""
    if who.born:
        born = f"{who.born:%d/%m/%Y}" if who.born_precision == "day" else str(who.born.year)
    names = ("name", "sex", "relation", "occupation", "education")
    first = {**{name: getattr(who, name) for name in names}, "born": born}
    form = typed.CorrectForm(_data(request), initial=first)

    def act(_data: dict[str, Any]) -> str:
        actions.correct_person(by=request.user, ward=ward, person_id=person, **form.changes())
        return home.id

    lead = _("For mistakes in what was written down. What has changed since is an event.")
    return _page(request, form, act, home, title=_("Correct a person"), lead=lead)


@page("households.reveal_nik")
@get_or_post
def reveal(request: HttpRequest, ward: str, person: str) -> HttpResponse:
    """The NIK, once, after saying why."""
    who, home = _resident(ward, person)
    form = typed.RevealForm(_data(request))
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


@page("households.settle_duplicate")
@get_or_post
def doubles(request: HttpRequest, ward: str) -> HttpResponse:
    """Residents who may be one person, to be settled one by one."""
    if request.method == "POST":
        actions.settle_duplicate(
            by=request.user,  # type: ignore[arg-type]
            ward=ward,
            first_id=request.POST.get("first", ""),
            second_id=request.POST.get("second", ""),
            same=request.POST.get("same") == "yes",
        )
        return redirect("households:doubles", ward=ward)
    pairs = [
        {"one": one, "two": two, "score": pair.score, "signs": _signs(pair.kinds)}
        for one, two, pair in queries.likely_doubles(ward)
    ]
    return render(request, "households/doubles.html", {"pairs": pairs[:50], "word": word})


def _signs(kinds: tuple[str, ...]) -> list[str]:
    from pendamping.households.rules.census import sign

    return [sign(kind).say(_) for kind in kinds]


@page("households.read")
@require_safe
def similar(request: HttpRequest, ward: str) -> HttpResponse:
    """Residents whose name is like the one being typed (a fragment)."""
    name = request.GET.get("name", "")[:120]
    people = queries.similar_names(ward, name)
    return render(request, "households/similar.html", {"people": people, "word": word})
