"""A station: its tally, typed by two people; where they differ."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.answers import carry_out
from pendamping.access.gate import page
from pendamping.elections import actions, facts, labels, queries
from pendamping.elections.forms import ROWS, TallyForm, read_lines, typed_lines
from pendamping.elections.models import Station, Tally
from pendamping.elections.rules import Electable, register
from pendamping.elections.rules import Tally as Counted
from pendamping.elections.rules import labels as labelled
from pendamping.elections.rules.tallies import FIGURES
from pendamping.elections.views.shown import about, may, station_or_404, status
from pendamping.kernel import clock

FEW = 12  # so many names stand on the page ready to be counted


@page("elections.read")
def show(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    """The station; who may type its tally finds the form, and after both have typed, the differences."""
    found = station_or_404(ward, station)
    mine = queries.typed_by(found, request.user.username)  # type: ignore[union-attr]
    can = access.may(request.user, "elections.enter_tallies", ward)
    opened = found.round.status == "open" and clock.today() >= found.round.held_on
    people = facts.electable(found) if can and opened else []
    names = labelled(people)
    form = TallyForm(request.POST or None, initial=_initial(mine))
    lines = _lines(request, people, names, mine)
    reasons: list[Any] = []
    if request.method == "POST" and can and opened and "more" not in request.POST:
        votes, reasons = read_lines(lines, register(people))
        if form.is_valid() and not reasons:
            typed = {**form.cleaned_data, "station": found.id, "votes": votes}
            tried = carry_out(
                actions.enter_tallies, by=request.user, ward=ward, round_id=found.round_id,
                tallies=[typed],
            )  # fmt: skip
            if tried.done:
                _say(request, found)
                return redirect("elections:station", ward=ward, station=station)
            reasons = tried.reasons
    elif "more" in request.POST:
        form = TallyForm(initial=request.POST.dict())
    shown = {
        **_about(found, request),
        **_compared(found, mine),
        "mine": mine,
        "form": form,
        "lines": lines,
        "names": sorted(names.values()) if len(people) > FEW else [],
        "fixed": len(people) <= FEW,
        "reasons": reasons,
        "can_type": can and opened,
    }
    sent = form if request.method == "POST" and "more" not in request.POST else None
    return render(request, "elections/station.html", shown, status=status(reasons, sent))


def _initial(mine: Tally | None) -> dict[str, Any]:
    if mine is None:
        return {}
    return {name: getattr(mine, name) for name in FIGURES} | {"note": mine.note}


def _lines(
    request: HttpRequest, people: list[Electable], names: dict[str, str], mine: Tally | None
) -> list[tuple[str, str]]:
    """The lines of names and votes: as typed, as kept, or those who can be elected where they are few."""
    if request.method == "POST":
        return typed_lines(request.POST, "more" in request.POST)
    kept = mine.votes if mine else {}
    if len(people) <= FEW:
        return [(names[one.person], str(kept.get(one.person, 0 if kept else ""))) for one in people]
    found = [(names.get(person, person), str(votes)) for person, votes in kept.items()]
    return found + [("", "")] * max(ROWS - len(found), 3)


def _say(request: HttpRequest, station: Station) -> None:
    row = next(one for one in queries.stations(station.round) if one.station.id == station.id)
    if row.state == "agreed":
        messages.success(request, _("Two people typed the same: this station is done."))
    elif row.state == "differs":
        messages.warning(request, _("The two tallies differ. Look at the sheet again."))
    else:
        messages.success(request, _("Kept. A second person types the same sheet now."))


def _about(station: Station, request: HttpRequest) -> dict[str, Any]:
    this = station.round
    return {
        **about(this.election),
        "station": station,
        "station_name": labels.station(station),
        "round": this,
        "round_name": labels.round_name(this),
        "issued": station.last - station.first + 1,
        "to_come": this.status == "open" and clock.today() < this.held_on,
        "may": may(request, this.election.ward, "elections.read_voters"),
    }


def _compared(station: Station, mine: Tally | None) -> dict[str, Any]:
    """How far the tallies are; figures of others only to who has typed, and once two have."""
    row = next(one for one in queries.stations(station.round) if one.station.id == station.id)
    text, tone = labels.tally_state(row.state)
    agreed = facts.agreed(list(row.tallies))
    found: list[dict[str, Any]] = []
    if row.state == "differs" and mine is not None:
        found = _differences(station, row)
    return {
        "state": row.state,
        "state_text": text,
        "state_tone": tone,
        "typists": [one.typed_by.name for one in row.tallies[-2:]],
        "differences": found,
        "agreed": _figures(agreed) if agreed else [],
        "result": _votes(station, agreed) if agreed else [],
    }


def _differences(station: Station, row: queries.Row) -> list[dict[str, Any]]:
    told = queries.differences_of(row.tallies)
    names = facts.names(station, [one.what for one in told if one.person])
    return [
        {
            "what": names[one.what][0] if one.person else labels.figure(one.what),
            "first": one.first,
            "second": one.second,
        }
        for one in told
    ]


def _figures(agreed: Counted) -> list[tuple[str, int]]:
    return [(labels.figure(name), getattr(agreed, name)) for name in FIGURES]


def _votes(station: Station, agreed: Counted) -> list[dict[str, Any]]:
    names = facts.names(station, agreed.votes)
    ordered = sorted(agreed.votes.items(), key=lambda pair: (-pair[1], names[pair[0]][0]))
    return [{"name": names[person][0], "votes": votes} for person, votes in ordered]
