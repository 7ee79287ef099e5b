"""Appointing a body: written down by name, decided by a meeting, then they take their seats."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import actions, appointments, bodies, duties, labels
from pendamping.institutions.forms import DecidedForm, DraftForm, NameForm
from pendamping.institutions.models import Appointment
from pendamping.institutions.rules import term_end
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings

FOUND = 30
TERM_YEARS = 3  # where a text is silent


@page("institutions.draft_appointment")
def draft(request: HttpRequest, ward: str) -> HttpResponse:
    """Which body, wholly or in part, from when to when."""
    today = clock.today()
    names = labels.bodies(ward, today)
    kinds = {key: names[key] for key in duties.appointed_kinds(ward, today)}
    board = bodies.body(ward)
    sitting = bodies.seats(board, today) if board else []
    years = int(guidelines.section("board", ward, today).get("term_years", TERM_YEARS))
    ends = max((seat.ends for seat in sitting), default=term_end(today, years))
    initial = {"kind": request.GET.get("kind", ""), "ends": ends}
    form = DraftForm(request.POST or None, kinds=kinds, initial=initial)
    tried = attempt(form, actions.draft_appointment, by=request.user, ward=ward)
    if tried.done:
        return redirect("institutions:appointment", ward=ward, appointment=tried.made.id)
    shown = {"form": form, "reasons": tried.reasons, "apart": _apart(ward, kinds)}
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "institutions/draft.html", shown, status=status)


def _apart(ward: str, kinds: dict[str, str]) -> list[tuple[str, str]]:
    """For each body the duties that nobody in it holds beside it: said before anybody is named."""
    today = clock.today()
    found = [(name, appointments.never_beside(ward, key, today)) for key, name in kinds.items()]
    return [(name, ", ".join(never)) for name, never in found if never]


def _or_404(ward: str, appointment_id: str) -> Appointment:
    found = appointments.appointment(ward, appointment_id)
    if found is None:
        raise Http404
    return found


@require_safe
@page("institutions.read")
def show(request: HttpRequest, ward: str, appointment: str) -> HttpResponse:
    """Who is named, what stands against it, and the way to the seats."""
    return _show(request, _or_404(ward, appointment))


def _show(
    request: HttpRequest,
    found: Appointment,
    reasons: list[Reason] | None = None,
    **tried: forms.Form,
) -> HttpResponse:
    ward, today = found.ward, clock.today()
    text = request.GET.get("q", "").strip()
    rule = duties.appointed_kinds(ward, today).get(found.kind)
    open_now = found.status == "draft" and rule is not None
    people = appointments.named(found)
    deciding = _deciding(request, found, rule.matter) if rule and open_now and people else {}
    can = {
        key: open_now and access.may(request.user, f"institutions.{key}", ward)
        for key in ("name_person", "unname_person", "drop_appointment", "appoint")
    }
    shown = {
        "found": found,
        "name": found.name or labels.body(ward, found.kind, today),
        "people": people,
        "against": actions.still_against(found) if open_now and people else [],
        "never": appointments.never_beside(ward, found.kind, today),
        "least": rule.least if rule else 0,
        "can": can,
        "q": text,
        "form": tried.get("form") or _name_form(request, found, text),
        "decided": tried.get("decided") or DecidedForm(meetings=deciding.get("choices", [])),
        "reasons": reasons or [],
        **deciding,
    }  # fmt: skip
    wrong = any(form.errors for form in tried.values())
    status = 409 if reasons else 422 if wrong else 200
    return render(request, "institutions/appointment.html", shown, status=status)


def _deciding(request: HttpRequest, found: Appointment, matter: str) -> dict[str, Any]:
    """The meetings that can decide it, where each records the decision, and how to call one."""
    today = clock.today()
    choices = meetings.able_to_decide(found.ward, matter, today, since=found.drafted_on)
    subject, text = appointments.subject(found), appointments.decision_text(found)
    records = access.may(request.user, "meetings.record_decision", found.ward)
    asked = urlencode({"subject": subject, "text": text})
    kind = next(iter(meetings.deciding_kinds(found.ward, today, matter)), "")
    call = urlencode({"kind": kind, "agenda": text, "subject": subject, "text": text})
    return {
        "choices": choices,
        "decide": [
            (said, reverse("meetings:decide", kwargs={"ward": found.ward, "meeting": one}) + f"?{asked}")
            for one, said in (meetings.undecided(found.ward, subject, choices) if records else [])
        ],
        "call": reverse("meetings:call", kwargs={"ward": found.ward}) + f"?{call}"
        if access.may(request.user, "meetings.call_meeting", found.ward)
        else "",
        "text": text,
    }  # fmt: skip


def _name_form(request: HttpRequest, found: Appointment, text: str) -> NameForm:
    rows = households.search(found.ward, text, size=FOUND).rows if text else []
    people = [(row["person_id"], f"{row['name']} · RT {row['rt']} RW {row['rw']}") for row in rows]
    names = labels.offices(found.ward, clock.today())
    rule = duties.appointed_kinds(found.ward, clock.today()).get(found.kind)
    offices = [(key, names.get(key, key)) for key in (rule.offices if rule else ())]
    first = people[0][0] if len(people) == 1 else None
    data = request.POST if request.method == "POST" and "person" in request.POST else None
    return NameForm(data, people=people, offices=offices, initial={"person": first})


@require_POST
@page("institutions.name_person")
def name(request: HttpRequest, ward: str, appointment: str) -> HttpResponse:
    """Somebody whom the search found is named."""
    found = _or_404(ward, appointment)
    form = _name_form(request, found, request.GET.get("q", "").strip())
    tried = attempt(
        form, actions.name_person, by=request.user, ward=ward, appointment_id=appointment
    )
    if not tried.done:
        return _show(request, found, tried.reasons, form=form)
    return redirect("institutions:appointment", ward=ward, appointment=appointment)


@require_POST
@page("institutions.unname_person")
def unname(request: HttpRequest, ward: str, appointment: str) -> HttpResponse:
    """Somebody is taken out again."""
    found = _or_404(ward, appointment)
    tried = carry_out(
        actions.unname_person, by=request.user, ward=ward, appointment_id=appointment,
        person=request.POST.get("out", ""),
    )  # fmt: skip
    if not tried.done:
        return _show(request, found, tried.reasons)
    return redirect("institutions:appointment", ward=ward, appointment=appointment)


@require_POST
@page("institutions.drop_appointment")
def drop(request: HttpRequest, ward: str, appointment: str) -> HttpResponse:
    """The appointment is given up."""
    found = _or_404(ward, appointment)
    tried = carry_out(
        actions.drop_appointment, by=request.user, ward=ward, appointment_id=appointment
    )
    if not tried.done:
        return _show(request, found, tried.reasons)
    messages.success(request, _("The appointment is given up; it stays readable."))
    return redirect("institutions:bodies", ward=ward)


@require_POST
@page("institutions.appoint")
def appoint(request: HttpRequest, ward: str, appointment: str) -> HttpResponse:
    """The meeting that decided it is named; they take their seats."""
    found = _or_404(ward, appointment)
    rule = duties.appointed_kinds(ward, clock.today()).get(found.kind)
    choices = meetings.able_to_decide(
        ward, rule.matter if rule else "", clock.today(), since=found.drafted_on
    )
    form = DecidedForm(request.POST, meetings=choices)
    tried = attempt(form, actions.appoint, by=request.user, ward=ward, appointment_id=appointment)
    if not tried.done:
        return _show(request, found, tried.reasons, decided=form)
    messages.success(request, _("They have taken their seats."))
    return redirect("institutions:body", ward=ward, body=tried.made.id)
