"""What the pages of this room share."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.kernel.refusal import Reason
from pendamping.planning import queries
from pendamping.planning.models import Station, Vote

WRITES = (
    "record_need", "withdraw_need", "prepare_vote", "enter_ballots", "close_vote", "give_up_vote",
)  # fmt: skip


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do in this room."""
    return {key: access.may(request.user, f"planning.{key}", ward) for key in WRITES}


def vote_or_404(ward: str, vote_id: str) -> Vote:
    """The vote, or the page of what is not there."""
    found = queries.vote(ward, vote_id)
    if found is None:
        raise Http404
    return found


def station_or_404(ward: str, station_id: str) -> Station:
    """The station, or the page of what is not there."""
    found = queries.station(ward, station_id)
    if found is None:
        raise Http404
    return found


def component(ward: str, vote: Vote) -> str:
    """The name of a vote's component, by the guideline of its day."""
    return queries.components(ward, vote.held_on).get(vote.component, vote.component)


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """409 where an action refused, 422 where the form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200


def tabs(ward: str, here: str) -> list[dict[str, Any]]:
    """The lists of this room: needs and votes, their map, the plan, proposals; ``here`` is the open one."""
    names = {
        "home": _("Needs and votes"),
        "map": _("Map"),
        "plans": _("Plan (PJM)"),
        "proposals": _("Proposals"),
    }
    return [
        {
            "label": name,
            "url": reverse(f"planning:{key}", kwargs={"ward": ward}),
            "current": key == here,
        }
        for key, name in names.items()
    ]
