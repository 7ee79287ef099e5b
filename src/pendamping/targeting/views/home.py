"""Where the ward stands, and its criteria."""

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.kernel.seen import mark
from pendamping.targeting import actions, labels, objecting, queries
from pendamping.targeting.forms import CriterionForm, MeetingForm, WrittenForm
from pendamping.targeting.models import PoorList
from pendamping.targeting.views.shown import Matter, deciding, held_meetings, may, status

EMPTY_ROWS = 3
MOST = 40
Criteria = formset_factory(CriterionForm, extra=EMPTY_ROWS, max_num=MOST, absolute_max=MOST)


@require_safe
@page("targeting.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    found, version = queries.current_list(ward), queries.criteria_version(ward)
    shown: dict[str, Any] = {
        "step": queries.step(ward),
        "steps": labels.steps(version.status if version else ""),
        "designated": queries.designated(ward),
        "designations": queries.designations(ward),
        "version": version,
        "criteria": queries.criteria(version.id) if version else [],
        "poor_list": found,
        "lists": queries.poor_lists(ward),
        "status_names": {
            key: labels.list_status(key) for key in ("draft", "posted", "ratified", "superseded")
        },
        "may": may(request, ward),
    }
    if found is not None:
        shown["state"] = queries.state(found)
        shown["open"] = _open(request, found)
        shown["how"] = objecting.how(found)
        shown["waits"] = (
            found.objections_until is not None and found.objections_until >= clock.today()
        )
        shown["mismatch"] = queries.mismatch(found.id)
        if found.status == "ratified":
            shown["marked_since"] = households.poor_by_source(ward).get("census", 0)
        shown["bars"] = [
            {"label": f"RW {rw}" if rw else "–", "value": count}
            for rw, count in queries.counts_by_rw(found.id)
        ]
    return render(request, "targeting/home.html", shown)


def _open(request: HttpRequest, found: PoorList) -> list[dict[str, Any]]:
    """Objections that are not settled yet, for those who may read names."""
    if found.status != "posted" or not may(request, found.ward)["read_names"]:
        return []
    return [
        {"id": each.id, "name": each.head_name, "kind": labels.objection_kind(each.kind),
         "raised_on": each.raised_on}
        for each in queries.objections(found.id)
        if each.status == "open"
    ]  # fmt: skip


@page("targeting.set_criteria")
def criteria(request: HttpRequest, ward: str) -> HttpResponse:
    rows = Criteria(request.POST or None, initial=_first(ward))
    day = WrittenForm(request.POST or None)
    reasons: list[Reason] = []
    if request.method == "POST" and rows.is_valid() and day.is_valid():
        try:
            actions.set_criteria(
                by=request.user,
                ward=ward,
                criteria=[form.cleaned_data for form in rows if form.cleaned_data],
                **day.cleaned_data,
                seen=request.POST.get("seen", ""),
            )
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The criteria are written down; a meeting ratifies them."))
            return redirect("targeting:home", ward=ward)
    kept = queries.criteria_rows(queries.criteria_version(ward))
    shown = {"rows": rows, "day": day, "reasons": reasons, "mark": mark(kept)}
    code = status(reasons, day)
    if code == 200 and rows.is_bound and not rows.is_valid():
        code = 422
    return render(request, "targeting/criteria.html", shown, status=code)


def _first(ward: str) -> list[dict[str, Any]]:
    """The latest version to go on from, or the guideline's examples."""
    latest = queries.criteria_version(ward)
    if latest is None:
        return list(queries.suggestions(ward, clock.today(), labels.lang()))
    return [
        {"key": each.key, "kind": each.kind, "text": each.text, "weight": each.weight}
        for each in queries.criteria(latest.id)
    ]


@page("targeting.ratify_criteria")
def ratify_criteria(request: HttpRequest, ward: str) -> HttpResponse:
    version = queries.criteria_version(ward)
    if version is None:
        return redirect("targeting:home", ward=ward)
    words = _("The residents ratify their poverty criteria, version %(number)s.")
    subject = f"targeting.ratify_criteria:{version.id}"
    matter = Matter("poverty_criteria", subject, words % {"number": version.number}, version.set_on)
    choices = held_meetings(ward, matter)
    form = MeetingForm(request.POST or None, meetings=choices)
    tried = attempt(
        form, actions.ratify_criteria, by=request.user, ward=ward, version_id=version.id
    )
    if tried.done:
        messages.success(request, _("The criteria are ratified."))
        return redirect("targeting:home", ward=ward)
    shown = {
        "version": version,
        "criteria": queries.criteria(version.id),
        "form": form,
        "reasons": tried.reasons,
        **deciding(request, ward, matter, choices),
    }
    return render(
        request, "targeting/ratify_criteria.html", shown, status=status(tried.reasons, form)
    )
