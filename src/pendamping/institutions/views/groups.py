from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf, attempt, request_of
from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.institutions import actions, facts, labels, papers, queries, standing
from pendamping.institutions.forms import (
    FollowersForm,
    JoinForm,
    LeaveForm,
    MeetForm,
    OfficerForm,
    StepForm,
    ToDecideForm,
    WhichForm,
)
from pendamping.institutions.models import Group
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse
from pendamping.kernel.seen import mark
from pendamping.meetings import actions as meetings_write
from pendamping.meetings import queries as meetings

FOUND = 30


@require_safe
@page("institutions.read")
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    kinds, sizes = labels.kinds(ward, today), queries.sizes(ward, today)
    rows = []
    for group in queries.groups(ward):
        members, women = sizes.get(group.id, (0, 0))
        rows.append(
            {
                "url": reverse("institutions:group", kwargs={"ward": ward, "group": group.id}),
                "name": group.name,
                "kind": kinds.get(group.kind, group.kind),
                "formed_on": group.formed_on,
                "members": members,
                "women": women,
            }
        )
    shown = {
        "rows": rows,
        "people": sum(row["members"] for row in rows),
        "women": sum(row["women"] for row in rows),
        "may_form": access.may(request.user, "institutions.form_group", ward),
    }
    return render(request, "institutions/list.html", shown)


def _group_or_404(ward: str, group_id: str) -> Group:
    found = queries.group(ward, group_id)
    if found is None:
        raise Http404
    return found


