"""The steps from "this no longer suits us" to the recorded end of a ward's own decision.

What a meeting decided ends by a meeting: the page leads to one with the words filled in, and what it
decided comes back to be recorded.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.guidelines import actions, deciding, minutes, pages, queries, rules
from pendamping.guidelines.forms import EndForm
from pendamping.guidelines.rules import Deviation, Guideline
from pendamping.guidelines.views import frame, meeting_url
from pendamping.kernel import clock


@require_safe
@page("guidelines.end_deviation")
def propose(request: HttpRequest, ward: str, deviation: str) -> HttpResponse:
    """The meetings that may end a decision, with everything filled in."""
    found = _open(ward, deviation)
    context = _context(ward, found)
    guideline = context["guideline"]
    with translation.override("id"):
        text = _("The ward's own decision ends and the guideline holds again: %(rule)s.") % {
            "rule": _rule(guideline, found).rstrip(".")
        }
    asked = {"subject": minutes.end_subject(found.id), "text": text}
    context["said"] = text
    context["taken"] = [
        {"name": pages.meeting_name(guideline, each.kind, each.held_on),
         "url": meeting_url(ward, each.meeting), "signed": each.signed}
        for each in queries.ends(ward, found.id)
    ]  # fmt: skip
    context |= deciding.offered_meetings(request, guideline, ward, asked)
    return render(request, "guidelines/end.html", context)


@page("guidelines.end_deviation")
def record(request: HttpRequest, ward: str, deviation: str, meeting: str) -> HttpResponse:
    """Record the end that a meeting decided, with its last day."""
    found = _open(ward, deviation)
    taken = next((one for one in queries.ends(ward, found.id) if one.meeting == meeting), None)
    if taken is None:
        raise Http404
    start = {"until": max(clock.today(), taken.held_on, found.since)}
    form = EndForm(request.POST or None, initial=start)
    tried = attempt(form, actions.end_deviation, by=request.user, ward=ward, deviation=found.id,
                    meeting=meeting)  # fmt: skip
    if tried.done:
        messages.success(request, _("The text holds again after this day."))
        return redirect("guidelines:decisions", ward=ward)
    context = _context(ward, found)
    context |= {
        "meeting": pages.meeting_name(context["guideline"], taken.kind, taken.held_on),
        "meeting_url": meeting_url(ward, meeting),
        "signed": taken.signed,
        "form": form,
        "reasons": tried.reasons,
    }
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "guidelines/record_end.html", context, status=status)


def _open(ward: str, deviation: str) -> Deviation:
    """A decision of the ward's own that has no end yet."""
    for one in queries.deviations(ward):
        if one.id == deviation and one.until is None:
            return one
    raise Http404


def _context(ward: str, found: Deviation) -> dict[str, Any]:
    """What both steps show: the rule, what the text says and what holds here."""
    on = clock.today()
    guideline = queries.as_written(ward, on)
    kind = rules.kind_at(guideline, found.clause)
    written = rules.find(guideline, found.clause)
    return {
        **frame(guideline, ward, on),
        "deviation": found,
        "rule": _rule(guideline, found),
        "here": pages.describe(guideline, kind, found.value) if kind else found.value,
        "text": pages.describe(guideline, kind, written.value) if kind and written else "–",
    }


def _rule(guideline: Guideline, found: Deviation) -> str:
    section, _code, key, _path = rules.split_id(found.clause)
    clause = guideline.clauses.get((section, key))
    return pages.sentence(guideline, clause) if clause else found.clause
