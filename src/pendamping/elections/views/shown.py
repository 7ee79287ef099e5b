"""What the pages of elections share."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from pendamping.access import queries as access
from pendamping.elections import labels, queries
from pendamping.elections.models import Election, Round, Station
from pendamping.kernel.refusal import Reason

DONE = (
    "prepare",
    "open_round",
    "enter_tallies",
    "close_round",
    "draw_lot",
    "seat_board",
    "give_up",
)


def election_or_404(ward: str, election_id: str) -> Election:
    """The election, or the page of what is not there."""
    found = queries.election(ward, election_id)
    if found is None:
        raise Http404
    return found


def round_or_404(ward: str, round_id: str) -> Round:
    """The vote, or the page of what is not there."""
    found = queries.round_of(ward, round_id)
    if found is None:
        raise Http404
    return found


def station_or_404(ward: str, station_id: str) -> Station:
    """The station, or the page of what is not there."""
    found = queries.station(ward, station_id)
    if found is None:
        raise Http404
    return found


def may(request: HttpRequest, ward: str, *more: str) -> dict[str, bool]:
    """What the reader may do about elections here."""
    found = {key: access.may(request.user, f"elections.{key}", ward) for key in DONE}
    return found | {key: access.may(request.user, key, ward) for key in more}


def about(election: Election) -> dict[str, Any]:
    """An election with its words."""
    text, tone = labels.status(election)
    return {
        "election": election,
        "name": labels.kind(election),
        "status_text": text,
        "status_tone": tone,
    }


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """409 where an action refused, 422 where the form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200
