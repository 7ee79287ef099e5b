from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.meetings import (
    actions,
    aside,
    correcting,
    drafting,
    invitation,
    labels,
    offering,
    papers,
    queries,
)
from pendamping.meetings.forms import CallForm, CancelForm, DecisionForm, MinutesForm, MoveForm
from pendamping.meetings.models import Meeting
from pendamping.meetings.rules.deciding import LEVELS
from pendamping.meetings.views import carrying
from pendamping.meetings.views.shown import meeting_or_404, named, status


@require_safe
@page("meetings.read")
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    kind = request.GET.get("kind", "")
    found, after = queries.page_of(ward, kind=kind, before=request.GET.get("before", ""))
    kinds = labels.kind_names(ward, clock.today())
    rows = [_row(meeting, kinds) for meeting in found]
    query = f"?kind={kind}&before={after}" if after else ""
    shown = {
        "rows": rows,
        "kind": kind,
        "kinds": kinds,
        "next": reverse("meetings:list", kwargs={"ward": ward}) + query if after else None,
        "took_part": queries.participation(ward),
        "may_call": access.may(request.user, "meetings.call_meeting", ward),
    }
    return render(request, "meetings/list.html", shown)


def _row(meeting: Meeting, kinds: dict[str, str]) -> dict[str, Any]:
    return {
        "url": reverse("meetings:meeting", kwargs={"ward": meeting.ward, "meeting": meeting.id}),
        "name": kinds.get(meeting.kind, meeting.kind),
        "held_on": meeting.held_on,
        "place": " ".join(filter(None, (meeting.place, f"RW {meeting.rw}" if meeting.rw else ""))),
        "attended": meeting.attended,
        "women": meeting.attended_women,
        "poor": meeting.attended_poor,
        "status": labels.status_name(meeting),
        "quorum": labels.quorum_name(meeting),
        "waits": queries.waits_for_eligible(meeting),
        "meeting": meeting,
    }


@page("meetings.call_meeting")
def call(request: HttpRequest, ward: str) -> HttpResponse:
    kinds = labels.kind_names(ward, clock.today())
    failed = [
        (one.id, f"{kinds.get(one.kind, one.kind)}, {date_format(one.held_on, 'j F Y')}")
        for one in queries.meetings(ward, quorum_met=False)
        if not queries.waits_for_eligible(one)
    ]
    initial = {
        key: request.GET[key]
        for key in (
            "kind",
            "of_group",
            "agenda",
            "follows",
            "held_on",
            "level",
            "rw",
            "rt",
            "subject",
            "text",
        )
        if key in request.GET
    }
    if initial.get("text") and initial.get("agenda") == initial["text"]:  # nothing is decided yet
        initial["agenda"] = _("Proposed decision: %(text)s") % {"text": initial["text"]}
    known = queries.kinds(ward, clock.today())
    usual = known.get(initial.get("kind", ""), {}).get("level", "")
    initial.setdefault("level", LEVELS.get(usual, "kelurahan"))
    places = households.neighbourhoods(ward)
    of_groups = [key for key, table in known.items() if table["quorum"]["roll"] == "members"]
    form = CallForm(
        request.POST or None, kinds=kinds, failed=failed, places=places, initial=initial,
        of_groups=of_groups,
    )  # fmt: skip
    if form.is_bound and form.is_valid() and form.names_group:
        kept = {key: form[key].value() for key in ("held_on", "place", "agenda")}
        where = reverse("institutions:meet_which", kwargs={"ward": ward})
        return redirect(f"{where}?{urlencode(kept)}")
    tried = attempt(form, actions.call_meeting, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _entered(tried.made))
        return redirect("meetings:meeting", ward=ward, meeting=tried.made.id)
    shown = {"form": form, "reasons": tried.reasons, "has_failed": bool(failed)}
    return render(request, "meetings/call.html", shown, status=status(tried.reasons, form))


def _entered(made: Meeting) -> str:
    """What can be done now; before the day of the meeting: what can be done until then."""
    if made.held_on <= clock.today():
        return _("The meeting is entered. Now its roll can be taken.")
    day = date_format(made.held_on, "j F Y")
    return _(
        "The meeting is called for %(day)s. Until then the invitation and the roll can be printed."
    ) % {"day": day}


