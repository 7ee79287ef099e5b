"""The page on which a group applies: its reasons are shown while it is filled in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendamping.access.answers import said_of
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import day_of, day_typed, status
from pendamping.funds.loans import actions, facts, queries, terms
from pendamping.funds.loans.actions.applying import against
from pendamping.funds.loans.forms import ApplyForm
from pendamping.institutions import queries as institutions
from pendamping.kernel.refusal import Reason, Refusal


@page("loans.apply")
def apply(request: HttpRequest, ward: str) -> HttpResponse:
    group_id = request.POST.get("group") or request.GET.get("group", "")
    if not group_id:
        shown = {"groups": _choices(ward)}
        return render(request, "loans/choose_group.html", shown)
    form = _form(request, ward, group_id)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            loan = actions.apply(by=request.user, ward=ward, **_arguments(form, group_id))
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            done = _("The application is entered; next the board decides and the members sign.")
            messages.success(request, done)
            return redirect("loans:loan", ward=ward, loan=loan.id)
    elif request.method == "GET":
        reasons = _first_look(ward, group_id, form)
    shown = {
        "form": form,
        "group": institutions.group(ward, group_id),
        "reasons": reasons,
        "tried": request.method == "POST",
    }
    code = status(reasons, form) if request.method == "POST" else 200
    return render(request, "loans/apply.html", shown, status=code)


@require_POST
@page("loans.apply")
def check(request: HttpRequest, ward: str) -> HttpResponse:
    """The part of the page with the reasons, while the form is filled in; writes nothing."""
    group_id = request.POST.get("group", "")
    form = _form(request, ward, group_id)
    reasons = _reasons(ward, form, group_id) if form.is_valid() else []
    return render(request, "loans/reasons.html", {"reasons": reasons, "form": form, "tried": False})


def _choices(ward: str) -> list[dict[str, Any]]:
    return [
        {"group": group, "open": queries.open_loan(group.id)} for group in institutions.groups(ward)
    ]


def _form(request: HttpRequest, ward: str, group_id: str) -> ApplyForm:
    """The form of the day that is asked for, or typed; a day that is none asks those of the page again."""
    if institutions.group(ward, group_id) is None:
        raise Http404
    typed = day_typed(request.POST.get("on"))
    on = typed or day_of(request.GET.get("on"))
    offered = terms.product(ward, on)
    named = _named(request, ward, group_id)
    people = [member.person_id for member in institutions.members(group_id, on)]
    if named is not None and typed is None:
        people = list(named)
    names, had = facts.names_of(ward, people), queries.repaid_by_persons(people, on)
    return ApplyForm(
        request.POST or None,
        members=[(person, names.get(person, person)) for person in people],
        most={person: offered.largest_loan(had.get(person, 0) + 1) for person in people},
        named=named,
        initial={"on": on, "instalments": offered.instalments},
    )


def _named(request: HttpRequest, ward: str, group_id: str) -> dict[str, str] | None:
    """Whom the form that was sent named, by id; of who never belonged to the group no name is read."""
    if request.method != "POST":
        return None
    said = said_of(request.POST, "amount")
    ever = set(institutions.all_member_ids(group_id)) & set(said)
    names = facts.names_of(ward, ever)
    return {person: names.get(person, _("somebody who never belonged to it")) for person in said}


def _arguments(form: ApplyForm, group_id: str) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "on": form.cleaned_data["on"],
        "instalments": form.cleaned_data["instalments"],
        "members": form.borrowers(),
    }


def _reasons(ward: str, form: ApplyForm, group_id: str) -> list[Reason]:
    on = form.cleaned_data["on"]
    asked = facts.application(
        ward, group_id, on, form.borrowers(), form.cleaned_data["instalments"]
    )
    return against(ward, asked, terms.product(ward, on))


def _first_look(ward: str, group_id: str, form: ApplyForm) -> list[Reason]:
    """What stands in the way before anything is typed: the amounts are those first shown."""
    given = {name: field.initial for name, field in form.fields.items() if field.initial}
    given |= {"on": form.initial["on"], "instalments": form.initial["instalments"]}
    shown = ApplyForm(
        {name: value() if callable(value) else str(value) for name, value in given.items()},
        members=form.members,
        most={},
    )
    return _reasons(ward, shown, group_id) if shown.is_valid() else []
