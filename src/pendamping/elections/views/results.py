"""A vote: its result by place; closing the count; drawing lots."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.elections import actions, facts, labels, queries
from pendamping.elections.forms import CloseForm, LotForm
from pendamping.elections.models import Round
from pendamping.elections.views.shown import about, may, round_or_404, status
from pendamping.kernel.share import Share

MANY = 12  # places on one page; of more, one at a time is shown


@require_safe
@page("elections.read")
def show(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    this = round_or_404(ward, vote)
    units = sorted(set(this.stations.values_list("unit", flat=True)))
    asked = request.GET.get("unit")
    chosen = asked if asked in units else None
    if chosen is None and len(units) <= MANY:
        places = [_place(this, one) for one in units]
    else:
        places = [_place(this, chosen if chosen is not None else units[0])]
    shown = {
        **about(this.election),
        **result(this),
        "places": places,
        "units": [(one, labels.unit(one)) for one in units] if len(units) > MANY else [],
        "unit": places[0]["unit"],
        "may": may(request, ward),
    }
    return render(request, "elections/round.html", shown)


def result(this: Round) -> dict[str, Any]:
    """The figures of a vote as a whole."""
    text, tone = labels.round_status(this)
    elected = list(this.named.filter(outcome="elected"))
    women = Share(sum(one.sex == "P" for one in elected), len(elected))
    percent = facts.rule(this.election).women_percent
    return {
        "round": this,
        "round_name": labels.round_name(this),
        "round_status": text,
        "round_tone": tone,
        "turnout": Share(this.voters or 0, this.eligible),
        "women_voters": Share(this.women or 0, this.voters or 0),
        "elected": len(elected),
        "tied": this.named.filter(outcome="tied").count(),
        "women": women,
        "women_needed": percent,
        "enough_women": women.at_least(percent),
        "is_board": this.level == "ward",
    }


def _place(this: Round, unit: str) -> dict[str, Any]:
    rows = []
    for one in queries.named(this, unit):
        text, tone = labels.outcome(one.outcome)
        rows.append(
            {"place": one.place, "name": one.name, "sex": one.sex, "votes": one.votes,
             "outcome": text, "tone": tone}
        )  # fmt: skip
    return {
        "unit": unit,
        "name": labels.begin(labels.unit(unit)),
        "rows": rows,
        "lots": list(this.lots.filter(unit=unit).order_by("id")),
    }


@page("elections.close_round")
def close(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    """Witnesses are named; the count is closed and the result worked out."""
    this = round_or_404(ward, vote)
    form = CloseForm(request.POST or None)
    tried = attempt(form, actions.close_round, by=request.user, ward=ward, round_id=vote)
    if tried.done:
        said = _("The count is closed; the result stands below.")
        if tried.made.status == "failed":
            said = _("Too few voted: the vote is not valid and is held again.")
        messages.success(request, said)
        return redirect("elections:round", ward=ward, vote=vote)
    rows = queries.stations(this)
    shown = {
        **about(this.election),
        "round": this,
        "round_name": labels.round_name(this),
        "form": form,
        "reasons": tried.reasons,
        "turnout": queries.turnout(this),
        "agreed": sum(row.state == "agreed" for row in rows),
        "stations": len(rows),
        "least": facts.rule(this.election).witnesses_min,
    }
    return render(request, "elections/close.html", shown, status=status(tried.reasons, form))


@page("elections.draw_lot")
def lot(request: HttpRequest, ward: str, vote: str, unit: str) -> HttpResponse:
    """Lots between equal names: those tied at the last seats, or those equally next in line."""
    this = round_or_404(ward, vote)
    place = "" if unit == "ward" else unit
    people = _equal(this, place)
    if len(people) < 2:
        raise Http404
    form = LotForm(request.POST or None, people=people)
    tried = attempt(form, actions.draw_lot, by=request.user, ward=ward, round_id=vote, unit=place)
    if tried.done:
        messages.success(request, _("The lot is entered; the order stands."))
        return redirect("elections:election", ward=ward, election=this.election_id)
    shown = {
        **about(this.election),
        "round": this,
        "place": labels.begin(labels.unit(place)),
        "people": [name for _person, name in people],
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "elections/lot.html", shown, status=status(tried.reasons, form))


def _equal(this: Round, unit: str) -> list[tuple[str, str]]:
    """Ids and names of a group of equal names: the tied first, else those equally next in line."""
    named = queries.named(this, unit)
    strengths = facts.strengths(this, [unit])[unit]
    tied = [one for one in named if one.outcome == "tied"]
    found = [one for one in tied if strengths[one.person_id] == strengths[tied[0].person_id]]
    if not tied:
        heirs = facts.next_in_line(this.election)
        found = [one for one in named if one.person_id in heirs]
    return [(one.person_id, one.name) for one in found]
