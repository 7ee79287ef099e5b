"""The poor list: draft, edit, post, read by name, ratify, print."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.targeting import actions, labels, objecting, papers, queries
from pendamping.targeting.forms import DraftForm, MeetingForm, PostForm
from pendamping.targeting.models import PoorList
from pendamping.targeting.views.shown import (
    Matter,
    deciding,
    going,
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


MOVES = ("go", "find")  # buttons that lead elsewhere and keep what is ticked on the way


@page("targeting.change_list")
def edit(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    found = list_or_404(ward, poor_list)
    reasons: list[Reason] = []
    if request.method == "POST":
        changes = _changes(request)
        try:
            if not _moves_on_unchanged(request, found, changes):
                actions.change_list(by=request.user, ward=ward, list_id=found.id, **changes)
                messages.success(request, _("The draft is changed."))
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            return redirect(_after(request, found))
    place = request.GET.get("place", "")
    places, left = queries.places(found.id), queries.unticked(found.id)
    if not place and places and not request.GET.get("q"):
        place = f"{places[0][0]}/{places[0][1]}"
    rw, _slash, rt = place.partition("/")
    text = request.GET.get("q", "").strip()
    shown = {
        **_about(request, found),
        "reasons": reasons,
        "place": place,
        "places": _places_left(places, left),
        "next": _next(place, places, left),
        "first_left": next((f"{rw}/{rt}" for rw, rt in left), ""),
        "left_here": left.get((rw, rt), 0),
        "version": found.criteria,
        "q": text,
        "entries": queries.entries(found.id, rw=rw, rt=rt, listed=None) if place else [],
        "criteria": queries.criteria(found.criteria_id, "household"),
        "people": _search(ward, found, text) if text else [],
    }
    return render(request, "targeting/edit.html", shown, status=status(reasons))


def _moves_on_unchanged(request: HttpRequest, found: PoorList, changes: dict[str, Any]) -> bool:
    """Whether only another RT or a household was asked for, and every tick is as it was kept."""
    if request.POST.get("do") not in MOVES:
        return False
    rw, _slash, rt = request.GET.get("place", "").partition("/")
    kept = {one.household_id: one for one in queries.entries(found.id, rw=rw, rt=rt, listed=None)}
    listed = set(changes["add"])
    return all(
        home in kept
        and kept[home].listed == (home in listed)
        and {tick.criterion_id for tick in kept[home].ticks.all()} == set(ticks)
        for home, ticks in changes["ticks"].items()
    )


def _after(request: HttpRequest, found: PoorList) -> str:
    """Back to the same RT, or on to the next one, another one or a search where that was asked."""
    do, place = request.POST.get("do"), request.GET.get("place", "")
    if do not in {"next", *MOVES}:
        return request.get_full_path()
    to, text = request.POST.get("to", ""), request.POST.get("find", "").strip()
    if do == "find" or (do == "go" and text and to == place):  # Enter presses the first button
        query = {"q": text}
    elif do == "go":
        query = {"place": to}
    else:
        query = {
            "place": _next(place, queries.places(found.id), queries.unticked(found.id)) or place
        }
    here = reverse("targeting:edit", kwargs={"ward": found.ward, "poor_list": found.id})
    return f"{here}?{urlencode(query)}"


def _next(
    place: str, places: Sequence[tuple[str, str, int]], left: Mapping[tuple[str, str], int]
) -> str:
    """The RT to go on with: the next one with households without a criterion, else the next one."""
    keys = [(rw, rt) for rw, rt, _count in places]
    rw, _slash, rt = place.partition("/")
    at = keys.index((rw, rt)) + 1 if (rw, rt) in keys else 0
    order = keys[at:] + keys[: max(at - 1, 0)]
    found = next((key for key in order if key in left), order[0] if order else None)
    return "/".join(found) if found else ""


def _places_left(
    places: Sequence[tuple[str, str, int]], left: Mapping[tuple[str, str], int]
) -> list[tuple[str, str]]:
    """Each RT with how many are on the list there, and how many of them have no criterion yet."""
    found = []
    for rw, rt, count in places:
        rest = left.get((rw, rt), 0)
        more = _("%(count)s on the list, %(left)s without a criterion")
        said = (more if rest else _("%(count)s on the list")) % {"count": count, "left": rest}
        found.append((f"{rw}/{rt}", f"RT {rt} RW {rw}: {said}"))
    return found


def _changes(request: HttpRequest) -> dict[str, Any]:
    """Who was on the page, who is ticked as listed, which criteria are ticked."""
    if request.POST.get("do") == "add":
        return {"add": request.POST.getlist("household")}
    shown, listed = request.POST.getlist("shown"), set(request.POST.getlist("listed"))
    return {
        "add": [each for each in shown if each in listed],
        "remove": [each for each in shown if each not in listed],
        "ticks": {each: request.POST.getlist(f"ticks-{each}") for each in shown},
    }


def _search(ward: str, found: PoorList, text: str) -> list[dict[str, Any]]:
    rows = households.search(ward, text, size=SHOWN).rows
    homes = {row["id"]: row for row in reversed(rows)}
    return [{**row, "listed": queries.is_listed(found.id, home)} for home, row in homes.items()]


def _about(request: HttpRequest, found: PoorList) -> dict[str, Any]:
    return {
        "poor_list": found,
        "state": queries.state(found),
        "status_name": labels.list_status(found.status),
        "how": objecting.how(found),
        "may": may(request, found.ward),
        **going(request, found),
    }


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
        **_about(request, found),
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
    shown = {**_about(request, found), "form": form, "reasons": reasons}
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
        **_about(request, found),
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
