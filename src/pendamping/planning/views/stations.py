"""A station: its ballots, typed by two people; where they differ."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.paper import qr_svg
from pendamping.planning import actions, facts, kiosks, labels, queries
from pendamping.planning.forms import SheetForm
from pendamping.planning.models import Sheet, Station
from pendamping.planning.rules.ballots import of_kept, said
from pendamping.planning.rules.sheets import apart
from pendamping.planning.views.shown import component, may, station_or_404, status


@page("planning.read")
def show(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    """Who may type finds the form; after two have typed, where they differ."""
    return render_station(request, station_or_404(ward, station))


def render_station(request: HttpRequest, found: Station, refused: Any = ()) -> HttpResponse:
    """The page of a station; ``refused``: why its kiosk was not opened or closed."""
    ward, station = found.vote.ward, found.id
    vote, kept = found.vote, facts.rule(found.vote)
    mine = queries.typed_by(found, request.user.username)  # type: ignore[union-attr]
    can = access.may(request.user, "planning.enter_ballots", ward)
    opened = vote.status == "open" and clock.today() >= vote.held_on
    typing = request.method == "POST" and can and opened and not refused
    sent = request.POST if typing and "voters" in request.POST else None
    form = SheetForm(sent, initial=_initial(mine), typed=labels.typed_so(kept))
    tried = attempt(form, actions.enter_ballots, by=request.user, ward=ward, station_id=station)
    if tried.done:
        _say(request, found)
        return redirect("planning:station", ward=ward, station=station)
    row = _row(found)
    text, tone = labels.sheet(row.state)
    shown = {
        "may": may(request, ward),
        "vote": vote,
        "name": component(ward, vote),
        "station": found,
        "station_name": labels.place(f"{found.rw}/{found.rt}"),
        "issued": found.last - found.first + 1,
        "state": row.state,
        "state_text": text,
        "state_tone": tone,
        "mine": mine,
        "form": form,
        "reasons": tried.reasons,
        "refused": list(refused),
        **_kiosk(request, found),
        "can_type": can and opened,
        "to_come": vote.status == "open" and not opened,
        "options": queries.options(vote),
        "marks": labels.marks(kept),
        "typists": [one.sheet.typed_by.name for one in row.typed[-2:]],
        "differences": _differences(row) if row.state == "differs" and mine else [],
        "agreed": _agreed(row),
    }
    return render(
        request,
        "planning/station.html",
        shown,
        status=status([*tried.reasons, *refused], form if sent else None),
    )


def picture(svg: str) -> str:
    """A drawing as the source of a picture on a page."""
    return "data:image/svg+xml," + quote(svg)


def _kiosk(request: HttpRequest, station: Station) -> dict[str, Any]:
    running = kiosks.running(station)
    where = reverse("planning:kiosk", kwargs={"token": running.token}) if running else ""
    return {
        "may_kiosk": access.may(request.user, "planning.open_kiosk", station.vote.ward),
        "kiosk": where,
        "kiosk_qr": picture(qr_svg(request.build_absolute_uri(where))) if where else "",
        "given": kiosks.given(station),
    }


def _row(station: Station) -> queries.Row:
    return next(one for one in queries.stations(station.vote) if one.station.id == station.id)


def _initial(mine: Sheet | None) -> dict[str, Any]:
    if mine is None:
        return {}
    form = facts.rule(mine.station.vote).form
    ballots = "\n".join(said(of_kept(one, form), form) for one in mine.ballots)
    return {name: getattr(mine, name) for name in facts.FIGURES} | {"note": mine.note, "ballots": ballots}  # fmt: skip


def _say(request: HttpRequest, station: Station) -> None:
    state = _row(station).state
    if state == "agreed":
        messages.success(request, _("Two people typed the same: this station is done."))
    elif state == "differs":
        messages.warning(request, _("What the two typed differs. Look at the ballots again."))
    else:
        messages.success(request, _("Kept. A second person types the same ballots now."))


def _differences(row: queries.Row) -> list[dict[str, Any]]:
    """Figures that differ, then ballots that one typed and the other did not."""
    one, other = row.typed[-2:]
    found = [
        {"what": str(labels.FIGURES[name]), "first": first, "second": second}
        for name in facts.FIGURES
        if (first := getattr(one.sheet, name)) != (second := getattr(other.sheet, name))
    ]
    form = facts.rule(row.station.vote).form
    only = [[said(ballot, form) for ballot in side] for side in apart(one.ballots, other.ballots)]
    found += [{"what": _("Ballot"), "first": text, "second": "–"} for text in only[0]]
    found += [{"what": _("Ballot"), "first": "–", "second": text} for text in only[1]]
    return found


def _agreed(row: queries.Row) -> list[tuple[Any, Any]]:
    same = facts.agreed(row.typed)
    if same is None:
        return []
    figures = [(labels.FIGURES[name], getattr(same.sheet, name)) for name in facts.FIGURES]
    return [*figures, (_("Valid ballots"), len(same.ballots))]
