"""Cadres: the list, one of them, joining, stopping, tasks to take over."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt, carry_out
from pendamping.access.gate import page
from pendamping.cadres import actions, labels, papers, queries
from pendamping.cadres.forms import DeedForm, JoinForm, LeaveForm, TaskForm
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share
from pendamping.meetings import queries as meetings

FOUND = 30
SHOWN_SIGNS = 40


def _status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200


def _may(request: HttpRequest, ward: str) -> dict[str, bool]:
    names = ("join", "leave", "give_task", "end_task", "note_deed")
    return {name: access.may(request.user, f"cadres.{name}", ward) for name in names}


@require_safe
@page("cadres.read")
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    """All cadres, and what stands between them and going on alone."""
    today = clock.today()
    people = queries.seen(ward, today)
    ready = queries.readiness(ward, today, people)
    tasks = labels.names("cadre_tasks", ward, today)
    stages = labels.names("stages", ward, today)
    found = {
        "rows": [_row(one, ward, tasks, stages) for one in people],
        "ready": ready,
        "poor": Share(ready.poor, ready.there),
        "women": Share(ready.women, ready.there),
        "rule": queries.rule(ward, today),
        "open_tasks": [tasks[key] for key in ready.open_tasks],
        "can": _may(request, ward),
    }
    return render(request, "cadres/list.html", found)


def _row(
    one: queries.Seen, ward: str, tasks: dict[str, str], stages: dict[str, str]
) -> dict[str, Any]:
    text, tone = labels.standing(one.standing.word)
    return {
        "url": reverse("cadres:cadre", kwargs={"ward": ward, "cadre": one.cadre.id}),
        "name": one.cadre.name,
        "sex": labels.sex(one.cadre.sex),
        "poor": one.cadre.poor,
        "joined_on": one.cadre.joined_on,
        "stage": stages.get(one.cadre.stage, one.cadre.stage),
        "tasks": ", ".join(tasks.get(each.task, each.task) for each in one.charges),
        "trainings": one.count("training"),
        "last": one.standing.last,
        "status": text,
        "tone": tone,
    }


@page("cadres.join")
def join(request: HttpRequest, ward: str) -> HttpResponse:
    """Search for a resident, then say when and at which stage they joined."""
    today = clock.today()
    text = request.GET.get("q", "").strip()
    rows = households.search(ward, text, size=FOUND).rows if text else []
    people = [
        (
            row["person_id"],
            f"{row['name']} · RT {row['rt']} RW {row['rw']} · {row['address'] or row['head_name']}",
        )
        for row in rows
    ]
    form = JoinForm(
        request.POST or None, people=people, stages=labels.names("stages", ward, today),
        meetings=meetings.able_to_decide(ward, "volunteers", today),
        initial={"person": people[0][0] if len(people) == 1 else None},
    )  # fmt: skip
    tried = attempt(form, actions.join, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("%(name)s is a cadre now.") % {"name": tried.made.name})
        return redirect("cadres:cadre", ward=ward, cadre=tried.made.id)
    found = {"form": form, "q": text, "people": people, "reasons": tried.reasons}
    return render(request, "cadres/join.html", found, status=_status(tried.reasons, form))


def _seen_or_404(ward: str, cadre_id: str) -> queries.Seen:
    found = queries.seen(ward, clock.today(), cadre_id)
    if not found:
        raise Http404
    return found[0]


@require_safe
@page("cadres.read")
def show(request: HttpRequest, ward: str, cadre: str) -> HttpResponse:
    """One cadre: joined when and at which stage, trainings, activity, tasks."""
    return _show(request, _seen_or_404(ward, cadre))


def _show(
    request: HttpRequest,
    one: queries.Seen,
    reasons: list[Reason] | None = None,
    **tried: forms.Form,
) -> HttpResponse:
    ward, today = one.cadre.ward, clock.today()
    tasks = labels.names("cadre_tasks", ward, today)
    held = {each.task for each in one.charges}
    free = {key: name for key, name in tasks.items() if key not in held}
    text, tone = labels.standing(one.standing.word)
    found = {
        "one": one,
        "cadre": one.cadre,
        "status": text,
        "tone": tone,
        "stage": labels.names("stages", ward, today).get(one.cadre.stage, one.cadre.stage),
        "sex": labels.sex(one.cadre.sex),
        "tasks": [_charge(each, ward, tasks) for each in one.charges],
        "signs": [_sign(each, ward, today) for each in one.signs[:SHOWN_SIGNS]],
        "counts": {kind: one.count(kind) for kind in ("meeting", "training", "deed")},
        "rule": queries.rule(ward, today),
        "can": _may(request, ward),
        "there": one.standing.word != "left",
        "task": tried.get("task") or TaskForm(tasks=free, prefix="task"),
        "free": free,
        "deed": tried.get("deed") or DeedForm(prefix="deed"),
        "leaving": tried.get("leaving") or LeaveForm(prefix="leaving"),
        "reasons": reasons or [],
    }
    wrong = next((form for form in tried.values() if form.errors), None)
    return render(request, "cadres/cadre.html", found, status=_status(reasons or [], wrong))


def _charge(each: Any, ward: str, tasks: dict[str, str]) -> dict[str, Any]:
    end = {"ward": ward, "cadre": each.cadre_id, "charge": each.id}
    return {
        "name": tasks.get(each.task, each.task),
        "since": each.since,
        "end": reverse("cadres:end_task", kwargs=end),
    }


def _sign(one: queries.Sign, ward: str, today: date) -> dict[str, Any]:
    if one.kind == "deed":
        return {"day": one.on, "title": one.text, "text": "", "state": "done"}
    if one.kind == "training":
        title = labels.names("training_modules", ward, today).get(one.text, one.text)
        return {"day": one.on, "title": _("Training: %(name)s") % {"name": title}, "text": "",
                "state": "done"}  # fmt: skip
    return {"day": one.on, "title": _("Meeting at %(place)s") % {"place": one.text}, "text": "",
            "state": "done"}  # fmt: skip


@require_POST
@page("cadres.leave")
def leave(request: HttpRequest, ward: str, cadre: str) -> HttpResponse:
    """A cadre stops."""
    one = _seen_or_404(ward, cadre)
    form = LeaveForm(request.POST, prefix="leaving")
    tried = attempt(form, actions.leave, by=request.user, ward=ward, cadre_id=cadre)
    if not tried.done:
        return _show(request, one, tried.reasons, leaving=form)
    messages.success(request, _("It is kept; what they did stays."))
    return redirect("cadres:cadre", ward=ward, cadre=cadre)


@require_POST
@page("cadres.give_task")
def give_task(request: HttpRequest, ward: str, cadre: str) -> HttpResponse:
    """A cadre takes over a task."""
    one = _seen_or_404(ward, cadre)
    form = TaskForm(
        request.POST, tasks=labels.names("cadre_tasks", ward, clock.today()), prefix="task"
    )
    tried = attempt(form, actions.give_task, by=request.user, ward=ward, cadre_id=cadre)
    if not tried.done:
        return _show(request, one, tried.reasons, task=form)
    messages.success(request, _("The task is theirs now."))
    return redirect("cadres:cadre", ward=ward, cadre=cadre)


@require_POST
@page("cadres.end_task")
def end_task(request: HttpRequest, ward: str, cadre: str, charge: str) -> HttpResponse:
    """A task goes back."""
    one = _seen_or_404(ward, cadre)
    tried = carry_out(actions.end_task, by=request.user, ward=ward, charge_id=charge)
    if not tried.done:
        return _show(request, one, tried.reasons)
    messages.success(request, _("The task ended today."))
    return redirect("cadres:cadre", ward=ward, cadre=cadre)


@require_POST
@page("cadres.note_deed")
def note_deed(request: HttpRequest, ward: str, cadre: str) -> HttpResponse:
    """Something that stands on no roll."""
    one = _seen_or_404(ward, cadre)
    form = DeedForm(request.POST, prefix="deed")
    tried = attempt(form, actions.note_deed, by=request.user, ward=ward, cadre_id=cadre)
    if not tried.done:
        return _show(request, one, tried.reasons, deed=form)
    messages.success(request, _("It is noted."))
    return redirect("cadres:cadre", ward=ward, cadre=cadre)


@require_safe
@page("cadres.read")
def list_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The cadres on paper, for a meeting or the wall."""
    link = address(request, "cadres:list")
    return answer_pdf(papers.cadres(ward, request.ward.name, link), "kader.pdf")  # type: ignore[attr-defined]
