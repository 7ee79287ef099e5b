"""What the page that works without a signal asks the server while there is one."""

import json
import re
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import Attempt, carry_out
from pendamping.access.gate import page, signed_in
from pendamping.elections import queries as votes
from pendamping.households import queries as households
from pendamping.kernel.refusal import N_, Reason
from pendamping.meetings import queries as meetings
from pendamping.offline import actions, queries
from pendamping.offline.models import Delivery
from pendamping.offline.rules import CONFLICT

COUNTED = {
    # how far the tallies of a station are once one more was taken in
    "waits": N_("Taken in."),
    "once": N_("Taken in. A second person types the same sheet now."),
    "differs": N_("Taken in, but the two tallies differ: look at the sheet again, together."),
    "agreed": N_("Taken in. Two people typed the same: this station is done."),
}
ID = re.compile(r"[0-9A-Za-z-]{20,40}")


@require_safe
@signed_in
def kit(request: HttpRequest) -> HttpResponse:
    """Who is here, and what they may do without a signal in which ward."""
    by: Any = request.user
    found = {
        "user": str(by.pk), "name": by.name or by.username, "token": get_token(request),
        "wards": queries.kit(by, _),
    }  # fmt: skip
    return _private(JsonResponse(found))


@require_safe
@page("meetings.take_roll")
def door(request: HttpRequest, ward: str, meeting: str) -> HttpResponse:
    """Whom the door of a meeting expects (``rt``: of which RTs), or of which RTs it can be asked."""
    found = meetings.meeting(ward, meeting)
    if found is None:
        raise Http404
    told = queries.door(found, _, request.GET.getlist("rt"))
    every = households.neighbourhoods(ward, found.held_on)
    told["rts"] = [f"{rw}/{rt}" for rw, rt in every if found.rw in {"", rw}]
    return _private(JsonResponse(told))


@require_safe
@page("elections.enter_tallies")
def sheet(request: HttpRequest, ward: str, station: str) -> HttpResponse:
    """The tally sheet of a station: its ballots, and who can be elected there."""
    found = votes.station(ward, station)
    if found is None:
        raise Http404
    return _private(JsonResponse(queries.sheet(found, request.user)))  # type: ignore[arg-type]


@require_POST
@page("offline.take_in")
def take_in(request: HttpRequest, ward: str) -> HttpResponse:
    """Take in one thing: 200 taken, 409 refused or to be decided by a person, 400 not readable."""
    sent = _sent(request)
    if sent is None:
        return _refused(
            [Reason("offline.unreadable", N_("What the phone brings cannot be read."))], 400
        )
    if sent.pop("user") != str(request.user.pk):
        return _refused(
            [Reason("offline.other", N_("Somebody else wrote this; only they can send it."))], 409
        )
    tried: Attempt = carry_out(actions.take_in, by=request.user, ward=ward, **sent)
    if not tried.done:
        return _refused(tried.reasons, 409)
    return _private(JsonResponse(_taken(tried.made)))


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """What the phone sent, as the action takes it; ``None`` where it is not what the page sends."""
    try:
        told = json.loads(request.body)
        written = datetime.fromisoformat(told["written_at"])
        found = {
            "user": str(told["user"]), "request_id": str(told["id"]), "kind": str(told["kind"]),
            "device": str(told["device"])[:40], "written_at": written, "told": dict(told["told"]),
            "seen": told.get("seen"), "insist": told.get("insist") is True,
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError):  # the last: brackets without end
        return None
    readable = ID.fullmatch(found["request_id"]) and written.tzinfo is not None
    return found if readable and "\x00" not in found["device"] + found["kind"] else None


def _taken(made: Delivery) -> dict[str, Any]:
    what, _colon, key = made.record.partition(":")
    name, part = {
        "log": ("facilitation:entry", "entry"),
        "meeting": ("meetings:meeting", "meeting"),
        "station": ("elections:station", "station"),
    }[what]
    found: dict[str, Any] = {
        "state": "taken", "id": made.id, "entered_at": made.entered_at.isoformat(),
        "url": reverse(name, kwargs={"ward": made.ward, part: key}),
    }  # fmt: skip
    if what == "meeting" and (meeting := meetings.meeting(made.ward, key)):
        found["seen"] = queries.mark_of(meeting, meetings.roll(key))
    if what == "station" and (station := votes.station(made.ward, key)):
        mine = votes.typed_by(station, made.user.username)
        found["seen"] = mine.id if mine else ""
        found["said"] = _(COUNTED[votes.state_of(station)])
    if what == "log":
        found["record"] = key
    return found


def _refused(reasons: list[Reason], status: int) -> HttpResponse:
    asks = all(one.clause.startswith(CONFLICT) for one in reasons)
    found = {"state": "asks" if asks else "refused", "reasons": [one.say(_) for one in reasons]}
    return _private(JsonResponse(found, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing of it stays in any cache on the way, nor in the browser's."""
    response["Cache-Control"] = "no-store"
    return response
