"""Forming a group: choose the meeting, tick its people, see at once what still stands in the way."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.gate import page
from pendamping.institutions import actions, facts, labels, queries
from pendamping.institutions.forms import GroupForm, read_members
from pendamping.institutions.rules import forming_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.meetings import queries as meetings


@require_safe
@page("institutions.form_group")
def choose_meeting(request: HttpRequest, ward: str) -> HttpResponse:
    held = meetings.meetings(ward, status=("held", "closed"), with_names=True)
    kinds = labels.meeting_kinds(ward, clock.today())
    rows = [{"meeting": one, "name": kinds.get(one.kind, one.kind)} for one in held]
    return render(request, "institutions/choose.html", {"rows": rows})


def _meeting_or_404(ward: str, meeting_id: str) -> Any:
    found = meetings.meeting(ward, meeting_id)
    if found is None:
        raise Http404
    return found


@page("institutions.form_group")
def form_group(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = _meeting_or_404(ward, meeting)
    initial = {"formed_on": found.held_on, "signed_on": found.held_on}
    kinds = labels.kinds(ward, found.held_on)
    form = GroupForm(request.POST or None, kinds=kinds, initial=initial)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.form_group(by=request.user, **_asked(request, ward, meeting, form))
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("%(name)s is formed.") % {"name": group.name})
            return redirect("institutions:group", ward=ward, group=group.id)
    shown = {
        "form": form,
        "meeting": found,
        "reasons": reasons,
        "tried": bool(reasons),
        "people": _people(request, found),
        "roles": labels.roles(),
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "institutions/form.html", shown, status=status)


@require_POST
@page("institutions.form_group")
def check(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    """What still stands in the way, while the form is being filled."""
    found = _meeting_or_404(ward, meeting)
    form = GroupForm(request.POST, kinds=labels.kinds(ward, found.held_on))
    reasons: list[Reason] = []
    if form.is_valid():
        asked = _asked(request, ward, meeting, form)
        reasons = forming_problems(facts.forming(**asked), facts.rule(ward, asked["formed_on"]))
    shown = {
        "form": form,
        "meeting": found,
        "reasons": reasons,
        "tried": False,
        "checked": form.is_valid(),
    }
    return render(request, "institutions/reasons.html", shown)


def _asked(request: HttpRequest, ward: str, meeting: str, form: GroupForm) -> dict[str, Any]:
    members, signed_on = read_members(request.POST), form.cleaned_data["signed_on"]
    pledge = None
    if signed_on is not None:
        pledge = {"signed_on": signed_on, "signers": request.POST.getlist("signer")}
    return {
        "ward": ward,
        "name": form.cleaned_data["name"],
        "kind": form.cleaned_data["kind"],
        "formed_on": form.cleaned_data["formed_on"],
        "meeting_id": meeting,
        "members": members,
        "pledge": pledge,
    }


def _people(request: HttpRequest, meeting: Any) -> list[dict[str, Any]]:
    """Residents on the roll, with what was ticked and typed."""
    roll = [entry for entry in meetings.roll(meeting.id) if entry.person_id]
    others = queries.groups_of(meeting.ward, [entry.person_id for entry in roll], clock.today())
    ticked, signed = request.POST.getlist("member"), request.POST.getlist("signer")
    return [
        {
            "id": entry.person_id,
            "name": entry.name,
            "sex": entry.sex,
            "poor": entry.poor,
            "place": f"RT {entry.rt} RW {entry.rw}" if entry.rt else "",
            "groups": ", ".join(group.name for group in others.get(entry.person_id, ())),
            "member": entry.person_id in ticked,
            "signer": entry.person_id in signed,
            "role": request.POST.get(f"role-{entry.person_id}", "member"),
        }
        for entry in roll
    ]
