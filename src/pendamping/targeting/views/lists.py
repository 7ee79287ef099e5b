"""The poor list: draft, post, read by name, ratify, print."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.targeting import actions, labels, papers, queries
from pendamping.targeting.forms import DraftForm, MeetingForm, PostForm
from pendamping.targeting.models import PoorList
from pendamping.targeting.views.shown import (
    Matter,
    about,
    deciding,
    held_meetings,
    list_or_404,
    may,
    status,
)

SHOWN = 40
SHOWN_WHOLE = 100  # a longer list is read RW by RW


@page("targeting.draft_list")
def draft(request: HttpRequest, ward: str) -> HttpResponse:
    form = DraftForm(request.POST or None)
    tried = attempt(form, actions.draft_list, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The draft is begun. Tick the criteria of each household."))
        return redirect("targeting:edit", ward=ward, poor_list=tried.made.id)
    latest = queries.current_list(ward)
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "ratified": latest if latest and latest.status == "ratified" else None,
        "counts": households.counts(ward),
        "version": queries.criteria_version(ward),
        "may": may(request, ward),
    }
    return render(request, "targeting/draft.html", shown, status=status(tried.reasons, form))


@require_safe
@page("targeting.read_names")
def show(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    found = list_or_404(ward, poor_list)
    places = queries.places(found.id)
    listed = sum(count for _rw, _rt, count in places)
    long = listed > SHOWN_WHOLE
    place = request.GET.get("place", f"{places[0][0]}/" if long else "")
    rw, _slash, rt = place.partition("/")
    names = {each.id: each.text for each in queries.criteria(found.criteria_id)}
    rows = [
        {
            "name": each.head_name,
            "place": f"RT {each.rt} RW {each.rw}",
            "criteria": ", ".join(names[tick.criterion_id] for tick in each.ticks.all()),
            "url": reverse(
                "households:home", kwargs={"ward": ward, "household": each.household_id}
            ),
        }
        for each in queries.entries(found.id, rw=rw, rt=rt)
    ]
    shown = {
        **about(request, found),
        "rows": rows,
        "place": place,
        "places": _choices(places, long),
        "objections": queries.objections(found.id),
        "mismatch": queries.mismatch(found.id),
        "objection_names": {
            key: labels.objection_status(key) for key in ("open", "accepted", "rejected")
        },
        "objection_kinds": {key: labels.objection_kind(key) for key in ("add", "remove")},
    }
    return render(request, "targeting/list.html", shown)


def _choices(places: Sequence[tuple[str, str, int]], long: bool) -> list[tuple[str, str]]:
    """All (where that is short), each RW, each RT, with how many are on the list there."""
    by_rw: dict[str, int] = {}
    for rw, _rt, count in places:
        by_rw[rw] = by_rw.get(rw, 0) + count
    found = [] if long else [("", _("all"))]
    found += [(f"{rw}/", f"RW {rw} ({count})") for rw, count in by_rw.items()]
    return [*found, *((f"{rw}/{rt}", f"RT {rt} RW {rw} ({count})") for rw, rt, count in places)]


@page("targeting.post_list")
def post(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    found = list_or_404(ward, poor_list)
    rule = queries.list_rule(ward, clock.today())
    form = PostForm(request.POST or None, late_days=rule.posting_late_days)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.post_list(
                by=request.user,
                ward=ward,
                list_id=found.id,
                posted_on=form.cleaned_data["on"],
                why=form.cleaned_data["why"],
            )
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The list is posted; residents may object."))
            return redirect("targeting:list", ward=ward, poor_list=found.id)
    shown = {**about(request, found), "form": form, "reasons": reasons}
    shown["days"] = rule.objection_days
    return render(request, "targeting/post.html", shown, status=status(reasons, form))


@page("targeting.ratify_list")
def ratify(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    found = list_or_404(ward, poor_list)
    matter = _ratifying(found)
    choices = held_meetings(ward, matter)
    form = MeetingForm(request.POST or None, meetings=choices)
    tried = attempt(form, actions.ratify_list, by=request.user, ward=ward, list_id=found.id)
    if tried.done:
        messages.success(request, _("The list is ratified; its households count as poor."))
        return redirect("targeting:home", ward=ward)
    shown = {
        **about(request, found),
        "form": form,
        "reasons": tried.reasons,
        **deciding(request, ward, matter, choices),
    }
    return render(request, "targeting/ratify.html", shown, status=status(tried.reasons, form))


def _ratifying(found: PoorList) -> Matter:
    """The ratification of a list: after the days for objections, with the last of them settled."""
    rule = queries.list_rule(found.ward, found.posted_on or found.drafted_on)
    settled, first = queries.state(found).last_settled_on, found.drafted_on
    if found.objections_until:
        first = found.objections_until + timedelta(days=1)
    words = _("The residents ratify the list of poor households, number %(number)s.")
    return Matter(
        "poor_list",
        f"targeting.ratify_list:{found.id}",
        words % {"number": found.number},
        max(first, settled or first),
        rule.ratified_in,
    )


@require_safe
@page("targeting.read")
def objection_slip(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    """The empty slip for residents, while the list is posted."""
    found = list_or_404(ward, poor_list)
    if found.status != "posted":
        raise Http404
    path = reverse("targeting:list", kwargs={"ward": ward, "poor_list": found.id})
    pdf = papers.objection_slip(found, request.ward.name, request.build_absolute_uri(path))
    return answer_pdf(pdf, "formulir-sanggahan.pdf")


@require_safe
@page("targeting.read_names")
def list_pdf(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    found = list_or_404(ward, poor_list)
    path = reverse("targeting:list", kwargs={"ward": ward, "poor_list": found.id})
    pdf = papers.poor_list(found, request.ward.name, request.build_absolute_uri(path))
    return answer_pdf(pdf, "daftar-keluarga-miskin.pdf")