@require_safe
@page("meetings.read")
def show(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    names = access.may(request.user, "households.read", ward)
    shown = {
        **named(found),
        "decisions": queries.decisions(found.id),
        "carry": carrying.links(request, found),
        "roll": queries.roll_as_written(found.id) if names else [],
        "doubtful": correcting.doubtful(found),
        "second": found.followed_by.order_by("held_on").first(),
        "may": {
            key: access.may(request.user, f"meetings.{key}", ward)
            for key in (
                "take_roll",
                "record_decision",
                "sign_minutes",
                "call_meeting",
                "move_meeting",
                "cancel_meeting",
                "correct_roll",
            )
        },
    }
    return render(request, "meetings/meeting.html", shown)


@page("meetings.move_meeting")
def move(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    """Another day or place, after people were invited."""
    found = meeting_or_404(ward, meeting)
    initial = {"held_on": max(found.held_on, clock.today()), "place": found.place}
    form = MoveForm(request.POST or None, initial=initial)
    return _change(request, found, form, actions.move_meeting, "meetings/move.html",
                   _("The meeting is moved. Print the invitation anew for those who were invited."))  # fmt: skip


@page("meetings.cancel_meeting")
def cancel(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    """Call it off, after people were invited."""
    found = meeting_or_404(ward, meeting)
    form = CancelForm(request.POST or None)
    return _change(request, found, form, actions.cancel_meeting, "meetings/cancel.html",
                   _("The meeting is cancelled. Print the notice for those who were invited."))  # fmt: skip


def _change(
    request: HttpRequest, found: Meeting, form: CancelForm, act: Any, template: str, said: str
) -> HttpResponse:
    tried = attempt(form, act, by=request.user, ward=found.ward, meeting_id=found.id)
    if tried.done:
        messages.success(request, said)
        return redirect("meetings:meeting", ward=found.ward, meeting=found.id)
    shown = {**named(found), "form": form, "reasons": tried.reasons}
    return render(request, template, shown, status=status(tried.reasons, form))


@page("meetings.record_decision")
def decide(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    initial = {key: request.GET[key] for key in ("subject", "text") if key in request.GET}
    able = found.status == "held" and found.quorum_met
    waits = offering.matters(found) if able else []
    known = {one.subject for one in waits}
    for one in found.asked:  # what it was called for stands chosen
        if one["subject"] in known:
            initial.setdefault("subject", one["subject"])
    form = DecisionForm(
        request.POST or None,
        initial=initial,
        matters=waits,
        words=lambda subject: offering.words(found, subject),
        named=lambda subject: offering.named(found, subject),
        decides=found.quorum_rule.get("decision", ""),
    )
    tried = attempt(form, actions.record_decision, by=request.user, ward=ward, meeting_id=found.id)
    if tried.done:
        messages.success(request, _("The decision is recorded."))
        return redirect("meetings:meeting", ward=ward, meeting=found.id)
    shown = {
        **named(found), "form": form, "reasons": tried.reasons, "able": able,
        "first": not queries.decisions(found.id),
    }  # fmt: skip
    return render(request, "meetings/decide.html", shown, status=status(tried.reasons, form))


@page("meetings.sign_minutes")
def minutes(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    if subject := request.POST.get("decide"):
        return _decide_first(request, found, subject)
    if "print" in request.POST and found.status == "held":
        return _printed(request, found, request.POST.get("text", ""))
    kept = aside.typed(request, found)
    draft = drafting.draft(found) if found.status == "held" else ""
    open_ = offering.left_open(found) if found.status == "held" else []
    form = MinutesForm(request.POST or None, initial={"text": draft, **kept}, open_=open_)
    tried = attempt(form, actions.sign_minutes, by=request.user, ward=ward, meeting_id=found.id)
    if tried.done:
        aside.forget(request)
        messages.success(request, _("The minutes are signed; the meeting is closed."))
        return redirect("meetings:meeting", ward=ward, meeting=found.id)
    may_decide = access.may(request.user, "meetings.record_decision", ward)
    shown = {
        **named(found), "form": form, "reasons": tried.reasons, "may_decide": may_decide,
        "seen": drafting.mark(found) if draft else "",
        "draft": draft if form.is_bound or "text" in kept else "",
        "kept": "text" in kept and not form.is_bound,
    }  # fmt: skip
    return render(request, "meetings/minutes.html", shown, status=status(tried.reasons, form))


def _printed(request: HttpRequest, found: Meeting, typed: str) -> HttpResponse:
    """What people are to sign: the minutes as they stand in the form, not as the record drafted them."""
    pdf = papers.minutes(found, request.ward.name, _address(request, found), typed)  # type: ignore[attr-defined]
    return answer_pdf(pdf, "berita-acara.pdf")


def _decide_first(request: HttpRequest, found: Meeting, subject: str) -> HttpResponse:
    """Lay the minutes as they are typed aside, and go to record a decision that is missing in them."""
    aside.lay(request, found, drafting.draft(found))
    words = {one["subject"]: one["text"] for one in offering.left_open(found)}
    asked = urlencode({"subject": subject, "text": words.get(subject, "")})
    here = reverse("meetings:decide", kwargs={"ward": found.ward, "meeting": found.id})
    return redirect(f"{here}?{asked}")


@require_safe
@page("meetings.read")
def minutes_pdf(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    pdf = papers.minutes(found, request.ward.name, _address(request, found))
    return answer_pdf(pdf, "berita-acara.pdf")


@require_safe
@page("meetings.read")
def invitation_pdf(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    """The invitation; after a change, what changed and why."""
    found = meeting_or_404(ward, meeting)
    pdf = invitation.paper_of(found, request.ward.name, _address(request, found))
    return answer_pdf(pdf, "undangan.pdf")


@require_safe
@page("meetings.take_roll")
def roll_pdf(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = meeting_or_404(ward, meeting)
    pdf = papers.roll(found, request.ward.name, _address(request, found))
    return answer_pdf(pdf, "daftar-hadir.pdf")


def _address(request: HttpRequest, found: Meeting) -> str:
    path = reverse("meetings:meeting", kwargs={"ward": found.ward, "meeting": found.id})
    return request.build_absolute_uri(path)
