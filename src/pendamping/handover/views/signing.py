"""The sign-off: prepared, decided by a meeting, signed; and the yearly check after it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page
from pendamping.handover import actions, facts, labels, queries
from pendamping.handover.forms import CheckForm, PrepareForm, SignForm
from pendamping.handover.models import SignOff
from pendamping.handover.rules import Found
from pendamping.handover.views import shown
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings


@page("handover.prepare_sign_off")
def prepare(request: HttpRequest, ward: str) -> HttpResponse:
    """Put the hand-over to a meeting: the last day, and what is handed over although it is not met."""
    today = clock.today()
    names = labels.names("handover", ward, today)
    now = queries.standing(ward, today)
    end = queries.programme_end(ward)
    last_day = end if end and end >= today else today
    form = PrepareForm(
        request.POST or None, unmet={key: names[key] for key in now.unmet},
        initial={"last_day": last_day},
    )  # fmt: skip
    tried = attempt(form, actions.prepare_sign_off, by=request.user, ward=ward)
    if tried.done:
        messages.success(
            request, _("It is prepared. Call the hand-over meeting, and print the paper for it.")
        )
        return redirect("handover:sign_off", ward=ward, sign_off=tried.made.id)
    promises = queries.promises(ward)
    told = {
        "form": form,
        "rows": [shown.criterion_row(one, ward, today, names, promises) for one in now.found
                 if one.word == "unmet"],
        "unnamed": [one for one in queries.duties(ward, today) if not one.word],
        "lang": labels.lang(),
        "reasons": tried.reasons,
    }  # fmt: skip
    return render(request, "handover/prepare.html", told, status=shown.status(tried.reasons, form))


def _sign_off(ward: str, key: str) -> SignOff:
    found = queries.sign_off(ward, key)
    if found is None:
        raise Http404
    return found


@require_safe
@page("handover.read")
def show(request: HttpRequest, ward: str, sign_off: str) -> HttpResponse:
    """A hand-over that is prepared or signed."""
    return _show(request, _sign_off(ward, sign_off), [])


def _show(
    request: HttpRequest, found: SignOff, reasons: list[Reason], form: SignForm | None = None
) -> HttpResponse:
    ward, today = found.ward, clock.today()
    able = meetings.able_to_decide(ward, facts.HANDOVER, today, since=found.on)
    names = labels.names("handover", ward, found.on)
    promises = queries.promises(ward)
    kept = [Found(one["criterion"], one["word"], one["have"], one["wanted"]) for one in found.found]
    meeting = meetings.meeting(ward, found.meeting) if found.meeting else None
    told = {
        "one": found,
        "rows": [shown.criterion_row(one, ward, today, names, promises) for one in kept],
        "despite": [names.get(key, key) for key in found.despite],
        "decide": {
            "kind": next(iter(meetings.deciding_kinds(ward, today, facts.HANDOVER)), ""),
            "subject": queries.subject(found),
            "text": labels.decision(found, ward),
        },
        "able": able,
        "meeting": meeting,
        "can": shown.may(request.user, ward),  # type: ignore[arg-type]
        "form": form or SignForm(meetings=able),
        "reasons": reasons,
    }
    return render(request, "handover/sign_off.html", told, status=shown.status(reasons, form))


@require_POST
@page("handover.sign_off")
def sign(request: HttpRequest, ward: str, sign_off: str) -> HttpResponse:
    """A meeting decided it and it is signed."""
    found = _sign_off(ward, sign_off)
    able = meetings.able_to_decide(ward, facts.HANDOVER, clock.today(), since=found.on)
    form = SignForm(request.POST, meetings=able)
    tried = attempt(form, actions.sign_off, by=request.user, ward=ward, sign_off_id=sign_off)
    if not tried.done:
        return _show(request, found, tried.reasons, form)
    messages.success(request, _("The hand-over is signed. The ward goes on by itself."))
    if access.may(request.user, "desk.read", ward):  # type: ignore[arg-type]
        return redirect("handover:sign_off", ward=ward, sign_off=sign_off)
    return redirect("desk:home")  # the facilitator's last day has passed


@require_POST
@page("handover.drop_sign_off")
def drop(request: HttpRequest, ward: str, sign_off: str) -> HttpResponse:
    """Put a prepared hand-over aside."""
    found = _sign_off(ward, sign_off)
    tried = carry_out(actions.drop_sign_off, by=request.user, ward=ward, sign_off_id=sign_off)
    if not tried.done:
        return _show(request, found, tried.reasons)
    messages.success(request, _("It is put aside."))
    return redirect("handover:home", ward=ward)


@page("handover.check_year")
def check_year(request: HttpRequest, ward: str) -> HttpResponse:
    """After the hand-over: read the criteria again, and name the yearly meeting that saw them."""
    today = clock.today()
    due = queries.check_due(ward, today)
    able = meetings.able_to_decide(ward, facts.CHECK, today)
    form = CheckForm(request.POST or None, meetings=able)
    tried = attempt(form, actions.check_year, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The yearly check is kept."))
        return redirect("handover:home", ward=ward)
    names, promises = labels.names("handover", ward, today), queries.promises(ward)
    told: dict[str, Any] = {
        "due": due,
        "can": shown.may(request.user, ward),  # type: ignore[arg-type]
        "rows": [shown.criterion_row(one, ward, today, names, promises)
                 for one in queries.found(ward, today)],
        "able": able,
        "decide": {
            "kind": next(iter(meetings.deciding_kinds(ward, today, facts.CHECK)), ""),
            "subject": queries.check_subject(due) if due else "",
            "text": labels.checking(due) if due else "",
        },
        "form": form,
        "reasons": tried.reasons,
    }  # fmt: skip
    return render(request, "handover/check.html", told, status=shown.status(tried.reasons, form))
