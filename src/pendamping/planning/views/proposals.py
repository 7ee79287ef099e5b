"""Proposals: the list, one with what it still lacks, and its parts as they are written."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import Attempt, attempt
from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.seen import mark
from pendamping.planning import actions, labels, proposing, queries, reading
from pendamping.planning.forms_plan import AboutForm, BudgetForm, PeopleForm, ProposeForm, TickForm
from pendamping.planning.models import Proposal
from pendamping.planning.rules import proposal as rules
from pendamping.planning.views.one_proposal import (
    may,
    names_shown,
    proposal_or_404,
    shown_of,
)
from pendamping.planning.views.shown import status, tabs


@require_safe
@page("planning.read")
def proposals(request: HttpRequest, ward: str) -> HttpResponse:
    """All proposals and where each is; lines of the plan that nobody has proposed yet."""
    groups = {one.id: one.name for one in institutions.groups(ward, active=False)}
    today = clock.today()
    plan = reading.plan_in_force(ward, today)
    years = reading.year_names(plan) if plan else {}
    shown = {
        "may": may(request, ward),
        "tabs": tabs(ward, "proposals"),
        "rows": [_row(one, groups) for one in proposing.proposals(ward)],
        "plan": plan,
        "lines": [
            {
                "title": one.title, "place": labels.place(one.place), "year": years[one.year or 1],
                "cost": one.cost, "id": one.id,
            }
            for one in proposing.proposable(ward, today)
        ],
    }  # fmt: skip
    return render(request, "planning/proposals.html", shown)


def _row(one: proposing.Standing, groups: dict[str, str]) -> dict[str, Any]:
    text, tone = labels.proposal(one.state)
    found = one.proposal
    return {
        "number": found.number,
        "title": found.line.title,
        "group": groups.get(found.group_id, ""),
        "asked": rules.asked(proposing.costs(found)),
        "status": text,
        "tone": tone,
        "url": reverse("planning:proposal", kwargs={"ward": found.ward, "proposal": found.id}),
    }


@page("planning.draft_proposal")
def propose(request: HttpRequest, ward: str, line: str) -> HttpResponse:
    """Begin a proposal from a line of the plan: only the group is chosen."""
    found = reading.line(ward, line)
    if found is None:
        raise Http404
    user: Any = request.user
    alone = proposing.own_alone(user, ward)
    groups = institutions.followed_by(ward, user.username) if alone else institutions.groups(ward)
    form = ProposeForm(request.POST or None, groups=[(one.id, one.name) for one in groups])
    tried = attempt(form, actions.draft_proposal, by=request.user, ward=ward, line_id=line)
    if tried.done:
        messages.success(request, _("The proposal is begun with what the plan says of it."))
        return redirect("planning:proposal", ward=ward, proposal=tried.made.id)
    shown = {
        "form": form, "reasons": tried.reasons, "line": found, "groups": groups,
        "place": labels.place(found.place), "years": reading.year_names(found.plan),
        "money": labels.money(found.sources, reading.names("plan_sources", ward, found.plan.drafted_on)),
    }  # fmt: skip
    return render(request, "planning/propose.html", shown, status=status(tried.reasons, form))


@require_safe
@page("planning.read")
def show(request: HttpRequest, ward: str, proposal: str) -> HttpResponse:
    """A proposal with what it still lacks, and where its dossier is."""
    return render(
        request, "planning/proposal.html", shown_of(request, proposal_or_404(ward, proposal))
    )


def _part(
    request: HttpRequest,
    found: Proposal,
    form: forms.BaseForm,
    kept: Any,
    act: Callable[..., Any],
    template: str,
    more: dict[str, Any],
) -> HttpResponse:
    """A part as it is written; back to the proposal where it was kept. ``kept``: the part as it is now."""
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(form, act, by=request.user, ward=found.ward, proposal_id=found.id)
    if tried.done:
        messages.success(request, _("Kept."))
        return redirect("planning:proposal", ward=found.ward, proposal=found.id)
    shown = {"proposal": found, "form": form, "reasons": tried.reasons, "mark": mark(kept), **more}
    return render(request, template, shown, status=status(tried.reasons, form))


@page("planning.describe_proposal")
def about(request: HttpRequest, ward: str, proposal: str) -> HttpResponse:
    """What is done, where, on whose land."""
    found = proposal_or_404(ward, proposal)
    rule = proposing.rule_of(found)
    lands = reading.names("land_statuses", ward, found.drafted_on) if rule.land else {}
    names = ("purpose", "work", "size", "spot", "land", "land_area", "land_owner")
    kept = {name: getattr(found, name) for name in names}
    if not found.size and len(found.line.volume) <= AboutForm.base_fields["size"].max_length:
        kept["size"] = found.line.volume  # begins with what the plan says
    form = AboutForm(request.POST or None, initial=kept, lands=lands)
    return _part(request, found, form, None, actions.describe_proposal, "planning/about.html", {})


@page("planning.set_budget")
def budget(request: HttpRequest, ward: str, proposal: str) -> HttpResponse:
    """The budget (RAB), line by line."""
    found = proposal_or_404(ward, proposal)
    payers = (rules.PROGRAMME, *proposing.rule_of(found).given)
    sent = request.POST if request.method == "POST" else None
    form = BudgetForm(sent, kept=proposing.costs(found), payers=payers)
    more = {"set_aside": proposing.set_aside(found)}
    return _part(
        request, found, form, found.budget, actions.set_budget, "planning/budget.html", more
    )


@page("planning.name_beneficiaries")
def people(request: HttpRequest, ward: str, proposal: str) -> HttpResponse:
    """Who benefits: RTs from the census, or residents by name."""
    found = proposal_or_404(ward, proposal)
    named = proposing.rule_of(found).named
    looked_at = request.GET.get("rt", "") or found.line.place
    choices = _candidates(request, found, looked_at) if named else []
    form = PeopleForm(
        request.POST if request.method == "POST" else None, initial={"places": found.places, "people": found.people},
        places=[] if named else queries.places(ward), people=choices,
    )  # fmt: skip
    more = {
        "named": named, "places": queries.places(ward), "looked_at": looked_at,
        "shown": names_shown(request, found), "place_names": {one: labels.place(one) for one in queries.places(ward)},
    }  # fmt: skip
    kept = proposing.benefit(found.places, found.people)
    return _part(
        request, found, form, kept, actions.name_beneficiaries, "planning/people.html", more
    )


def _candidates(request: HttpRequest, found: Proposal, place: str) -> list[tuple[str, str]]:
    """Who was named, the group's members, and the heads of poor households of an RT."""
    if not names_shown(request, found):
        return [(key, "") for key in found.people]
    today = clock.today()
    ids = [*found.people, *institutions.member_ids(found.group_id, today)]
    if access.may(request.user, "targeting.read_names", found.ward) and place:
        rw, _slash, rt = place.partition("/")
        poor = households.poor_households(found.ward, today)
        there = households.residents(found.ward, rw=rw, rt=rt)
        ids += [one.id for one in there if one.household_id in poor and one.relation == "head"]
    known = households.persons(found.ward, ids)
    return [
        (key, f"{known[key].name}, RT {known[key].rt} RW {known[key].rw}")
        for key in dict.fromkeys(ids)
        if key in known
    ]


@page("planning.tick_proposal")
def papers(request: HttpRequest, ward: str, proposal: str) -> HttpResponse:
    """Each paper with its two ticks, and its form to print."""
    found = proposal_or_404(ward, proposal)
    needed = proposing.needed_papers(found)
    lang, rule = reading.language(), proposing.rule_of(found)
    initial = {f"{tick}_{key}": True for key, said in found.ticks.items() for tick in said}
    form = TickForm(
        request.POST if request.method == "POST" else None, initial=initial, papers={one.key: one.name[lang] for one in needed},
        ticks=rule.ticks,
    )  # fmt: skip
    more = {"printed": {one.key for one in needed if one.form != "own"}}
    return _part(
        request, found, form, found.ticks, actions.tick_proposal, "planning/papers.html", more
    )
