"""The result of a vote by RT and, where ballots tell it, by women and men."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.gate import page
from pendamping.planning import facts, labels, queries
from pendamping.planning.rules.groups import FEW, Group, groups
from pendamping.planning.views.shown import component, vote_or_404


@require_safe
@page("planning.read")
def by_place(request: HttpRequest, ward: str, vote: str) -> HttpResponse:
    """How each RT voted, and how women and men did; nothing of a group with too few ballots."""
    found = vote_or_404(ward, vote)
    if found.status != "closed":
        raise Http404
    counted, options = queries.counted(found), queries.options(found)
    election = counted.opinion.first.election
    numbers = [str(one.number) for one in options]
    shown = {
        "vote": found,
        "name": component(ward, found),
        "few": FEW,
        "weighed": facts.rule(found).ballot in ("ranking", "points"),
        "options": [{"number": one.number, "title": one.title, "funded": one.funded} for one in options],
        "columns": [{"key": number, "label": number, "kind": "number"} for number in numbers],
        "places": [_row(labels.place(one.key), one, numbers) for one in groups(election, counted.places)],
        "sexes": [_row(_sex(one.key), one, numbers) for one in groups(election, counted.sexes)],
    }  # fmt: skip
    return render(request, "planning/by_place.html", shown)


def _sex(key: str) -> str:
    return _("Women (P)") if key == "P" else _("Men (L)")


def _row(name: str, one: Group, numbers: list[str]) -> dict[str, Any]:
    shown: dict[str, Any] = dict.fromkeys(numbers)
    if one.tally is not None:
        shown = dict(zip(numbers, one.tally, strict=True))
    return {"name": name, "ballots": one.ballots, **shown}
