"""Planned dates anew: drafted, decided by a meeting, adopted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page
from pendamping.cycle import actions, reading, wording
from pendamping.cycle.actions.plans import MATTER, subject
from pendamping.cycle.forms import MeetingForm, PlanForm
from pendamping.cycle.models import Plan
from pendamping.cycle.reading import Cycle
from pendamping.cycle.views.shown import may, now, plan_rows, status
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings


@page("cycle.draft_plan")
def draft(request: HttpRequest, ward: str) -> HttpResponse:
    """New first and last days, filled in with what is expected as things stand."""
    found = now(ward)
    open_ = [
        key for key, one in found.standings.items() if one.state in ("running", "ready", "waiting")
    ]
    names = {key: wording.stage_name(found, key) for key in open_}
    form = PlanForm(request.POST or None, stages=names, initial=_expected(found, open_))
    tried = attempt(form, actions.draft_plan, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The draft is there; a meeting decides on it."))
        return redirect("cycle:plan", ward=ward, plan=tried.made.id)
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "began": found.first_day,
        "rows": [
            {
                "name": names[key],
                "now": wording.span(found.standings[key].planned),
                "pair": pair,
            }
            for key, pair in zip(open_, form.pairs(), strict=True)
        ],
    }
    return render(request, "cycle/draft.html", shown, status=status(tried.reasons, form))


def _expected(found: Cycle, open_: list[str]) -> dict[str, Any]:
    initial = {}
    for key in open_:
        span = found.standings[key].expected
        if span is not None:
            initial |= {f"{key}_starts": span.starts, f"{key}_ends": span.ends}
    return initial


@require_safe
@page("cycle.read")
def show(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    return _show(request, _plan_or_404(ward, plan), {})


@require_POST
@page("cycle.adopt_plan")
def adopt(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """A meeting decided it: the dates hold now."""
    found = _plan_or_404(ward, plan)
    form = MeetingForm(request.POST, meetings=_able(found))
    tried = attempt(form, actions.adopt_plan, by=request.user, ward=ward, plan_id=found.id)
    if tried.done:
        messages.success(request, _("The new dates hold from the day of the meeting."))
        return redirect("cycle:home", ward=ward)
    shown = {"form": form, "reasons": tried.reasons}
    return _show(request, found, shown, status(tried.reasons, form))


@require_POST
@page("cycle.drop_plan")
def drop(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """Put the draft aside."""
    found = _plan_or_404(ward, plan)
    tried = carry_out(actions.drop_plan, by=request.user, ward=ward, plan_id=found.id)
    if tried.done:
        messages.success(request, _("The draft is put aside; the dates stay as they were."))
        return redirect("cycle:home", ward=ward)
    return _show(request, found, {"reasons": tried.reasons}, 409)


def _plan_or_404(ward: str, plan: str) -> Plan:
    found = reading.plan(ward, plan)
    if found is None:
        raise Http404
    return found


def _able(of: Plan) -> list[tuple[str, str]]:
    return meetings.able_to_decide(of.ward, MATTER, clock.today(), since=of.drafted_on)


def _show(request: HttpRequest, of: Plan, shown: dict[str, Any], code: int = 200) -> HttpResponse:
    found, choices = now(of.ward), _able(of)
    text = _("The ward plans its stages anew, plan %(number)s.") % {"number": of.number}
    asked = {"subject": subject(of), "text": text}
    kind = next(iter(meetings.deciding_kinds(of.ward, clock.today(), MATTER)), "")
    context = {
        "form": MeetingForm(meetings=choices),
        **shown,
        "plan": of,
        "rows": plan_rows(found, reading.plan_spans(of)),
        "asked": asked,
        "kind": kind,
        "choices": choices,
        "decide": [
            (said, reverse("meetings:decide", kwargs={"ward": of.ward, "meeting": key}))
            for key, said in meetings.undecided(of.ward, asked["subject"], choices)
        ],
        "may": may(request, of.ward),
    }
    return render(request, "cycle/plan.html", context, status=code)
