"""Trainings: planned, asked to, held with a roll, called off."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt, carry_out
from pendamping.access.gate import page
from pendamping.facilitation import actions, labels, papers, queries
from pendamping.facilitation.forms import TrainingForm, WhyForm
from pendamping.facilitation.models import Participant, Training
from pendamping.facilitation.rules import Came, gain
from pendamping.facilitation.views import shown
from pendamping.households import queries as households
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.kernel.seen import mark
from pendamping.trail import queries as trail

BOARD = "board"
FOUND = 30


@require_safe
@page("facilitation.read")
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    """All trainings of the ward, the latest first."""
    rows = [_row(one, ward) for one in queries.trainings(ward)]
    held = [row for row in rows if row["key"] == "held"]
    found = {
        "rows": rows,
        "held": len(held),
        "lessons": sum(row["lessons"] for row in held),
        "came": sum(row["came"] for row in held),
        "women": sum(row["women"] for row in held),
        **shown.may(request, ward, "plan_training"),
    }
    return render(request, "facilitation/trainings.html", found)


def _row(one: Training, ward: str) -> dict[str, Any]:
    text, tone = labels.training_status(one.status)
    people = list(one.participants.all())
    there = [each for each in people if each.came]
    learned = gain(Came(each.person_id, each.before, each.after) for each in there)
    return {
        "url": reverse("facilitation:training", kwargs={"ward": ward, "training": one.id}),
        "title": labels.trainings(ward, one.on).get(one.module, one.module),
        "on": one.on,
        "time": f"{one.starts:%H.%M}–{one.ends:%H.%M}",
        "place": one.place,
        "lessons": one.lessons,
        "trainers": ", ".join(each.name for each in one.trainers.all()),
        "asked": len(people),
        "came": len(there),
        "women": sum(each.sex == "P" for each in there),
        "key": one.status,
        "status": text,
        "tone": tone,
        "gain": f"{round(learned.before)} → {round(learned.after)}" if learned else None,
        "tested": learned.tested if learned else 0,
        "why": one.called_off_why,
    }


def _audiences(ward: str) -> list[tuple[str, str]]:
    found = [(one.id, one.name) for one in groups.groups(ward)]
    return [(BOARD, _("Members of the board (BKM)")), *found] if groups.body(ward) else found


def _people_of(ward: str, audience: list[str]) -> set[str]:
    """Everybody who belongs to the groups, or sits in the board, today."""
    today, found = clock.today(), set()
    for key in audience:
        if key == BOARD and (body := groups.body(ward)):
            found |= {seat.person_id for seat in groups.seats(body, today)}
        elif key != BOARD:
            found |= set(groups.member_ids(key, today))
    return found


@page("facilitation.plan_training")
def new(request: HttpRequest, ward: str) -> HttpResponse:
    """Plan a training; double bookings of people and place are named before anything is kept."""
    today = clock.today()
    form = TrainingForm(
        request.POST or None, modules=labels.trainings(ward, today), audiences=_audiences(ward),
        lessons=labels.lessons(ward, today), initial={"trainers": request.user.name},
    )  # fmt: skip

    def plan(*, audience: list[str], **told: Any) -> Training:
        return actions.plan_training(
            by=request.user, ward=ward, persons=_people_of(ward, audience), **told
        )

    tried = attempt(form, plan)
    if tried.done:
        messages.success(request, _("The training is planned. Print its roll before the day."))
        return redirect("facilitation:training", ward=ward, training=tried.made.id)
    found = {"form": form, "reasons": tried.reasons}
    return render(
        request, "facilitation/training_new.html", found, status=shown.status(tried.reasons, form)
    )


def _training_or_404(ward: str, training_id: str) -> Training:
    found = queries.training(ward, training_id)
    if found is None:
        raise Http404
    return found


@require_safe
@page("facilitation.read")
def show(request: HttpRequest, ward: str, training: str) -> HttpResponse:
    """A training with its people and, once it was held, its roll."""
    return _show(request, _training_or_404(ward, training))


def _show(
    request: HttpRequest,
    one: Training,
    reasons: list[Reason] | None = None,
    why: forms.Form | None = None,
) -> HttpResponse:
    ward = one.ward
    sees = access.may(request.user, "households.read", ward)
    text = request.GET.get("q", "").strip()
    can = shown.may(
        request, ward, "ask_persons", "record_training", "correct_training", "call_off_training"
    )
    people = queries.participants(one)
    there = {each.person_id for each in people}
    searched = households.search(ward, text, size=FOUND).rows if text and can["ask_persons"] else []
    found = {
        "training": one,
        "row": _row(one, ward),
        "people": [
            {"name": each.name if sees else "–", "sex": each.sex, "came": each.came,
             "before": each.before, "after": each.after}
            for each in people
        ],
        "sees": sees,
        "can": can,
        "open": one.status == "planned",
        "corrections": _corrections(one),
        "day_came": one.on <= clock.today(),
        "q": text,
        "found": [row for row in searched if row["person_id"] not in there],
        "more": FOUND if len(searched) == FOUND else 0,
        "reasons": reasons or [],
        "why": why or WhyForm(),
    }  # fmt: skip
    return render(
        request, "facilitation/training.html", found, status=shown.status(reasons or [], why)
    )


@require_POST
@page("facilitation.ask_persons")
def ask(request: HttpRequest, ward: str, training: str) -> HttpResponse:
    """Ask more residents."""
    one = _training_or_404(ward, training)
    tried = carry_out(
        actions.ask_persons, by=request.user, ward=ward, training_id=training,
        persons=request.POST.getlist("person"),
    )  # fmt: skip
    if not tried.done:
        return _show(request, one, tried.reasons)
    messages.success(request, _("They stand on the list now."))
    return redirect("facilitation:training", ward=ward, training=training)


@page("facilitation.record_training")
def roll(request: HttpRequest, ward: str, training: str) -> HttpResponse:
    """The roll with its scores, typed from the paper or at the door."""
    return _roll_page(request, _training_or_404(ward, training), actions.record_training)


@page("facilitation.correct_training")
def correct_roll(request: HttpRequest, ward: str, training: str) -> HttpResponse:
    """A roll that was kept, put right with a reason."""
    why = WhyForm(request.POST or None)
    return _roll_page(request, _training_or_404(ward, training), actions.correct_training, why)


def _roll_page(
    request: HttpRequest, one: Training, act: Callable[..., Any], why: WhyForm | None = None
) -> HttpResponse:
    """``why``: with it a roll that is kept is corrected."""
    people = queries.participants(one)
    reasons: list[Reason] = []
    if request.method == "POST" and (why is None or why.is_valid()):
        came, reasons = _typed(request.POST, people)
        if not reasons:
            more = {} if why is None else why.cleaned_data
            tried = carry_out(
                act, by=request.user, ward=one.ward, training_id=one.id, came=came,
                seen=request.POST.get("seen", ""), **more,
            )  # fmt: skip
            if tried.done:
                _say_steps(request, len(tried.made[1]))
                return redirect("facilitation:training", ward=one.ward, training=one.id)
            reasons = tried.reasons
    found = {
        "training": one,
        "row": _row(one, one.ward),
        "rows": [_said_of(each, request.POST) for each in people],
        "mark": mark(queries.roll_rows(one)),
        "reasons": reasons,
        "why": why,
        "open": one.status == ("planned" if why is None else "held"),
    }
    return render(request, "facilitation/roll.html", found, status=shown.status(reasons, why))


def _said_of(each: Participant, typed: QueryDict) -> dict[str, Any]:
    """A line of the roll: as it was typed, else as it is kept."""
    if typed:
        ticked = each.person_id in typed.getlist("came")
        scores = [typed.get(f"{what}-{each.person_id}", "") for what in ("before", "after")]
    else:
        ticked = bool(each.came)
        scores = ["" if one is None else str(one) for one in (each.before, each.after)]
    return {
        "id": each.person_id, "name": each.name, "ticked": ticked,
        "before": scores[0], "after": scores[1],
    }  # fmt: skip


def _corrections(one: Training) -> list[dict[str, Any]]:
    """When the roll was corrected, by whom and why, the latest first."""
    found = [
        event
        for event in trail.of_record(f"training:{one.id}")
        if event.verb.endswith(".correct_training")
    ]
    return [
        {"on": trail.entered_on(event), "why": trail.data(event).get("why", ""), "came": trail.data(event).get("came")}
        for event in reversed(found)
    ]  # fmt: skip


def _typed(data: QueryDict, people: list[Participant]) -> tuple[list[Came], list[Reason]]:
    """Who came with which scores; a score that is no number is a reason against all of it."""
    came, reasons = [], []
    ticked = set(data.getlist("came"))
    for each in people:
        said = [data.get(f"{what}-{each.person_id}", "").strip() for what in ("before", "after")]
        if any(text and not (text.isascii() and text.isdigit() and len(text) < 4) for text in said):
            text = "A score of {name} is not from 0 to 100."
            reasons.append(Reason("facilitation.training.score", text, {"name": each.name}, {}))
        elif each.person_id in ticked:
            scores = [int(text) if text else None for text in said]
            came.append(Came(each.person_id, *scores))
    return came, reasons


def _say_steps(request: HttpRequest, number: int) -> None:
    messages.success(request, _("The roll is kept."))
    if number:
        text = ngettext(
            "The training counts for %(number)s group now; its page says so.",
            "The training counts for %(number)s groups now; their pages say so.",
            number,
        )
        messages.success(request, text % {"number": number})


@require_POST
@page("facilitation.call_off_training")
def call_off(request: HttpRequest, ward: str, training: str) -> HttpResponse:
    """The training will not be held."""
    one = _training_or_404(ward, training)
    form = WhyForm(request.POST)
    tried = attempt(
        form, actions.call_off_training, by=request.user, ward=ward, training_id=training
    )
    if not tried.done:
        return _show(request, one, tried.reasons, form)
    messages.success(request, _("The training is called off."))
    return redirect("facilitation:training", ward=ward, training=training)


@require_safe
@page("households.read")
def roll_pdf(request: HttpRequest, ward: str, training: str) -> HttpResponse:
    """The roll to print, with those who are asked and room for others."""
    one = _training_or_404(ward, training)
    title = labels.trainings(ward, one.on).get(one.module, one.module)
    link = address(request, "facilitation:training", training=training)
    return answer_pdf(papers.roll(one, title, request.ward.name, link), "daftar-hadir.pdf")
