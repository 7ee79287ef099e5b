"""A warning is acknowledged, a remedy is planned, and how it worked is told."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page
from pendamping.insight import actions, labels, queries
from pendamping.insight.forms import OutcomeForm, RemedyForm
from pendamping.insight.rules import INHIBITING
from pendamping.insight.views import remedy_row, show_factor
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


@require_POST
@page("insight.acknowledge")
def acknowledge(request: HttpRequest, ward: str, factor: str) -> HttpResponse:
    """Somebody answerable has seen a warning."""
    tried = carry_out(actions.acknowledge, by=request.user, ward=ward, factor=factor)
    if not tried.done:
        return show_factor(request, ward, factor, tried.reasons)
    messages.success(request, _("Noted that you have seen it. What is done about it?"))
    return redirect("insight:factor", ward=ward, factor=factor)


@page("insight.plan_remedy")
def plan_remedy(request: HttpRequest, ward: str, factor: str) -> HttpResponse:
    """What is done about a warning, by whom, until when."""
    if factor not in INHIBITING:
        raise Http404
    look = queries.look(ward, clock.today())
    one = look.of(factor)
    form = RemedyForm(request.POST or None)
    tried = attempt(form, actions.plan_remedy, by=request.user, ward=ward, factor=factor)
    if tried.done:
        messages.success(request, _("It is entered. When its day comes, say how it worked."))
        return redirect("insight:factor", ward=ward, factor=factor)
    shown = {
        "factor": factor,
        "name": labels.name(factor),
        "found": labels.found(one) if one else "",
        "form": form,
        "reasons": tried.reasons,
        "suggested": labels.remedies(factor, ward, look.on),
    }
    return render(request, "insight/plan.html", shown, status=_status(form, tried.reasons))


def _status(form: Any, reasons: list[Reason]) -> int:
    return 409 if reasons else 422 if form.errors else 200


@require_safe
@page("insight.read")
def show_remedy(request: HttpRequest, ward: str, remedy: str) -> HttpResponse:
    """A remedy: what, who, until when, how the factor stood then, and everything that was told since."""
    return _show(request, ward, remedy, OutcomeForm(), [])


@require_POST
@page("insight.tell_outcome")
def tell_outcome(request: HttpRequest, ward: str, remedy: str) -> HttpResponse:
    """How a remedy worked."""
    form = OutcomeForm(request.POST)
    tried = attempt(form, actions.tell_outcome, by=request.user, ward=ward, remedy_id=remedy)
    if not tried.done:
        return _show(request, ward, remedy, form, tried.reasons)
    messages.success(request, _("Noted how it worked."))
    return redirect("insight:remedy", ward=ward, remedy=remedy)


def _show(
    request: HttpRequest, ward: str, remedy: str, form: OutcomeForm, reasons: list[Reason]
) -> HttpResponse:
    done = next((one for one in queries.remedies(ward) if one.remedy.id == remedy), None)
    if done is None:
        raise Http404
    made = done.remedy
    shown = {
        "remedy": made,
        "row": remedy_row(done),
        "name": labels.name(made.factor),
        "then": labels.told(made.factor, made.severity, made.figures),
        "by": made.user.name,
        "told": [_told(made.factor, each) for each in done.outcomes],
        "may": done.open and access.may(request.user, "insight.tell_outcome", ward),
        "form": form,
        "reasons": reasons,
    }
    status = _status(form, reasons) if form.is_bound else 200
    return render(request, "insight/remedy.html", shown, status=status)


def _told(factor: str, each: Any) -> dict[str, Any]:
    """What was told of a remedy, as a line of its course."""
    then = labels.told(factor, each.severity, each.figures)
    return {
        "day": each.on,
        "title": labels.outcome(each.word)[0],
        "text": " · ".join(filter(None, [each.note, then])),
        "state": "done",
    }
