"""Forming a group: choose the meeting, tick its people, see at once what still stands in the way."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf
from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.institutions import actions, facts, labels, papers, queries
from pendamping.institutions.forms import GroupForm, read_members
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse
from pendamping.kernel.share import Share
from pendamping.meetings import queries as meetings


@require_safe
@page("institutions.form_group")
def choose_meeting(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    deciding = meetings.deciding_kinds(ward, today, "group_formation")
    fitting = list(deciding or meetings.kinds(ward, today))  # any, where the guideline is silent
    names, used = labels.meeting_kinds(ward, today), queries.formed_in(ward)
    held = meetings.meetings(ward, status=("held", "closed"), with_names=True)
    found = [
        {
            "id": one.id,
            "name": names.get(one.kind, one.kind),
            "held_on": one.held_on,
            "place": one.place,
            "attended": one.attended,
            "quorum": one.quorum_met,
            "used": ", ".join(used.get(one.id, ())),
        }
        for one in held
        if one.kind in fitting and not one.group  # a group's own meeting forms no other group
    ]
    found.sort(key=lambda one: bool(one["used"]))  # those that formed no group yet come first
    shown = {
        "meetings": found,
        "kind": fitting[0] if fitting else "",
        "kind_name": names.get(fitting[0], "") if fitting else "",
        "no_list": facts.waits_for_list(ward, today),
        "may_call": access.may(request.user, "meetings.call_meeting", ward),
    }
    return render(request, "institutions/choose.html", shown)


def _meeting_or_404(ward: str, meeting_id: str) -> Any:
    found = meetings.meeting(ward, meeting_id)
    if found is None:
        raise Http404
    return found


@page("institutions.form_group")
def form_group(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    found = _meeting_or_404(ward, meeting)
    initial = {"formed_on": found.held_on, "signed_on": None}
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
        "decided": any(
            one.subject == "institutions.form_group" for one in meetings.decisions(found.id)
        ),
        "reasons": reasons,
        "tried": bool(reasons),
        "people": _people(request, found),
        "chosen": _chosen(request, found),
        "roles": labels.roles(),
        "pledged": facts.rule(ward, found.held_on).pledge_required,
        "no_list": facts.waits_for_list(ward, found.held_on),
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
        reasons = facts.against_forming(ward, facts.forming(**asked))
    shown = {
        "form": form,
        "meeting": found,
        "reasons": reasons,
        "tried": False,
        "checked": form.is_valid(),
        "chosen": _chosen(request, found),
    }
    return render(request, "institutions/reasons.html", shown)


@require_POST
@page("institutions.form_group")
def pledge_to_sign(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    """The pledge of the members who are ticked, to be signed before the group is formed."""
    found = _meeting_or_404(ward, meeting)
    ticked = {each["person"]: each["role"] for each in read_members(request.POST)}
    members = [
        (entry.name, ticked[entry.person_id])
        for entry in meetings.roll(found.id)
        if entry.person_id in ticked
    ]
    if not members:
        raise refuse(
            "institutions.pledge.members",
            "Tick the members first; the pledge is printed with their names.",
        )
    path = reverse("institutions:form", kwargs={"ward": ward, "meeting": meeting})
    pdf = papers.pledge_to_sign(
        request.POST.get("name", "")[:80],
        request.ward.name,  # type: ignore[attr-defined]
        found.held_on,
        members,
        request.build_absolute_uri(path),
    )
    return answer_pdf(pdf, "tanggung-renteng.pdf")


def _chosen(request: HttpRequest, meeting: Any) -> dict[str, Any]:
    """How many are ticked, how many of them are women, and what the guideline asks of both."""
    ticked = set(request.POST.getlist("member"))
    rule = facts.rule(meeting.ward, meeting.held_on)
    chosen = [entry for entry in meetings.roll(meeting.id) if entry.person_id in ticked]
    women = Share(sum(entry.sex == "P" for entry in chosen), len(chosen))
    return {
        "members": len(chosen),
        "women": women,
        "least": rule.min_members,
        "least_women": rule.min_women_percent,
        "enough": len(chosen) >= rule.min_members and women.at_least(rule.min_women_percent),
    }


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
    ids = [str(entry.person_id) for entry in roll]
    known = households.persons(meeting.ward, ids)
    poverty = households.poverty_words(meeting.ward, ids, meeting.held_on)
    ages = {key: person.age(meeting.held_on) for key, person in known.items()}
    return [
        {
            "id": entry.person_id,
            "name": entry.name,
            "sex": labels.sex(entry.sex),
            "age": ages.get(entry.person_id),
            "poverty": poverty.get(str(entry.person_id), ""),
            "place": f"RT {entry.rt} RW {entry.rw}" if entry.rt else "",
            "groups": ", ".join(group.name for group in others.get(entry.person_id, ())),
            "member": entry.person_id in ticked,
            "signer": entry.person_id in signed,
            "role": request.POST.get(f"role-{entry.person_id}", "member"),
        }
        for entry in roll
    ]
