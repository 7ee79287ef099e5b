"""One duty: who takes it over, practice together and alone, and the day on which it passes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.handover import actions, labels, queries
from pendamping.handover.forms import BackForm, DoForm, PracticeForm, TakerForm
from pendamping.handover.rules import rights_of
from pendamping.handover.views import shown
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


def _duty(ward: str, key: str) -> queries.Passed:
    found = queries.duty(ward, clock.today(), key)
    if found is None:
        raise Http404
    return found


def _people(ward: str, found: queries.Passed) -> list[tuple[str, str]]:
    return [
        (one.username, f"{one.name} · {', '.join(labels.role(role) for role in access.roles(one, ward) if role in found.duty.takers)}")
        for one in queries.takers(ward, found.duty)
    ]  # fmt: skip


@require_safe
@page("handover.read")
def show(request: HttpRequest, ward: str, duty: str) -> HttpResponse:
    """A duty and how far it has passed."""
    return _show(request, ward, duty, [])


def _show(
    request: HttpRequest, ward: str, duty: str, reasons: list[Reason], **tried: forms.Form
) -> HttpResponse:
    found = _duty(ward, duty)
    people = _people(ward, found)
    told = {
        "duty": duty,
        "row": shown.duty_row(found, ward),
        "word": found.word,
        "takers": ", ".join(labels.role(one) for one in found.duty.takers),
        "rights": bool(rights_of(duty)),
        "people": people,
        "steps": [_step(one) for one in reversed(found.steps)],
        "clause": labels.clause("handover_duties", duty, ward, clock.today()),
        "signed": queries.signed(ward),
        "invites": access.may(request.user, "access.invite", ward),  # type: ignore[arg-type]
        "can": shown.may(request.user, ward),  # type: ignore[arg-type]
        "taking": tried.get("taking") or TakerForm(people=people, prefix="taking"),
        "practice": tried.get("practice") or PracticeForm(prefix="practice"),
        "passing": DoForm(prefix="passing"),
        "back": tried.get("back") or BackForm(prefix="back"),
        "reasons": reasons,
    }
    wrong = next((form for form in tried.values() if form.errors), None)
    return render(request, "handover/duty.html", told, status=shown.status(reasons, wrong))


def _step(one: Any) -> dict[str, Any]:
    return {
        "day": one.on,
        "title": labels.told(one.step, one.taker.name),
        "text": one.note,
        "state": "done",
    }


def _do(
    request: HttpRequest, ward: str, duty: str, act: Callable[..., Any], form: forms.Form, name: str, said: str
) -> HttpResponse:  # fmt: skip
    _duty(ward, duty)
    tried = attempt(form, act, by=request.user, ward=ward, duty=duty)
    if not tried.done:
        return _show(request, ward, duty, tried.reasons, **{name: form})
    messages.success(request, said)
    return redirect("handover:duty", ward=ward, duty=duty)


@require_POST
@page("handover.name_taker")
def name_taker(request: HttpRequest, ward: str, duty: str) -> HttpResponse:
    """Who takes the duty over."""
    people = _people(ward, _duty(ward, duty))
    form = TakerForm(request.POST, people=people, prefix="taking")
    return _do(request, ward, duty, actions.name_taker, form, "taking", _("It is entered."))


@require_POST
@page("handover.practise")
def practise(request: HttpRequest, ward: str, duty: str) -> HttpResponse:
    """The duty was practised."""
    form = PracticeForm(request.POST, prefix="practice")
    return _do(request, ward, duty, actions.practise, form, "practice", _("It is entered."))


@require_POST
@page("handover.pass_duty")
def pass_duty(request: HttpRequest, ward: str, duty: str) -> HttpResponse:
    """The duty passes, and the rights with it."""
    form = DoForm(request.POST, prefix="passing")
    return _do(request, ward, duty, actions.pass_duty, form, "passing",
               _("The duty has passed. The facilitator no longer does this here."))  # fmt: skip


@require_POST
@page("handover.take_back_duty")
def take_back(request: HttpRequest, ward: str, duty: str) -> HttpResponse:
    """The duty goes back to practice."""
    form = BackForm(request.POST, prefix="back")
    return _do(request, ward, duty, actions.take_back_duty, form, "back",
               _("The facilitator may do this again, together with who took it over."))  # fmt: skip
