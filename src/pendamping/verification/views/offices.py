"""Who sits in which office, who is away, when nothing is decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendamping.access import queries as access
from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.verification import actions, guideline, labels, offices
from pendamping.verification.forms import AbsenceForm, FreezeForm, OfficeForm
from pendamping.verification.guideline import Rule
from pendamping.verification.rules.chain import seat_of
from pendamping.verification.views.shown import may, status

# forms beside each other on one page: each has ids of its own
AWAY, STILL = "away_%s", "still_%s"


@page("verification.read_offices")
def show(request: HttpRequest, ward: str) -> HttpResponse:
    return _show(request, ward)


def _show(
    request: HttpRequest, ward: str, reasons: list[Reason] | None = None, **forms: Any
) -> HttpResponse:
    rule = guideline.rule(ward, clock.today())
    sent = {**_forms(request, ward, rule), **forms}
    shown = {
        "tiers": [_tier(request, key, rule, ward) for key in rule.tiers],
        "freezes": offices.freezes(ward),
        "absences": offices.absences(ward),
        "reasons": reasons or [],
        "may": may(request, ward),
        **sent,
    }
    return render(
        request,
        "verification/offices.html",
        shown,
        status=status(shown["reasons"], *forms.values()),
    )


def _tier(request: HttpRequest, key: str, rule: Rule, ward: str) -> dict[str, Any]:
    """A tier with who sits there: each with the name, and whether the reader may end their time."""
    tier = rule.tiers[key]
    appointed = offices.appointed(tier, ward, clock.today())
    names = access.names({one.user for one in appointed})
    return {
        "name": labels.name_in(rule, "verification_tiers", key),
        "short": labels.tier(rule, key),
        "appointed": [
            (
                one,
                names.get(one.user, one.user),
                one.until is None and access.may(request.user, "verification.end_office", one.area),  # type: ignore[arg-type]
            )
            for one in appointed
        ],
        "by_role": offices.names_by_role(tier, ward),
    }


def _forms(request: HttpRequest, ward: str, rule: Rule) -> dict[str, Any]:
    people = [
        (user.username, user.name)
        for user in offices.able_people(ward)
        if access.may(user, "verification.decide", ward)
    ]
    tiers = [
        (key, labels.name_in(rule, "verification_tiers", key))
        for key, tier in rule.tiers.items()
        if access.may(
            request.user,  # type: ignore[arg-type]
            "verification.appoint",
            seat_of(ward, tier.level),
        )
    ]
    return {
        "office": OfficeForm(tiers=tiers, users=people),
        "absence": AbsenceForm(users=people, auto_id=AWAY),
        "freeze": FreezeForm(auto_id=STILL),
        "_choices": (tiers, people),
    }


@require_POST
@page("verification.appoint")
def appoint(request: HttpRequest, ward: str) -> HttpResponse:
    rule = guideline.rule(ward, clock.today())
    tiers, people = _forms(request, ward, rule)["_choices"]
    form = OfficeForm(request.POST, tiers=tiers, users=people)
    area = ""
    if form.is_valid():
        area = seat_of(ward, rule.tiers[form.cleaned_data["tier"]].level)
    tried = attempt(form, actions.appoint, by=request.user, area=area)
    if tried.done:
        messages.success(request, _("The office is filled."))
        return redirect("verification:offices", ward=ward)
    return _show(request, ward, tried.reasons, office=form)


@require_POST
@page("verification.end_office")
def end(request: HttpRequest, ward: str, office: str) -> HttpResponse:
    if not offices.serves(office, ward):
        raise Http404
    tried = carry_out(actions.end_office, by=request.user, office_id=office, until=clock.today())
    if tried.done:
        messages.success(request, _("The time in office ends today."))
        return redirect("verification:offices", ward=ward)
    return _show(request, ward, tried.reasons)


@require_POST
@page("verification.note_absence")
def absence(request: HttpRequest, ward: str) -> HttpResponse:
    people = _forms(request, ward, guideline.rule(ward, clock.today()))["_choices"][1]
    form = AbsenceForm(request.POST, users=people, auto_id=AWAY)
    tried = attempt(form, actions.note_absence, by=request.user, area=ward)
    if tried.done:
        messages.success(request, _("The absence is noted; a substitute may decide meanwhile."))
        return redirect("verification:offices", ward=ward)
    return _show(request, ward, tried.reasons, absence=form)


@require_POST
@page("verification.freeze")
def freeze(request: HttpRequest, ward: str) -> HttpResponse:
    form = FreezeForm(request.POST, auto_id=STILL)
    area = seat_of(ward, "city")
    tried = attempt(form, actions.freeze, by=request.user, area=area)
    if tried.done:
        messages.success(request, _("The freeze is declared; every limit moves on."))
        return redirect("verification:offices", ward=ward)
    return _show(request, ward, tried.reasons, freeze=form)
