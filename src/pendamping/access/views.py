"""Pages of the people of a ward and of the server: who holds which role; invite, end, new slip.

A one-time code is shown on the page that answers the form and nowhere else: it is never kept, not
even in the session, so such a page is not a redirect. Sending the form again makes another slip.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendamping.access import actions, queries, rules
from pendamping.access.answers import answer_pdf
from pendamping.access.forms import GiveForm, InviteForm, RoleForm, add_reasons
from pendamping.access.gate import page
from pendamping.access.models import Assignment, User
from pendamping.access.papers import slip_pdf
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.territory import queries as territory
from pendamping.territory.rules import is_practice, real_code

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _links(ward: str) -> dict[str, str]:
    """The addresses of the same pages, of a ward or of the server."""
    names = ("people", "invite", "give", "slip_pdf")
    if ward:
        return {name: reverse(f"access:{name}", kwargs={"ward": ward}) for name in names}
    return {name: reverse(f"access:all_{name}") for name in names}


def _of_server(request: HttpRequest) -> None:
    """The pages of the whole server are for those whose area is the whole country."""
    if not queries.may(request.user, "access.read_server", ""):  # type: ignore[arg-type]
        raise PermissionDenied("access.read_server")


def _may_grant(by: User, area: str) -> tuple[str, ...]:
    return rules.grantable(by.held(), clock.life_today(), area)


# --- lists ---------------------------------------------------------------------------------------


def _row(given: Assignment, by: User, phones: Collection[str] = ()) -> dict[str, Any]:
    today = clock.life_today()
    over = given.until is not None and given.until < today
    return {
        "id": given.id,
        "name": given.user.name,
        "username": given.user.username,
        "role": _(rules.ROLES[given.role][0]),
        "area": _place(given.area),
        "since": given.since,
        "until": given.until,
        "over": over,
        "mine": given.user_id == by.pk,
        "phone": given.user_id in phones,
        "may_change": not over and given.role in _may_grant(by, given.area),
    }


def _place(area: str) -> str:
    if is_practice(area):  # its code is of no official list
        practised = territory.ward(area)
        return practised.name if practised else area
    found = territory.area(area) if area else None
    return f"{found.name} ({area})" if found else area or _("the whole country")


MOST_DUTIES = 4  # roles that a slip names


@require_safe
@page("access.read")
def people(request: HttpRequest, ward: str) -> HttpResponse:
    return _ward_page(request, ward)


def _ward_page(request: HttpRequest, ward: str, reasons: list[Reason] | None = None) -> Any:
    people = queries.people_of(ward)
    phones = queries.second_steps(given.user for given in people)
    rows = [_row(given, request.user, phones) for given in people]  # type: ignore[arg-type]
    reaching = queries.reaching(ward)
    real = real_code(ward)  # to practise, those of the ward itself come too
    shown = {
        "to_mend": queries.to_mend(given.user for given in people),
        "now": [row for row in rows if not row["over"]],
        "over": [row for row in rows if row["over"]],
        "beside": [_row(given, request.user) for given in reaching if given.area == real],  # type: ignore[arg-type]
        "above": [_row(given, request.user) for given in reaching if given.area != real],  # type: ignore[arg-type]
        "links": _links(ward),
        "area": ward,
        "reasons": reasons or [],
    }
    return render(request, "access/people.html", shown, status=409 if reasons else 200)


@require_safe
@page("access.read_server")
def all_people(request: HttpRequest) -> HttpResponse:
    _of_server(request)
    return _server_page(request)


def _server_page(request: HttpRequest, reasons: list[Reason] | None = None) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()
    after = request.GET.get("after", "").replace("\0", "")
    users, following = queries.everybody(text, after)
    phones = queries.second_steps(users)
    shown = {
        "to_mend": queries.to_mend(users),
        "users": [
            {
                "user": user,
                "rows": [_row(one, request.user, phones) for one in user.assignments.all()],  # type: ignore[arg-type]
            }
            for user in users
        ],
        "q": text,
        "next": following,
        "links": _links(""),
        "area": "",
        "reasons": reasons or [],
    }
    return render(request, "access/all_people.html", shown, status=409 if reasons else 200)


# --- invite, give a role -------------------------------------------------------------------------


def _role_page(
    request: HttpRequest,
    ward: str,
    kind: type[RoleForm],
    act: Callable[[RoleForm], HttpResponse],
    against: Callable[..., list[Reason]],
) -> HttpResponse:
    """Show a form; when it is right, do it; a refusal keeps what was typed. ``against``: what the action would
    say, so that a form with a field left empty hears everything at once."""
    form = kind(
        request.POST if request.method == "POST" else None,
        roles=_may_grant(request.user, ward),  # type: ignore[arg-type]
        ward=ward,
    )
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            return act(form)
        except Refusal as refusal:
            reasons = add_reasons(form, refusal)
    elif form.is_bound:
        _say_the_rest(form, against(by=request.user, ward=form.chosen_area, **form.typed()))
    shown = {
        "form": form,
        "reasons": reasons,
        "links": _links(ward),
        "new": kind is InviteForm,
        "roles": {key: _(what) for key, (_name, what) in rules.ROLES.items()},
        "known": queries.people_of(ward) if ward and kind is GiveForm else [],
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "access/role.html", shown, status=status)


def _say_the_rest(form: RoleForm, reasons: list[Reason]) -> None:
    """What is wrong with the fields of which the form itself says nothing."""
    said = set(form.errors)
    rest = [one for one in reasons if one.where.get("field") not in said]
    if rest:
        add_reasons(form, Refusal(rest))


def _invite(request: HttpRequest, ward: str) -> HttpResponse:
    def act(form: RoleForm) -> HttpResponse:
        user, code = actions.invite(
            by=request.user,  # type: ignore[arg-type]
            ward=form.chosen_area,
            username=form.cleaned_data["username"],
            name=form.cleaned_data["name"],
            role=form.cleaned_data["role"],
            until=form.cleaned_data["until"],
        )
        return _slip_page(request, ward, user, code)

    return _role_page(request, ward, InviteForm, act, actions.against_invitation)


def _give(request: HttpRequest, ward: str) -> HttpResponse:
    def act(form: RoleForm) -> HttpResponse:
        given = actions.give_role(
            by=request.user,  # type: ignore[arg-type]
            ward=form.chosen_area,
            username=form.cleaned_data["username"],
            role=form.cleaned_data["role"],
            until=form.cleaned_data["until"],
        )
        done = _("%(name)s now holds the role: %(role)s.")
        role = _(rules.ROLES[given.role][0])
        messages.success(request, done % {"name": given.user.name, "role": role})
        return redirect(_links(ward)["people"])

    return _role_page(request, ward, GiveForm, act, actions.against_role)


@never_cache
@get_or_post
@page("access.invite")
def invite(request: HttpRequest, ward: str) -> HttpResponse:
    return _invite(request, ward)


@get_or_post
@page("access.give_role")
def give(request: HttpRequest, ward: str) -> HttpResponse:
    return _give(request, ward)


@never_cache
@get_or_post
@page("access.read_server")
def all_invite(request: HttpRequest) -> HttpResponse:
    _of_server(request)
    return _invite(request, "")


@get_or_post
@page("access.read_server")
def all_give(request: HttpRequest) -> HttpResponse:
    _of_server(request)
    return _give(request, "")


# --- end a role, a new slip ----------------------------------------------------------------------


def _end(request: HttpRequest, ward: str, given: Assignment | None) -> HttpResponse:
    if given is None:
        raise Http404
    try:
        actions.end_role(by=request.user, ward=given.area, assignment_id=given.id)  # type: ignore[arg-type]
    except Refusal as refusal:
        return _list_page(request, ward, refusal.reasons)
    messages.success(request, _("The role of %(name)s has ended.") % {"name": given.user.name})
    return redirect(_links(ward)["people"])


def _reset(
    request: HttpRequest,
    ward: str,
    given: Assignment | None,
    act: Callable[..., str] = actions.reset_password,
) -> HttpResponse:
    if given is None:
        raise Http404
    try:
        code = act(by=request.user, ward=given.area, username=given.user.username)
    except Refusal as refusal:
        return _list_page(request, ward, refusal.reasons)
    return _slip_page(request, ward, given.user, code)


def _list_page(request: HttpRequest, ward: str, reasons: list[Reason]) -> HttpResponse:
    found: HttpResponse = (
        _ward_page(request, ward, reasons) if ward else _server_page(request, reasons)
    )
    return found


@require_POST
@page("access.end_role")
def end(request: HttpRequest, ward: str, assignment: str) -> HttpResponse:
    return _end(request, ward, queries.assignment(ward, assignment))


@never_cache
@require_POST
@page("access.reset_password")
def reset(request: HttpRequest, ward: str, assignment: str) -> HttpResponse:
    return _reset(request, ward, queries.assignment(ward, assignment))


@never_cache
@require_POST
@page("access.reset_second_step")
def reset_phone(request: HttpRequest, ward: str, assignment: str) -> HttpResponse:
    given = queries.assignment(ward, assignment)
    return _reset(request, ward, given, actions.reset_second_step)


@require_POST
@page("access.read_server")
def all_end(request: HttpRequest, assignment: str) -> HttpResponse:
    _of_server(request)
    return _end(request, "", queries.given(assignment))


@never_cache
@require_POST
@page("access.read_server")
def all_reset(request: HttpRequest, assignment: str) -> HttpResponse:
    _of_server(request)
    return _reset(request, "", queries.given(assignment))


@never_cache
@require_POST
@page("access.read_server")
def all_reset_phone(request: HttpRequest, assignment: str) -> HttpResponse:
    _of_server(request)
    return _reset(request, "", queries.given(assignment), actions.reset_second_step)


# --- the slip ------------------------------------------------------------------------------------


def _duties(user: User) -> list[tuple[str, str]]:
    """The roles that somebody holds today, or will hold, each with its place, for the slip."""
    today = clock.life_today()
    running = [one for one in user.held() if one.until is None or one.until >= today]
    return [(_(rules.ROLES[one.role][0]), _place(one.area)) for one in running][:MOST_DUTIES]


def _only_practice(user: User) -> bool:
    """Whether somebody holds roles in practice wards only: their slip is marked LATIHAN."""
    held = user.held()
    return bool(held) and all(is_practice(one.area) for one in held)


def _slip_page(request: HttpRequest, ward: str, user: User, code: str) -> HttpResponse:
    slip = queries.open_slip(code, clock.wall())
    shown = {
        "person": user,
        "duties": _duties(user),
        "practice": _only_practice(user),
        "code": code,
        "expires": slip.expires_at if slip else None,
        "ends_second_step": bool(slip and slip.ends_second_step),
        "address": request.build_absolute_uri(reverse("access:slip")),
        "links": _links(ward),
    }
    return render(request, "access/slip_made.html", shown)


def _pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The slip as PDF; whoever prints it holds its code, which is nowhere else."""
    code = request.POST.get("code", "")
    slip = queries.open_slip(code, clock.wall())
    areas = {held.area for held in slip.user.held()} if slip else set()
    if slip is None or (ward and ward not in areas):
        raise Http404
    address = request.build_absolute_uri(reverse("access:slip"))
    pdf = slip_pdf(
        slip,
        code,
        address,
        _duties(slip.user),
        login=request.build_absolute_uri(reverse("account_login")),
        ask=_asked(request, ward),
        practice=_only_practice(slip.user),
    )
    return answer_pdf(pdf, f"slip-{slip.user.username}.pdf")


def _asked(request: HttpRequest, ward: str) -> str:
    """Who prints the slip, by name and role: whom its owner knows to ask."""
    by: User = request.user  # type: ignore[assignment]
    held = queries.roles(by, ward)
    name = _(rules.ROLES[held[0]][0]) if held else ""
    return f"{by.name} ({name})" if name else by.name


@never_cache
@require_POST
@page("access.reset_password")
def slip_pdf_page(request: HttpRequest, ward: str) -> HttpResponse:
    return _pdf(request, ward)


@never_cache
@require_POST
@page("access.read_server")
def all_slip_pdf(request: HttpRequest) -> HttpResponse:
    _of_server(request)
    return _pdf(request, "")
