"""Grants to groups: the list, the contract, and every step of the works on one kind of page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.grants import (
    actions,
    decisions,
    drafting,
    forms,
    labels,
    papers,
    proposed,
    queries,
)
from pendamping.funds.grants.forms_keeping import KeeperForm, KeeperMoneyForm
from pendamping.funds.grants.models import Grant
from pendamping.funds.grants.rules import works as rules
from pendamping.funds.grants.rules.handing import HANDOVER
from pendamping.funds.grants.views import may
from pendamping.funds.ledger.fields import status
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_


@require_safe
@page("grants.read")
def works(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    names = queries.window_names(ward, today)
    rows = [
        {
            "name": f"{one.code} {one.title}",
            "group": one.group.name,
            "window": names.get(one.window, one.window),
            "value": one.value,
            "percent": queries.percent_of(one, today),
            "late": rules.late_days(one.ends_on, queries.percent_of(one, today), today),
            "url": reverse("grants:grant", kwargs={"ward": ward, "grant": one.id}),
        }
        for one in queries.grants(ward)
    ]
    return render(request, "grants/works.html", {"rows": rows, "may": may(request, ward)})


@page("grants.agree_grant")
def agree(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    components = guidelines.section("components", ward, today)
    names = queries.window_names(ward, today)
    filled = proposed.initial(ward, request.GET.get("proposal", ""))
    form = forms.AgreeForm(
        request.POST or None,
        initial=filled,
        lines=_lines(request, filled),
        windows=[(key, names[key]) for key, one in components.items() if not one["repaid"]],
        groups=[(one.id, one.name) for one in institutions.groups(ward)],
        meetings=decisions.able(ward, "agree", today),
    )
    tried = attempt(form, actions.agree_grant, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The contract is in the record."))
        return redirect("grants:grant", ward=ward, grant=tried.made.id)
    decide = None
    if tried.reasons:
        decide = decisions.places(
            ward, "agree", today, form.subject(),
            _("Contract %(number)s with %(group)s: %(title)s") % {
                "number": form.cleaned_data["contract_no"],
                "group": dict(form.fields["group_id"].choices)[form.cleaned_data["group_id"]],
                "title": form.cleaned_data["title"],
            },
        )  # fmt: skip
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "decide": decide,
        "passed": [] if filled or form.is_bound else proposed.waiting(ward),
        "groups": bool(form.fields["group_id"].choices),
        "any": bool(form.fields["meeting_id"].choices),
        "kind": decisions.places(ward, "agree", today, "", ""),
    }
    return render(request, "grants/agree.html", shown, status=status(tried.reasons, form))


def _lines(request: HttpRequest, filled: dict[str, Any]) -> int:
    """How many lines of a budget the form holds: as many as were sent or filled in."""
    sent = sum(key.startswith("what_") for key in request.POST)
    return min(max(sent, filled.get("count", 0)), 60)


def found_grant(ward: str, grant: str) -> Grant:
    """The grant of an address."""
    found = queries.grant(ward, grant)
    if found is None:
        raise Http404
    return found


@require_safe
@page("grants.read")
def grant(request: HttpRequest, ward: str, grant: str) -> HttpResponse:
    found = found_grant(ward, grant)
    on = clock.today()
    draft = drafting.of_grant(found, on)
    done = {one.step: one for one in found.handovers.all()}
    shown = {
        "grant": found,
        "draft": draft,
        "late": rules.late_days(found.ends_on, draft.percent, on),
        "window_name": queries.window_name(ward, on, found.window),
        "cash": [
            {"movement": one, "on": one.on, "what": labels.what(one), "voucher": one.voucher,
             "in": one.amount if one.kind == "paid" else None,
             "out": None if one.kind == "paid" else one.amount, "held": held}
            for one, held in draft.cash
        ],
        "progress": list(found.progress.order_by("-month")),
        "ticks": forms.TICKS,
        "own": list(found.contributions.order_by("on")),
        "own_kinds": forms.OWN_KINDS,
        "handover": [(forms.STEPS[key], done.get(key)) for key in HANDOVER],
        "photos": list(found.photos.defer("content").order_by("percent", "on")),
        "asset": [
            (label, found.planned.get(key), found.actual.get(key))
            for key, label in forms.PEOPLE.items()
        ],
        "keeper_money": list(found.keeper_money.order_by("-on", "-id")),
        "keeper_left": sum(
            one.amount if one.kind == "in" else -one.amount for one in found.keeper_money.all()
        ),
        "may": may(request, ward),
    }  # fmt: skip
    return render(request, "grants/grant.html", shown)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the works: who may do it, its title, its form, what it calls, and what it says then."""

    permission: str
    title: str
    form: type[django_forms.Form]
    call: Callable[..., Any]
    said: str


