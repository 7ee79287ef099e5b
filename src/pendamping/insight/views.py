"""What stands out in a ward, and one factor with its rule, its limits and the records behind it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendamping.access.gate import page
from pendamping.insight import evidence, labels, queries
from pendamping.insight.rules import FACTORS, INHIBITING, Quarter, Warned
from pendamping.kernel import clock


@require_safe
@page("insight.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """What holds the ward back, by urgency; what carries it; what was looked at besides."""
    look = queries.look(ward, clock.today())
    shown = {
        "holding": [_card(one, ward) for one in look.holding_back],
        "strengths": [_card(one, ward) for one in look.strengths],
        "quiet": [_card(one, ward) for one in look.quiet],
        "unknown": [_card(one, ward) for one in look.unknown],
        "on": look.on,
        **_turnout(look.turnout),
    }
    return render(request, "insight/home.html", shown)


def _card(one: Warned, ward: str) -> dict[str, Any]:
    word, tone, icon = labels.severity(one.severity)
    return {
        "name": labels.name(one.factor),
        "word": word,
        "tone": tone,
        "icon": icon,
        "since": one.since,
        "found": labels.found(one),
        "url": reverse("insight:factor", kwargs={"ward": ward, "factor": one.factor}),
        "records": len(one.evidence),
    }


def _turnout(found: list[Quarter]) -> dict[str, Any]:
    """The chart of different persons, and the figures beside it."""
    return {
        "points": [{"label": _quarter(one.first), "value": one.persons} for one in found],
        "quarters": [
            {
                "quarter": _quarter(one.first), "meetings": one.meetings, "attendances": one.attendances,
                "persons": one.persons, "women": one.women, "poor": one.poor,
            }
            for one in found
        ],
    }  # fmt: skip


def _quarter(first: date) -> str:
    """A quarter as it stands under a column: ``IV/03``."""
    return f"{('I', 'II', 'III', 'IV')[first.month // 3]}/{first:%y}"


@require_safe
@page("insight.read")
def factor(request: HttpRequest, ward: str, factor: str) -> HttpResponse:
    """One factor: what was found, since when, how sure, by which rule and limits, from which records."""
    return show_factor(request, ward, factor)


def show_factor(request: HttpRequest, ward: str, factor: str) -> HttpResponse:
    """The page of a factor; 404 for a name that is none."""
    if factor not in FACTORS:
        raise Http404
    today = clock.today()
    look = queries.look(ward, today)
    one = look.of(factor)
    if one is None:
        raise Http404
    behind = evidence.behind(look, one.evidence, request.user)
    shown = {
        "factor": factor,
        "one": one,
        "card": _card(one, ward),
        "sure": labels.sure(one) if one.seen else "",
        "rule": labels.rule(factor, look.limits),
        "limits": labels.limits_of(factor, ward, today),
        "behind": behind,
        "more": len(one.evidence) - len(behind),
        "inhibits": factor in INHIBITING,
        "suggested": labels.remedies(factor, ward, today),
        **(_turnout(look.turnout) if factor.startswith("participation") else {}),
    }
    return render(request, "insight/factor.html", shown)
