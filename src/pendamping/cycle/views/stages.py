"""One stage: its dates, its gates with the records behind them; beginning, ending, taking back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.cycle import actions, steps, suggesting, wording
from pendamping.cycle.forms import DayForm, WhyForm
from pendamping.cycle.reading import Cycle, milestones
from pendamping.cycle.rules import before
from pendamping.cycle.views.shown import may, now, say, stage_or_404, status


@require_safe
@page("cycle.read")
def stage(request: HttpRequest, ward: str, stage: str) -> HttpResponse:
    found = now(ward)
    return _show(request, found, stage_or_404(found, stage), {})


@require_POST
@page("cycle.start_stage")
def start(request: HttpRequest, ward: str, stage: str) -> HttpResponse:
    """Enter the day on which the stage began."""
    form = DayForm(request.POST)
    given = {"by": request.user, "ward": ward, "stage": stage}
    return _answer(request, form, actions.start_stage, given, _("The first day is entered."))


@require_POST
@page("cycle.finish_stage")
def finish(request: HttpRequest, ward: str, stage: str) -> HttpResponse:
    """Enter the day on which the stage was finished."""
    form = DayForm(request.POST)
    given = {"by": request.user, "ward": ward, "stage": stage}
    return _answer(request, form, actions.finish_stage, given, _("The last day is entered."))


@require_POST
@page("cycle.take_back")
def take_back(request: HttpRequest, ward: str, stage: str) -> HttpResponse:
    """Take back the last date that was entered."""
    form = WhyForm(request.POST)
    given = {"by": request.user, "ward": ward, "stage": stage}
    return _answer(request, form, actions.take_back, given, _("The date is taken back."))


def _answer(
    request: HttpRequest, form: Any, act: Any, given: dict[str, Any], done: str
) -> HttpResponse:
    """The stage again, with the refusal above what was typed; or done, and the stage as it is now."""
    ward, stage = given["ward"], given["stage"]
    tried = attempt(form, act, **given)
    if tried.done:
        messages.success(request, done)
        return redirect("cycle:stage", ward=ward, stage=stage)
    found = now(ward)
    stage_or_404(found, stage)
    shown = {"reasons": tried.reasons, "sent": form}
    return _show(request, found, stage, shown, status(tried.reasons, form))


def _steps(
    request: HttpRequest, found: Cycle, key: str, verdicts: list[Any]
) -> list[dict[str, Any]]:
    """What a running stage still waits for, each with the page where it is done."""
    if found.standings[key].state != "running" or all(one.met for one in verdicts):
        return []
    mine = [one for one in steps.steps(found, {key: verdicts}, only=key)]
    return wording.steps(found, mine, request.user)  # type: ignore[arg-type]


def _show(
    request: HttpRequest, found: Cycle, key: str, shown: dict[str, Any], code: int = 200
) -> HttpResponse:
    one = found.standings[key]
    verdicts = found.verdicts([key])[key]
    sent = shown.get("sent")
    running = one.state == "running"
    suggested = suggesting.last_day(found, key, verdicts) if running else suggesting.first_day(found, key, verdicts)  # fmt: skip
    day = sent if isinstance(sent, DayForm) else DayForm(initial={"on": suggested})
    text = found.text.section("stages")[key]
    context = {
        **shown,
        "row": wording.row(found, one),
        "one": one,
        "stage": {name: wording.both(text[name]) for name in ("drives", "decides", "output")},
        "after": [wording.stage_name(found, name) for name in before(found.stages, key)],
        "beside": [wording.stage_name(found, name) for name in found.stages if name in found.stages[key].beside],
        "weeks": found.stages[key],
        "gates": wording.gates(found, verdicts, say),
        "met": all(verdict.met for verdict in verdicts),
        "running": running,
        "startable": one.state in ("ready", "waiting") or (one.state == "finished" and found.stages[key].repeats != "once"),
        "day": day,
        "on_record": suggesting.on_record(verdicts),
        "today": found.on,
        "steps": _steps(request, found, key, verdicts),
        "why": sent if isinstance(sent, WhyForm) else WhyForm(),
        "history": wording.history([each for each in milestones(found.ward) if each.stage == key]),
        "otherwise": wording.otherwise(found, key),
        "decide": wording.decide_links(found, key, request.user),
        "may": may(request, found.ward),
    }  # fmt: skip
    return render(request, "cycle/stage.html", context, status=code)