STEPS = {
    "pay": Step("pay_grant", N_("Pay the group"), forms.PayForm, actions.pay_grant, N_("The payment is in the books.")),
    "expense": Step("record_expense", N_("Enter what the group spent"), forms.ExpenseForm, actions.record_expense, N_("The expense is in the cash book.")),
    "return": Step("return_unspent", N_("The group gives money back"), forms.MoneyForm, actions.return_unspent, N_("The money is back in its window.")),
    "progress": Step("record_progress", N_("Record progress"), forms.ProgressForm, actions.record_progress, N_("The progress is in the record.")),
    "own": Step("record_contribution", N_("Record what residents give"), forms.ContributionForm, actions.record_contribution, N_("It is in the record.")),
    "photo": Step("add_photo", N_("Add a photograph"), forms.PhotoForm, actions.add_photo, N_("The photograph is kept.")),
    "handover": Step("hand_over", N_("Hand the works over"), forms.HandoverForm, actions.hand_over, N_("The hand-over is in the record.")),
    "actuals": Step("record_actuals", N_("Record what was really built"), forms.ActualForm, actions.record_actuals, N_("It is in the record.")),
    "keeper": Step("record_keeper", N_("Record the maintenance group"), KeeperForm, actions.record_keeper, N_("It is in the record.")),
    "keeper-money": Step("move_keeper_money", N_("Money of the maintenance group"), KeeperMoneyForm, actions.move_keeper_money, N_("It is in the record.")),
}  # fmt: skip
"""The steps of the works by the last part of their address."""


@page("grants.read")
def step(request: HttpRequest, ward: str, grant: str, step: str) -> HttpResponse:
    found = found_grant(ward, grant)
    one = STEPS.get(step)
    if one is None:
        raise Http404
    if not may(request, ward)[one.permission]:
        raise PermissionDenied(one.permission)
    form = _form(request, one, found, step)
    tried = attempt(form, one.call, by=request.user, ward=ward, grant_id=found.id)
    if tried.done:
        messages.success(request, _(one.said))
        return redirect("grants:grant", ward=ward, grant=found.id)
    shown = {
        "grant": found,
        "title": _(one.title),
        "form": form,
        "step": step,
        "reasons": tried.reasons,
        "money": queries.money_of(found),
        "multipart": form.is_multipart(),
    }
    return render(request, "grants/step.html", shown, status=status(tried.reasons, form))


def _form(request: HttpRequest, one: Step, found: Grant, step: str) -> Any:
    more: dict[str, Any] = {}
    if step == "expense":
        more["lines"] = [
            (line.id, f"{line.number}. {line.what}") for line in found.budget.order_by("number")
        ]
    if step == "actuals":
        more["initial"] = {**found.planned, **found.actual}
    if step == "keeper":
        ward_bodies = institutions.bodies(found.ward)
        more["bodies"] = [(each.id, each.name) for each in ward_bodies if each.name]
    if step == "handover":
        done = {each.step for each in found.handovers.all()}
        more["initial"] = {"step": next((key for key in HANDOVER if key not in done), "kpp")}
    return one.form(request.POST or None, request.FILES or None, **more)


@require_safe
@page("grants.read")
def grant_pdf(request: HttpRequest, ward: str, grant: str) -> HttpResponse:
    found = found_grant(ward, grant)
    draft = drafting.of_grant(found, clock.today())
    at = address(request, "grants:grant", grant=found.id)
    pdf = papers.grant(draft, request.ward.name, at)  # type: ignore[attr-defined]
    return answer_pdf(pdf, f"lpj-{found.code.lower()}.pdf")


@require_safe
@page("grants.read")
def photo(request: HttpRequest, ward: str, photo: str) -> HttpResponse:
    found = queries.photo(ward, photo)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=f"image/{found.kind}")
    response["Cache-Control"] = "private, max-age=86400"
    return response
