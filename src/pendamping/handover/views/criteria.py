"""One criterion: its rule, its figure, the records behind it, its readings, who is answerable."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.handover import actions, labels, queries
from pendamping.handover.behind import behind
from pendamping.handover.forms import PromiseForm
from pendamping.handover.models import Reading
from pendamping.handover.rules import Found
from pendamping.handover.views import shown
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

READINGS = 24


@require_safe
@page("handover.read")
def show(request: HttpRequest, ward: str, criterion: str) -> HttpResponse:
    """A criterion as it stands today."""
    return _show(request, ward, criterion, PromiseForm(), [])


@require_POST
@page("handover.promise")
def promise(request: HttpRequest, ward: str, criterion: str) -> HttpResponse:
    """Somebody is answerable for what is not met."""
    form = PromiseForm(request.POST)
    tried = attempt(form, actions.promise, by=request.user, ward=ward, criterion=criterion)
    if not tried.done:
        return _show(request, ward, criterion, form, tried.reasons)
    messages.success(request, _("It is entered. The desk reminds before the day comes."))
    return redirect("handover:criterion", ward=ward, criterion=criterion)


def _show(
    request: HttpRequest, ward: str, criterion: str, form: PromiseForm, reasons: list[Reason]
) -> HttpResponse:
    today = clock.today()
    asked = queries.criteria(ward, today).get(criterion)
    found = queries.found_of(ward, today, criterion) if asked else None
    if asked is None or found is None:
        raise Http404
    promises = queries.promises(ward)
    names = labels.names("handover", ward, today)
    told = {
        "criterion": criterion,
        "row": shown.criterion_row(found, ward, today, names, promises),
        "rule": labels.rule(asked),
        "clause": labels.clause("handover", criterion, ward, today),
        "behind": behind(ward, today, found.records, request.user),  # type: ignore[arg-type]
        "records": len(found.records),
        "unmet": found.word == "unmet",
        "promises": [_promised(one) for one in queries.history(ward, criterion)],
        "readings": [_read(one) for one in queries.readings_of(ward, criterion)[:READINGS]],
        "can": shown.may(request.user, ward),  # type: ignore[arg-type]
        "form": form,
        "reasons": reasons,
    }
    return render(request, "handover/criterion.html", told, status=shown.status(reasons, form))


def _promised(one: Any) -> dict[str, Any]:
    return {
        "day": one.on,
        "title": one.what,
        "text": _("%(who)s (%(role)s), until %(day)s")
        % {"who": one.who, "role": labels.role(one.role), "day": labels.day(one.until)},
        "state": "done",
    }


def _read(one: Reading) -> dict[str, Any]:
    found = Found(one.criterion, one.word, one.have, one.wanted)
    word, tone, _icon = labels.word(found)
    return {"on": one.on, "figure": labels.figure(found), "word": word, "tone": tone}