@require_safe
@page("institutions.read")
def show(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    return _show(request, _group_or_404(ward, group))


def _show(
    request: HttpRequest,
    group: Group,
    reasons: list[Reason] | None = None,
    form: forms.Form | None = None,
) -> HttpResponse:
    """The page of a group; ``form``: the one that was sent and is wrong or refused."""
    ward, today = group.ward, clock.today()
    members = queries.members(group.id, today)
    names = [(member.person_id, member.name) for member in members]
    trainings, roles = labels.trainings(ward, today), labels.roles()
    sees = access.may(request.user, "households.read", ward)
    named = sees or queries.looks_after(request.user, ward, group.id)  # her own group's people
    signed = queries.signed(group.id)
    shown: dict[str, Any] = {
        "group": group,
        "kind": labels.kinds(ward, today).get(group.kind, group.kind),
        "members": [
            {"name": m.name if named else "–", "sex": m.sex, "role": roles[m.role], "key": m.role,
             "since": m.since, "poor": m.poor, "signed": signed.get(m.person_id)}
            for m in members
        ],
        "women": sum(member.sex == "P" for member in members),
        "pledged_on": queries.pledged_on(group.id),
        "steps": [
            {"day": step.on, "title": trainings.get(step.module, step.module) or _("Books checked"),
             "text": step.evidence, "state": "done"}
            for step in queries.steps(group.id)
        ],
        "history": _history(group, named),
        "weak": standing.weak_points(group, today),
        "reasons": reasons or [],
        "links": _links(group),
        "sees": sees,
        "may": {
            key: access.may(request.user, f"institutions.{key}", ward)
            for key in ("record_step", "change_officer", "admit_member", "release_member",
                        "set_followers")
        },
        "may_call": access.may(request.user, "meetings.call_meeting", ward),
        "followers_mark": mark(queries.followers(group.id)),
        **_forms(group, names, trainings),
    }  # fmt: skip
    if form is not None:
        shown[_FORM_NAMES[type(form)]] = form
    status = 409 if reasons else 422 if form is not None and form.errors else 200
    return render(request, "institutions/group.html", shown, status=status)


def _forms(
    group: Group, names: list[tuple[str, str]], trainings: dict[str, str]
) -> dict[str, forms.Form]:
    """The forms of the page, empty; ``names``: the members."""
    return {
        "step_form": StepForm(trainings=trainings),
        "officer_form": OfficerForm(members=names, meetings=_held(group)),
        "decide_form": ToDecideForm(members=names, meetings=_held(group)),
        "leave_form": LeaveForm(members=names),
        "followers_form": FollowersForm(
            people=_logins(group.ward), initial={"usernames": queries.followers(group.id)}
        ),
    }


_FORM_NAMES: dict[type, str] = {
    StepForm: "step_form",
    OfficerForm: "officer_form",
    LeaveForm: "leave_form",
    FollowersForm: "followers_form",
}


def _logins(ward: str) -> dict[str, str]:
    """Those who hold the role of a group's officer in the ward, by user name."""
    found = access.with_role(ward, "group_officer")
    return {username: f"{user.name} ({username})" for username, user in found.items()}


def _history(group: Group, sees: bool) -> list[dict[str, Any]]:
    """Who held which office until when, who left."""
    roles = labels.roles()
    found = [
        {"day": office.until, "title": f"{roles[office.role]}: {office.person.name if sees else '–'}",
         "text": _("from %(day)s") % {"day": date_format(office.since, "j F Y")}, "state": "done"}
        for office in queries.offices(group.id)
        if office.until
    ]  # fmt: skip
    found += [
        {"day": each.until, "title": _("Left: %(name)s") % {"name": each.name if sees else "–"},
         "text": each.left_why, "state": "done"}
        for each in queries.former_members(group.id, clock.today())
    ]  # fmt: skip
    return sorted(found, key=lambda each: each["day"], reverse=True)


def _links(group: Group) -> list[tuple[str, str]]:
    """Pages of the rooms above that speak of this group, where they are open."""
    wanted = [
        (_("Savings"), "savings:card", {"group": group.id}, ""),
        (_("Loans"), "loans:list", {}, f"?group={group.id}"),
    ]
    found = []
    for text, name, more, query in wanted:
        try:
            found.append((text, reverse(name, kwargs={"ward": group.ward, **more}) + query))
        except NoReverseMatch:
            continue
    return found


def _write(
    request: HttpRequest, group: Group, form: forms.Form, write: Callable[[], object], said: str
) -> HttpResponse:
    """Do what the form asks and go back to the group; or show it with what is wrong."""
    if not form.is_valid():
        return _show(request, group, form=form)
    try:
        write()
    except Refusal as refusal:
        return _show(request, group, refusal.reasons, form)
    messages.success(request, said)
    return redirect("institutions:group", ward=group.ward, group=group.id)


def _held(group: Group) -> list[tuple[str, str]]:
    """The group's own meetings that could have chosen an officer: held, with a quorum."""
    return meetings.able_to_decide(
        group.ward, "group_formation", clock.today(), since=group.formed_on, group=group.id
    )


def _to_decide(group: Group, form: ToDecideForm) -> str:
    """Where the choice of an officer is recorded as a decision: the page of the meeting."""
    chosen = form.cleaned_data
    names = {"group": group.name, "role": labels.roles()[chosen["role"]]}
    names["name"] = dict(form.fields["person"].choices)[chosen["person"]]
    subject = facts.officer_subject(group.id, chosen["role"], chosen["person"])
    text = _("%(name)s becomes %(role)s of %(group)s.") % names
    where = {"ward": group.ward, "meeting": chosen["meeting_id"]}
    query = urlencode({"subject": subject, "text": text})
    return reverse("meetings:decide", kwargs=where) + f"?{query}"


@require_safe
@page("meetings.call_meeting")
def meet_which(request: HttpRequest, ward: str) -> HttpResponse:
    """Which of the groups meets; day, place and agenda that were typed before come along."""
    there = queries.groups(ward)
    asked = WhichForm(
        request.GET if "group" in request.GET else None,
        groups=[(one.id, one.name) for one in there],
    )
    typed = {key: request.GET[key] for key in ("held_on", "place", "agenda") if key in request.GET}
    if asked.is_bound and asked.is_valid():
        where = {"ward": ward, "group": asked.cleaned_data["group"]}
        return redirect(reverse("institutions:meet", kwargs=where) + f"?{urlencode(typed)}")
    shown = {"form": asked, "typed": typed, "groups": there}
    return render(
        request, "institutions/meet_which.html", shown, status=422 if asked.errors else 200
    )


@page("meetings.call_meeting")
def meet(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    """Call a meeting of the group's own: its members on that day, and nobody else, may decide."""
    found = _group_or_404(ward, group)
    typed = {key: request.GET[key] for key in ("held_on", "place", "agenda") if key in request.GET}
    form = MeetForm(request.POST or None, initial=typed)
    tried = attempt(form, _call, by=request.user, group=found)
    if tried.done:
        messages.success(request, _("The meeting of the group is called."))
        return redirect("meetings:meeting", ward=ward, meeting=tried.made.id)
    shown = {"group": found, "form": form, "reasons": tried.reasons}
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "institutions/meet.html", shown, status=status)


def _call(*, by: Any, group: Group, held_on: date, place: str, agenda: str, request_id: str) -> Any:
    members = queries.member_ids(group.id, held_on)
    if not members:
        raise refuse(
            "institutions.group.day", "On that day the group had no members.",
            where={"field": "held_on"},
        )  # fmt: skip
    kinds = meetings.kinds(group.ward, held_on)
    own = [key for key, table in kinds.items() if table["quorum"]["roll"] == "members"]
    return meetings_write.call_meeting(
        by=by, ward=group.ward, kind=own[0] if own else "group", held_on=held_on, place=place,
        level="group", agenda=agenda.splitlines(), group=group.id, members=members,
        request_id=request_id,
    )  # fmt: skip


def _names(group: Group) -> list[tuple[str, str]]:
    return [(m.person_id, m.name) for m in queries.members(group.id, clock.today())]


@page("institutions.record_step")
def step(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = _group_or_404(ward, group)
    form = StepForm(request.POST or None, trainings=labels.trainings(ward, clock.today()))
    return _write(
        request,
        found,
        form,
        lambda: actions.record_step(
            by=request.user, ward=ward, group_id=group, **form.arguments(), **request_of(form)
        ),
        _("The step is recorded."),
    )


@page("institutions.change_officer")
def officer(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = _group_or_404(ward, group)
    choices: Any = {"members": _names(found), "meetings": _held(found)}
    wanted = ToDecideForm(request.GET, **choices)
    if request.method == "GET" and wanted.is_valid():
        return redirect(_to_decide(found, wanted))
    form = OfficerForm(request.POST or None, **choices)
    return _write(
        request,
        found,
        form,
        lambda: actions.change_officer(
            by=request.user, ward=ward, group_id=group, **form.cleaned_data
        ),
        _("The office has changed hands."),
    )


@page("institutions.set_followers")
def followers(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = _group_or_404(ward, group)
    form = FollowersForm(request.POST if request.method == "POST" else None, people=_logins(ward))
    return _write(
        request,
        found,
        form,
        lambda: actions.set_followers(
            by=request.user, ward=ward, group_id=group, **form.cleaned_data
        ),
        _("It is noted who looks after the group."),
    )


@page("institutions.release_member")
def leave(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = _group_or_404(ward, group)
    form = LeaveForm(request.POST or None, members=_names(found))
    return _write(
        request,
        found,
        form,
        lambda: actions.release_member(
            by=request.user, ward=ward, group_id=group, **form.cleaned_data
        ),
        _("The member has left the group."),
    )


@page("institutions.admit_member")
def join(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = _group_or_404(ward, group)
    form = JoinForm(request.POST or None)
    text = request.GET.get("q", "").strip()
    tried = attempt(form, actions.admit_member, by=request.user, ward=ward, group_id=group)
    if tried.done:
        messages.success(request, _("The new member is entered."))
        return redirect("institutions:group", ward=ward, group=group)
    people = households.search(ward, text, size=FOUND).rows if text else []
    ids = [str(row["person_id"]) for row in people]
    shown = {"group": found, "form": form, "q": text, "people": people, "reasons": tried.reasons}
    shown["pledged"] = facts.rule(ward, clock.today()).pledge_required
    shown["poverty"] = households.poverty_words(ward, ids, clock.today())
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "institutions/join.html", shown, status=status)


@require_safe
@page("households.read")
def pledge_pdf(request: HttpRequest, ward: str, group: str) -> HttpResponse:
    found = _group_or_404(ward, group)
    path = reverse("institutions:group", kwargs={"ward": ward, "group": group})
    pdf = papers.pledge(found, request.ward.name, request.build_absolute_uri(path))
    return answer_pdf(pdf, "tanggung-renteng.pdf")
