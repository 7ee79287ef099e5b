"""The roll: ticked from the census (at the door, on a phone), or counted by heads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.meetings import actions, alike, belonging, labels, queries
from pendamping.meetings.forms import EligibleForm, HeadsForm, VisitorForm
from pendamping.meetings.models import Meeting
from pendamping.meetings.views.shown import meeting_or_404, named, status

SHOWN = 60
LEAST_AGE = 15  # whom the door looks for where no name is typed


@page("meetings.take_roll")
def roll(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    visitor = VisitorForm(prefix="visitor")
    eligible = EligibleForm(initial={"eligible": found.eligible or None})
    reasons: list[Reason] = []
    if request.method == "POST":
        visitor, eligible, reasons, done = _change(request, found, visitor, eligible)
        if done:
            return redirect(request.get_full_path())
    wrong = next((form for form in (visitor, eligible) if form.errors), None)
    shown = {
        **named(found),
        **_found(request, found),
        "roll": list(reversed(queries.roll(found.id))),
        "roll_of": labels.roll_of(queries.kinds(ward, found.held_on)[found.kind]["quorum"]["roll"]),
        "visitor": visitor,
        "eligible": eligible,
        "asks_eligible": _asks_eligible(found),
        "sitting": belonging.members(found),
        "reasons": reasons,
        "places": households.neighbourhoods(ward, found.held_on),
    }
    return render(request, "meetings/roll.html", shown, status=status(reasons, wrong))


@require_safe
@page("meetings.take_roll")
def search(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    return render(request, "meetings/people.html", {**named(found), **_found(request, found)})


def _asks_eligible(meeting: Meeting) -> bool:
    """Whether the quorum fails only because nobody said yet how many may decide."""
    checks = queries.verdict(meeting).checks if meeting.attended is not None else ()
    return any(check.key == "present_percent" and check.share is None for check in checks)


def _found(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """Whom the search of the door finds; those who stand on the roll already are marked."""
    text = request.GET.get("q", "").strip()
    own = (
        f"{meeting.rw}/{meeting.rt}" if meeting.rt else ""
    )  # an RT meets: its people are at the door
    place = request.GET.get("place", own)
    rw, _slash, rt = place.partition("/")
    people: list[dict[str, Any]] = []
    if text:
        page_of = households.search(
            meeting.ward, text, households.Filters(rw=rw, rt=rt), size=SHOWN
        )
        people = [
            {"id": row["person_id"], "name": row["name"], "rw": row["rw"], "rt": row["rt"]}
            for row in page_of.rows
        ]
    elif rt:
        living = households.residents(
            meeting.ward, on=meeting.held_on, least_age=LEAST_AGE, rw=rw, rt=rt
        )[: SHOWN * 3]
        people = [{"id": e.id, "name": e.name, "rw": e.rw, "rt": e.rt} for e in living]
    elif sitting := belonging.members(meeting):
        known = households.persons(meeting.ward, sitting)
        people = [
            {"id": e.id, "name": e.name, "rw": e.rw, "rt": e.rt}
            for e in sorted(known.values(), key=lambda each: each.name)
        ]
    present = queries.persons_on_roll(meeting.id)
    ids = [str(each["id"]) for each in people]
    poverty = households.poverty_words(meeting.ward, ids, meeting.held_on)
    ticked = set(request.POST.getlist("person"))  # refused for one of them: the others stay ticked
    alike_to = alike.looks_like(meeting.ward, ids, {*present, *ticked})
    sure = set(request.POST.getlist("sure"))
    for each in people:
        others = [] if each["id"] in present else alike_to.get(str(each["id"]), [])
        each["alike"] = [f"{one.name} ({alike.place(one)})" for one in others]
        each["sure"] = each["id"] in sure
        each["present"] = each["id"] in present
        each["ticked"] = each["id"] in ticked
        each["poverty"] = poverty.get(str(each["id"]), "")
    return {"people": people, "q": text, "place": place, "asked": bool(text or rt)}


def _change(
    request: HttpRequest, found: Meeting, visitor: VisitorForm, eligible: EligibleForm
) -> tuple[VisitorForm, EligibleForm, list[Reason], bool]:
    """One of: people ticked, a visitor, somebody taken off, how many may decide."""
    what = request.POST.get("do", "")
    facts: dict[str, Any] | None = None
    if what == "add":
        facts = {
            "present": [{"person": each} for each in request.POST.getlist("person")],
            "sure": request.POST.getlist("sure"),
            "add": True,
        }
    elif what == "visitor":
        visitor = VisitorForm(request.POST, prefix="visitor")
        facts = {"present": [visitor.cleaned_data], "add": True} if visitor.is_valid() else None
    elif what == "remove":
        facts = {"off": [request.POST.get("row", "")], "add": True}
    elif what == "eligible":
        eligible = EligibleForm(request.POST)
        if eligible.is_valid():
            facts = {"eligible": eligible.cleaned_data["eligible"], "add": True}
    if facts is None:
        return visitor, eligible, [], False
    try:
        actions.take_roll(by=request.user, ward=found.ward, meeting_id=found.id, **facts)
    except Refusal as refusal:
        return visitor, eligible, refusal.reasons, False
    messages.success(request, _("The roll is brought up to date."))
    return visitor, eligible, [], True


@page("meetings.take_roll")
def heads(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    quorum = queries.kinds(ward, found.held_on)[found.kind]["quorum"]
    asks_places = quorum["every_rt"] or quorum.get("every_rw")
    lived_in = households.neighbourhoods(ward, found.held_on)
    places = [(f"{rw}/{rt}", f"RT {rt} RW {rw}") for rw, rt in lived_in]
    initial = {
        "total": found.attended,
        "women": found.attended_women,
        "poor": found.attended_poor,
        "guests": found.guests or None,
        "eligible": len(belonging.members(found) or ()) or found.eligible,
        "rts": found.rts_present,
    }
    form = HeadsForm(request.POST or None, places=places if asks_places else (), initial=initial)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_roll(
                by=request.user,
                ward=ward,
                meeting_id=found.id,
                head_count=form.head_count(),
                eligible=form.cleaned_data["eligible"],
            )
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The head-count is entered."))
            return redirect("meetings:meeting", ward=ward, meeting=found.id)
    shown = {
        **named(found),
        "form": form,
        "reasons": reasons,
        "roll_of": labels.roll_of(quorum["roll"]),
    }
    return render(request, "meetings/heads.html", shown, status=status(reasons, form))
