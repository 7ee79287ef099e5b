"""Objections to the posted list: noted, and settled with a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.targeting import actions, labels, queries
from pendamping.targeting.forms import ObjectionForm, SettleForm
from pendamping.targeting.views.shown import list_or_404, status

SHOWN = 40


@page("targeting.object_to_list")
def object_to_list(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    found = list_or_404(ward, poor_list)
    text = request.GET.get("q", "").strip()
    form = ObjectionForm(request.POST or None)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["household_id"] = data.pop("household")
        try:
            actions.object_to_list(by=request.user, ward=ward, list_id=found.id, **data)
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The objection is noted."))
            return redirect("targeting:home", ward=ward)
    rows = households.search(ward, text, size=SHOWN).rows if text else []
    homes = {row["id"]: row for row in reversed(rows)}
    people = [{**row, "listed": queries.is_listed(found.id, key)} for key, row in homes.items()]
    shown = {"poor_list": found, "form": form, "q": text, "people": people, "reasons": reasons}
    return render(request, "targeting/object.html", shown, status=status(reasons, form))


@page("targeting.settle_objection")
def settle(request: HttpRequest, ward: str, objection: str) -> HttpResponse:
    found = queries.objection(ward, objection)
    if found is None:
        raise Http404
    choices = []
    if found.kind == "add":
        choices = [
            (each.id, each.text) for each in queries.criteria(found.list.criteria_id, "household")
        ]
    form = SettleForm(request.POST or None, criteria=choices)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.settle_objection(
                by=request.user,
                ward=ward,
                objection_id=found.id,
                accepted=data["outcome"] == "accepted",
                settled_on=data["settled_on"],
                why=data["why"],
                criteria=data.get("criteria", ()),
            )
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The objection is settled."))
            return redirect("targeting:home", ward=ward)
    shown = {
        "objection": found,
        "kind": labels.objection_kind(found.kind),
        "form": form,
        "ticked": queries.list_rule(ward, found.list.posted_on).ticked,
        "reasons": reasons,
    }
    return render(request, "targeting/settle.html", shown, status=status(reasons, form))
