"""Outcomes of loans: what was told in figures; for interviewers the people who were drawn, and each interview."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.monitoring import actions, labels, outcomes, telling
from pendamping.monitoring.outcome_forms import DrawForm, InsteadForm, InterviewForm
from pendamping.monitoring.outcomes import Drawn, One
from pendamping.monitoring.reading import rule
from pendamping.monitoring.views import shown


@require_safe
@page("monitoring.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """What borrowers told, in figures; who told it is for interviewers."""
    return _home(request, ward, None, [])


def _home(
    request: HttpRequest, ward: str, form: DrawForm | None, reasons: list[Reason]
) -> HttpResponse:
    found = outcomes.samples(ward)
    asks = access.may(request.user, "monitoring.read_interviews", ward)  # type: ignore[arg-type]
    told = next((one for one in found if one.told), None)
    size = rule(ward, clock.today(), "sample_size", outcomes.SAMPLE_SIZE)
    answer = {
        "last": told,
        "tables": telling.tables(ward, told) if told else [],
        "samples": [_line(one, ward, asks) for one in found],
        "asks": asks,
        "form": form or DrawForm(initial={"size": size}),
        "may_draw": access.may(request.user, "monitoring.draw_sample", ward)  # type: ignore[arg-type]
        and not any(one.waiting for one in found),
        "reasons": reasons,
    }
    return render(request, "monitoring/outcomes.html", answer, status=shown.status(reasons, form))


def _line(one: Drawn, ward: str, asks: bool) -> dict[str, Any]:
    address = reverse("monitoring:sample", kwargs={"ward": ward, "sample": one.sample.id})
    return {
        "number": one.sample.number,
        "on": one.sample.on,
        "drawn": len(one.people),
        "told": len(one.told),
        "waiting": len(one.waiting),
        "url": address if asks else "",
    }


@require_POST
@page("monitoring.draw_sample")
def draw(request: HttpRequest, ward: str) -> HttpResponse:
    """Draw a sample."""
    form = DrawForm(request.POST)
    tried = attempt(form, actions.draw_sample, by=request.user, ward=ward)
    if not tried.done:
        return _home(request, ward, form, tried.reasons)
    messages.success(request, _("The sample is drawn. Ask each at home, alone."))
    return redirect("monitoring:sample", ward=ward, sample=tried.made.id)


@require_safe
@page("monitoring.read_interviews")
def sample(request: HttpRequest, ward: str, sample: str) -> HttpResponse:
    """Who was drawn, and who is still to be asked; for interviewers."""
    found = outcomes.sample(ward, sample)
    if found is None:
        raise Http404
    names, groups = outcomes.names(ward, list(found.people)), outcomes.group_names(ward)
    told = {
        "one": found.sample,
        "people": [_person(each, names, groups, ward) for each in found.people],
        "frame": [
            {"name": str(labels.STRATA[key]), "of": found.sample.frame.get(key, 0),
             "drawn": sum(each.asked.stratum == key for each in found.people)}
            for key in labels.STRATA
        ],
        "tables": telling.tables(ward, found) if found.told else [],
    }  # fmt: skip
    return render(request, "monitoring/sample.html", told)


def _person(one: One, names: Any, groups: dict[str, str], ward: str) -> dict[str, Any]:
    word, tone = labels.STATES[one.state]
    asked = one.asked
    return {
        "place": asked.place,
        "name": names.get(asked.person_id, "–"),
        "group": groups.get(asked.group, "–"),
        "stratum": str(labels.STRATA[asked.stratum]),
        "word": str(word),
        "tone": tone,
        "why": asked.why,
        "url": reverse("monitoring:interview", kwargs={"ward": ward, "asked": asked.id}),
    }


def _one_or_404(ward: str, asked_id: str) -> tuple[Drawn, One]:
    for drawn in outcomes.samples(ward):
        for one in drawn.people:
            if one.asked.id == asked_id:
                return drawn, one
    raise Http404


@page("monitoring.read_interviews")
def interview(request: HttpRequest, ward: str, asked: str) -> HttpResponse:
    """Type an interview."""
    drawn, one = _one_or_404(ward, asked)
    section = guidelines.section("outcome_questions", ward, clock.today())
    known = {key: section[key] for key in drawn.sample.questions if key in section}
    form = InterviewForm(request.POST or None, questions=known, again=one.interview is not None)
    tried = attempt(form, actions.record_interview, by=request.user, ward=ward, asked_id=asked)
    if tried.done:
        messages.success(request, _("The interview is kept."))
        return redirect("monitoring:sample", ward=ward, sample=drawn.sample.id)
    return _show(request, drawn, one, form, tried.reasons)


def _show(
    request: HttpRequest, drawn: Drawn, one: One, form: Any, reasons: list[Reason], instead: Any = None
) -> HttpResponse:  # fmt: skip
    ward = drawn.sample.ward
    told = {
        "sample": drawn.sample,
        "row": _person(one, outcomes.names(ward, [one]), outcomes.group_names(ward), ward),
        "one": one,
        "form": form,
        "instead": instead or InsteadForm(),
        "reasons": reasons,
    }
    bound = instead if instead is not None else form if form.is_bound else None
    return render(request, "monitoring/interview.html", told, status=shown.status(reasons, bound))


@require_POST
@page("monitoring.ask_instead")
def ask_instead(request: HttpRequest, ward: str, asked: str) -> HttpResponse:
    """Somebody else is asked in their place."""
    drawn, one = _one_or_404(ward, asked)
    instead = InsteadForm(request.POST)
    tried = attempt(instead, actions.ask_instead, by=request.user, ward=ward, asked_id=asked)
    if tried.done:
        messages.success(request, _("Somebody else was drawn in their place."))
        return redirect("monitoring:sample", ward=ward, sample=drawn.sample.id)
    section = guidelines.section("outcome_questions", ward, clock.today())
    known = {key: section[key] for key in drawn.sample.questions if key in section}
    form = InterviewForm(questions=known, again=one.interview is not None)
    return _show(request, drawn, one, form, tried.reasons, instead)
