"""A vote: prepared, counted, closed, with a second opinion beside the result."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.planning import actions, facts, labels, queries
from pendamping.planning.forms import CloseForm, VoteForm, WhyForm
from pendamping.planning.models import Vote
from pendamping.planning.rules.opinion import left_out
from pendamping.planning.views.shown import component as name_of
from pendamping.planning.views.shown import may, status, vote_or_404


@page("planning.prepare_vote")
def prepare(request: HttpRequest, ward: str, component: str) -> HttpResponse:
    """Which needs, with how much money, on which day."""
    names = queries.components(ward, clock.today())
    if component not in names:
        raise Http404
    needs = queries.open_needs(ward, component)
    choices = [
        (one.id, f"{one.title} · {labels.place(f'{one.rw}/{one.rt}' if one.rt else '')} · {format_rupiah(one.cost)}")
        for one in needs
    ]  # fmt: skip
    form, rule = VoteForm(request.POST or None, choices=choices), facts.rule_on(ward, clock.today())
    tried = attempt(form, actions.prepare_vote, by=request.user, ward=ward, component=component)
    if tried.done:
        messages.success(request, _("The vote is prepared; print the ballots of each station."))
        return redirect("planning:vote", ward=ward, vote=tried.made.id)
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "name": names[component],
        "rule": rule,
        "rule_name": labels.rule(rule.rule),
        "marks": labels.marks(rule),
        "few": len(needs) < 2,
    }
    return render(request, "planning/prepare.html", shown, status=status(tried.reasons, form))


@require_safe
@page("planning.read")
def show(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    """What is voted on, how far the stations are, and after the count the result."""
    return _show(request, vote_or_404(ward, vote))


def _show(
    request: HttpRequest,
    vote: Vote,
    reasons: Any = (),
    form: forms.BaseForm | None = None,
) -> HttpResponse:
    rows = queries.stations(vote)
    kept = facts.rule(vote)
    text, tone = labels.vote(vote)
    shown = {
        "may": may(request, vote.ward),
        "vote": vote,
        "name": name_of(vote.ward, vote),
        "status_text": text,
        "status_tone": tone,
        "rule": kept,
        "rule_name": labels.rule(kept.rule),
        "marks": labels.marks(kept),
        "apart": labels.apart(kept.exclusive),
        "weighed": kept.ballot in ("ranking", "points"),
        "options": [
            {"number": one.number, "title": one.title, "place": labels.place(one.place), "cost": one.cost}
            for one in queries.options(vote)
        ],
        "stations": [_station(vote.ward, row) for row in rows],
        "done": sum(row.state == "agreed" for row in rows),
        "came": clock.today() >= vote.held_on,
        "close_form": form if isinstance(form, CloseForm) else CloseForm(),
        "why_form": form if isinstance(form, WhyForm) else WhyForm(),
        "reasons": list(reasons),
        **(_result(vote) if vote.status == "closed" else {}),
    }  # fmt: skip
    return render(request, "planning/vote.html", shown, status=status(list(reasons), form))


def _station(ward: str, row: queries.Row) -> dict[str, Any]:
    text, tone = labels.sheet(row.state)
    one = row.station
    return {
        "name": f"{one.number} · {labels.place(f'{one.rw}/{one.rt}')}",
        "eligible": one.eligible,
        "ballots": f"{one.first}–{one.last}",
        "status": text,
        "tone": tone,
        "url": reverse("planning:station", kwargs={"ward": ward, "station": one.id}),
    }


def _result(vote: Vote) -> dict[str, Any]:
    """The funded set as it was closed, and what the other rule would have funded."""
    counted = queries.counted(vote)
    other = {int(name) for name in counted.opinion.other.selected}
    options = sorted(queries.options(vote), key=lambda one: (-(one.votes or 0), one.number))
    first, second = counted.opinion.without_choice
    out = left_out(counted.opinion.first, counted.places)
    return {
        "result": [
            {
                "number": one.number,
                "title": one.title,
                "place": labels.place(one.place),
                "cost": one.cost,
                "votes": one.votes,
                "score": counted.opinion.first.tally[one.number - 1],
                "funded": one.funded,
                "by": labels.funded_by(one.by),
                "other": one.number in other,
            }
            for one in options
        ],
        "spent": sum(one.cost for one in options if one.funded),
        "voters": counted.voters,
        "women": counted.women,
        "eligible": counted.eligible,
        "without": first,
        "without_other": second,
        "other_name": labels.rule(counted.opinion.other.method.rule),
        "nowhere": [labels.place(place) for place, (all_, none) in out.items() if all_ == none],
        "ties": [
            {"among": ", ".join(str(number + 1) for number in tie.among), "first": tie.taken + 1}
            for tie in counted.opinion.first.ties
        ],
    }


@require_POST
@page("planning.close_vote")
def close(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    """Close the count."""
    found, form = vote_or_404(ward, vote), CloseForm(request.POST)
    tried = attempt(form, actions.close_vote, by=request.user, ward=ward, vote_id=vote)
    if tried.done:
        messages.success(request, _("The count is closed; the result stands below."))
        return redirect("planning:vote", ward=ward, vote=vote)
    return _show(request, found, tried.reasons, form)


@require_POST
@page("planning.give_up_vote")
def give_up(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    """Give the vote up."""
    found, form = vote_or_404(ward, vote), WhyForm(request.POST)
    tried = attempt(form, actions.give_up_vote, by=request.user, ward=ward, vote_id=vote)
    if tried.done:
        messages.success(request, _("The vote is given up; its needs wait for another one."))
        return redirect("planning:vote", ward=ward, vote=vote)
    return _show(request, found, tried.reasons, form)
